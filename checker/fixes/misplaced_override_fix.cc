// misplaced-override: the mark to the function of the group that should have it.
//
//   @overload                            @overload
//   @override                            def read(self, n: int) -> bytes: ...
//   def read(self, n: int): ...     →    @override
//   def read(self, n=None): ...          def read(self, n=None): ...
#include "checker/fixes/draft.h"

namespace overt::fixes {

std::optional<Draft> FixMisplacedOverride(const Diagnostic& finding, const DraftContext& context) {
  const FixSite& site = context.site;
  // The rule shows the decorator first, then the function that it belongs to.
  if (finding.secondary.size() != 2) return std::nullopt;
  const NodeId found = site.DefinitionNamedAt(finding.primary.span.range);
  const NodeId wanted = site.DefinitionNamedAt(finding.secondary[1].span.range);
  if (!found.present() || !wanted.present()) return std::nullopt;
  const NodeId decorator = DecoratorAt(site, found, finding.secondary[0].span.range);
  if (!decorator.present()) return std::nullopt;
  Draft draft;
  std::optional<Edit> removal = RemoveDecorator(site, decorator);
  if (!removal) return std::nullopt;
  draft.edits.push_back(*std::move(removal));
  if (site.classes().FactsOf({site.file(), wanted}).is_override) {
    draft.title = "remove the second `@override`";
    return draft;
  }
  draft.title = "move `@override` to where it belongs";
  const absl::string_view text = DecoratorText(site, decorator);
  std::optional<Edit> addition = AddDecorator(site, wanted, text);
  if (!addition) return std::nullopt;
  draft.edits.push_back(*std::move(addition));
  draft.new_root = std::string(text.substr(0, text.find('.')));
  return draft;
}

}  // namespace overt::fixes
