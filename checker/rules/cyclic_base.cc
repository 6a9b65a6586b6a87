// A class that is its own ancestor: possible only in stubs and before names are bound; CPython sees an undefined name.
//
//   class A(B): ...
//   class B(A): ...      # reported once for each class of the cycle
//
// Source: the language reference, "Class definitions".
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {

void CheckCyclicBase(const ClassEvent& event, RuleContext& context) {
  if (event.refusal != Refusal::kCyclic) return;
  auto report = context.out.Begin(Rule::kCyclicBase, event.info.name_range);
  if (!report) return;
  report.Title("`$0` is its own ancestor", event.info.name);
  std::string path = absl::StrCat("`", event.info.name, "`");
  for (size_t i = 1; i < event.mro.culprits.size(); ++i) {
    const classes::ClassInfo& next = context.classes.InfoOf(event.mro.culprits[i]);
    absl::StrAppend(&path, " → `", ClassName(next, event.info), "`");
    report.Label(SpanOf(next), "part of the cycle");
  }
  report.Note(absl::StrCat("the cycle: ", path, " → `", event.info.name, "`"));
}

}  // namespace overt::rules
