// `@override` where there is nothing that could override: a function outside classes, one inside a method, a class.
//
//   @override
//   def main(): ...        # no class around it
//
// spec: class-compat (override): the decorator is for methods. PEP 698.
#include "checker/rules/rule_functions.h"
#include "grammar/ast/definitions.h"

namespace overt::rules {

using bind::ScopeKind;

void CheckOverrideOnNonMethod(const MarkedEvent& event, RuleContext& context) {
  const bool is_class = context.ast().kind(event.node) == grammar::NodeKind::kClassDef;
  const ScopeKind around = context.index.scope(context.index.PastTypeParameters(event.scope)).kind;
  if (around == ScopeKind::kClass && !is_class) return;
  auto report = context.out.Begin(Rule::kOverrideOnNonMethod, NameRange(context.ast(), event.node));
  if (!report) return;
  const absl::string_view name = DefinedName(context.ast(), event.node);
  if (is_class) {
    report.Title("`@override` marks the class `$0`; only methods override", name);
  } else if (around == ScopeKind::kModule) {
    report.Title("`@override` marks the function `$0`, which stands outside any class", name);
  } else {
    report.Title("`@override` marks the function `$0`, which stands inside another function", name);
  }
  report.Label({context.file, context.ast().range(event.decorator)}, "marked here");
}

}  // namespace overt::rules
