// A suppression comment that suppresses nothing, as a whole or in one of its names.
//
//   x = 1  # overt: ignore[override-of-final]      # nothing to ignore here
//
// Only comments that are overt's own: `# type: ignore` may serve another checker. A name whose rule is off is not
// reported: it may be on elsewhere.
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

bool MayServeAnother(const Suppression& suppression, const SuppressionEntry& entry) {
  return suppression.style == SuppressionStyle::kTypeIgnore && entry.rules.empty();
}

bool IsOff(const SuppressionEntry& entry, const RuleContext& context) {
  for (const Rule rule : entry.rules) {
    if (context.out.Wants(rule)) return false;
  }
  return !entry.rules.empty();
}

}  // namespace

void CheckUnusedSuppression(const SuppressionTable& suppressions, RuleContext& context) {
  if (!context.options.report_unused_suppressions) return;
  for (const Suppression& suppression : suppressions.all()) {
    for (const SuppressionEntry& entry : suppression.entries) {
      if (entry.used || entry.unknown || MayServeAnother(suppression, entry) || IsOff(entry, context)) continue;
      if (suppression.style == SuppressionStyle::kTypeIgnore && entry.name.empty()) continue;
      auto report = context.out.Begin(Rule::kUnusedSuppression, entry.range);
      if (!report) continue;
      if (suppression.misplaced) {
        report.Title("`file-ignore` must stand before the first statement");
      } else if (entry.name.empty()) {
        report.Title("this comment suppresses nothing");
      } else {
        report.Title("nothing here is reported by `$0`", entry.name);
      }
      report.Tag(DiagnosticTag::kUnnecessary);
    }
  }
}

}  // namespace overt::rules
