// Bases that allow no method resolution order: each wants to come before the other.
//
//   class X(A, B): ...
//   class Y(B, A): ...
//   class Z(X, Y): ...      # X wants A before B, Y wants B before A
//
// Source: "The Python 2.3 Method Resolution Order" (C3 linearisation).
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {

void CheckInconsistentMro(const ClassEvent& event, RuleContext& context) {
  if (event.refusal != Refusal::kInconsistent) return;
  auto report = context.out.Begin(Rule::kInconsistentMro, event.info.name_range);
  if (!report) return;
  report.Title("the bases of `$0` allow no method resolution order", event.info.name);
  std::vector<std::string> heads;
  for (const classes::ClassRef ref : event.mro.culprits) {
    heads.push_back(ClassName(context.classes.InfoOf(ref), event.info));
  }
  report.Note(absl::StrCat(JoinNames(heads), " must each come before the other"));
  if (heads.size() >= 2) {
    report.Help("list the more derived class before its own ancestors, or drop the ancestor from the bases");
  }
}

}  // namespace overt::rules
