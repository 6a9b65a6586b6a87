// Two bases whose instances need different memory layouts: CPython raises TypeError.
//
//   class Both(int, str): ...      # an object cannot be laid out as both
//
// A class fixes a layout when it is a built-in one (typeshed says `@disjoint_base`) or has non-empty `__slots__`.
// Source: PEP 800 (disjoint bases); CPython's `best_base`.
#include <vector>

#include "absl/algorithm/container.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::ClassFlags;
using classes::ClassRef;

// The nearest ancestor (or the class itself) that fixes the layout; none if nothing but `object` does.
ClassRef LayoutOf(ClassRef base, const RuleContext& context) {
  for (const ClassRef ancestor : context.classes.MroOf(base).order) {
    const classes::ClassInfo& info = context.classes.InfoOf(ancestor);
    if (info.is(ClassFlags::kDisjointBase) && info.name != "object") return ancestor;
  }
  return {};
}

bool DerivesFrom(ClassRef derived, ClassRef base, const RuleContext& context) {
  return absl::c_linear_search(context.classes.MroOf(derived).order, base);
}

}  // namespace

void CheckLayoutConflict(const ClassEvent& event, RuleContext& context) {
  if (event.mro.status != classes::MroStatus::kFine) return;
  const classes::Base* winner = nullptr;
  ClassRef winning_layout;
  for (const classes::Base& base : event.info.bases) {
    if (base.alternatives.size() != 1 || !base.alternatives[0].is_class()) continue;
    const ClassRef layout = LayoutOf(base.alternatives[0].class_ref, context);
    if (!layout.present()) continue;
    if (winner == nullptr || DerivesFrom(layout, winning_layout, context)) {
      winner = &base;
      winning_layout = layout;
    } else if (!DerivesFrom(winning_layout, layout, context)) {
      const TextRange place = base.expression.present() ? context.ast().range(base.expression) : event.info.name_range;
      auto report = context.out.Begin(Rule::kLayoutConflict, place);
      if (!report) return;
      const classes::ClassInfo& first = context.classes.InfoOf(winning_layout);
      const classes::ClassInfo& second = context.classes.InfoOf(layout);
      report.Title("instances of `$0` cannot be laid out as `$1` and as `$2`", event.info.name,
                   ClassName(first, second), ClassName(second, first));
      if (winner->expression.present()) {
        report.Label({context.file, context.ast().range(winner->expression)}, "needs one layout");
      }
      report.PrimaryLabel("needs another");
      return;
    }
  }
}

}  // namespace overt::rules
