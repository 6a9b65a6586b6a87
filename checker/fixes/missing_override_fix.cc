// missing-override: `@override` directly above the `def`, below all other decorators.
//
//   @property                   @property
//   def name(self): ...    →    @override
//                               def name(self): ...
//
// There it gets the function itself. typing's declaration takes a callable, which a property is not; and `__override__`
// can be set on a function, but not on a property, so that above `@property` the mark would be lost at run time without
// a word. Of overloads the finding already names the right one: the implementation, or the first where there is none.
// Source: PEP 698; typing spec, "Overloads" (override on the implementation only); typeshed's `override`.
#include "checker/fixes/draft.h"
#include "grammar/ast/definitions.h"

namespace overt::fixes {
namespace {

bool HasDecorator(const FixSite& site, NodeId function, absl::string_view spelling) {
  for (const NodeId decorator : DecoratorsOf(site.ast(), function)) {
    if (DecoratorText(site, decorator) == spelling) return true;
  }
  return false;
}

}  // namespace

std::optional<Draft> FixMissingOverride(const Diagnostic& finding, const DraftContext& context) {
  const FixSite& site = context.site;
  const NodeId function = site.DefinitionNamedAt(finding.primary.span.range);
  if (!function.present() || !site.ast().Is<grammar::FunctionDefNode>(function)) return std::nullopt;
  const std::optional<OverrideSpelling> spelling = context.names.SpellingAt(function);
  // What stands there already and was not understood will not be understood a second time.
  if (!spelling || HasDecorator(site, function, spelling->text)) return std::nullopt;
  std::optional<Edit> edit = AddDecorator(site, function, spelling->text);
  if (!edit) return std::nullopt;
  Draft draft;
  draft.title = "add `@override`";
  draft.edits.push_back(*std::move(edit));
  draft.need = spelling->need;
  draft.new_root = spelling->root;
  return draft;
}

}  // namespace overt::fixes
