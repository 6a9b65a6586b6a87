// A suppression comment that names a rule which does not exist, and so suppresses nothing.
//
//   x = 1  # overt: ignore[overide-without-base]      # did you mean `override-without-base`?
#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {

void CheckUnknownRule(const SuppressionTable& suppressions, RuleContext& context) {
  for (const Suppression& suppression : suppressions.all()) {
    for (const SuppressionEntry& entry : suppression.entries) {
      if (!entry.unknown) continue;
      auto report = context.out.Begin(Rule::kUnknownRule, entry.range);
      if (!report) continue;
      if (const absl::string_view near = NearestRuleName(entry.name); !near.empty()) {
        report.Title("no rule is named `$0`; did you mean `$1`?", entry.name, near);
      } else {
        report.Title("no rule is named `$0`", entry.name);
        report.Help("`overt rules` lists all rules");
      }
    }
  }
}

}  // namespace overt::rules
