// override-on-non-method: the mark away, and its import with it if nothing else uses that.
//
//   @override              →    def main(): ...
//   def main(): ...
#include "checker/fixes/draft.h"

namespace overt::fixes {

std::optional<Draft> FixOverrideOnNonMethod(const Diagnostic& finding, const DraftContext& context) {
  const FixSite& site = context.site;
  const NodeId definition = site.DefinitionNamedAt(finding.primary.span.range);
  if (!definition.present() || finding.secondary.empty()) return std::nullopt;
  const NodeId decorator = DecoratorAt(site, definition, finding.secondary.front().span.range);
  if (!decorator.present()) return std::nullopt;
  std::optional<Edit> edit = RemoveDecorator(site, decorator);
  if (!edit) return std::nullopt;
  Draft draft;
  draft.title = "remove `@override`";
  draft.edits.push_back(*std::move(edit));
  draft.released.push_back(decorator);
  return draft;
}

}  // namespace overt::fixes
