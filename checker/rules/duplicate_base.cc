// The same class twice among the bases: CPython raises TypeError.
//
//   class B(A, A): ...      # lists `A` twice
//
// Source: "The Python 2.3 Method Resolution Order"; CPython's `type.__new__`.
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

bool IsClass(const classes::Base& base, classes::ClassRef wanted) {
  return base.expression.present() && base.alternatives.size() == 1 && base.alternatives[0].is_class() &&
         base.alternatives[0].class_ref == wanted;
}

}  // namespace

void CheckDuplicateBase(const ClassEvent& event, RuleContext& context) {
  if (event.mro.status != classes::MroStatus::kDuplicateBase || event.mro.culprits.empty()) return;
  const classes::ClassRef twice = event.mro.culprits.front();
  const classes::Base* first = nullptr;
  for (const classes::Base& base : event.info.bases) {
    if (!IsClass(base, twice)) continue;
    if (first == nullptr) {
      first = &base;
      continue;
    }
    auto report = context.out.Begin(Rule::kDuplicateBase, context.ast().range(base.expression));
    if (!report) return;
    report.Title("`$0` lists `$1` twice among its bases", event.info.name, context.classes.InfoOf(twice).name)
        .Label({context.file, context.ast().range(first->expression)}, "first listed here");
    return;
  }
}

}  // namespace overt::rules
