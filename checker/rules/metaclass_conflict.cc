// Bases whose metaclasses do not fit together: the metaclass of a class must derive from those of all its bases.
//
//   class Both(WithMetaA, WithMetaB): ...      # neither metaclass derives from the other
//   class Fake(Any, ABC): ...                  # `Any` has a metaclass of its own, from Python 3.11 on
//
// Source: the language reference, "Determining the appropriate metaclass".
#include "checker/rules/rule_functions.h"

namespace overt::rules {

void CheckMetaclassConflict(const ClassEvent& event, RuleContext& context) {
  if (event.refusal != Refusal::kMetaclass) return;
  auto report = context.out.Begin(Rule::kMetaclassConflict, event.info.name_range);
  if (!report) return;
  const classes::ClassInfo& one = context.classes.InfoOf(event.mro.culprits[0]);
  if (!event.mro.culprits[1].present()) {
    report
        .Title("the metaclasses of the bases of `$0` do not fit together: `$1` and that of `Any`", event.info.name,
               one.name)
        .Label(SpanOf(one), "one metaclass");
    return;
  }
  const classes::ClassInfo& other = context.classes.InfoOf(event.mro.culprits[1]);
  report
      .Title("the metaclasses of the bases of `$0` do not fit together: `$1` and `$2`", event.info.name,
             ClassName(one, other), ClassName(other, one))
      .Label(SpanOf(one), "one metaclass")
      .Label(SpanOf(other), "the other")
      .Help("give the class a metaclass that derives from both");
}

}  // namespace overt::rules
