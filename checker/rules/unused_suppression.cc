// A suppression comment that suppresses nothing, as a whole or in one of its names.
//
//   x = 1  # overt: ignore[override-of-final]      # nothing to ignore here
//
// Only comments that are overt's own: `# type: ignore` may serve another checker. A name whose rule is off is not
// reported: it may be on elsewhere. So is one whose rule is off for some class of the file. A comment may silence what
// is said of another one, and is used by that.
#include <algorithm>
#include <tuple>
#include <vector>

#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

bool HasRule(const SuppressionEntry& entry, Rule rule) {
  return std::find(entry.rules.begin(), entry.rules.end(), rule) != entry.rules.end();
}

// Who opens a member to its overrides waits for those to be written, perhaps in another project.
bool IsForOthers(const Suppression& suppression) {
  return suppression.style == SuppressionStyle::kOvertOpen && !suppression.misplaced;
}

bool MayServeAnother(const Suppression& suppression, const SuppressionEntry& entry) {
  return suppression.style == SuppressionStyle::kTypeIgnore && (entry.rules.empty() || entry.name.empty());
}

bool IsOff(const SuppressionEntry& entry, const RuleContext& context) {
  for (const Rule rule : entry.rules) {
    if (context.out.WantedThroughout(rule)) return false;
  }
  return !entry.rules.empty();
}

struct Candidate {
  const Suppression* suppression;
  const SuppressionEntry* entry;
};

// Names that silence this very rule come last, those that cover less first: what they silence is found before they are
// judged.
std::vector<Candidate> Candidates(const SuppressionTable& suppressions, const RuleContext& context) {
  std::vector<Candidate> list;
  for (const Suppression& suppression : suppressions.all()) {
    for (const SuppressionEntry& entry : suppression.entries) {
      if (entry.used || entry.unknown || IsForOthers(suppression)) continue;
      if (MayServeAnother(suppression, entry) || IsOff(entry, context)) continue;
      list.push_back({&suppression, &entry});
    }
  }
  std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
    const auto key = [](const Candidate& one) {
      return std::tuple(HasRule(*one.entry, Rule::kUnusedSuppression), one.suppression->covers.size());
    };
    return key(a) < key(b);
  });
  return list;
}

}  // namespace

void CheckUnusedSuppression(const SuppressionTable& suppressions, RuleContext& context) {
  if (!context.options.report_unused_suppressions || !context.options.honour_suppressions) return;
  for (const auto& [suppression, entry] : Candidates(suppressions, context)) {
    if (entry->used) continue;
    auto report = context.out.Begin(Rule::kUnusedSuppression, entry->range);
    if (!report) continue;
    if (suppression->misplaced && suppression->style == SuppressionStyle::kOvertOpen) {
      report.Title("`open` must stand at a member of a class, or at a class");
    } else if (suppression->misplaced) {
      report.Title("`file-ignore` must stand before the first statement");
    } else if (entry->name.empty()) {
      report.Title("this comment suppresses nothing");
    } else {
      report.Title("nothing here is reported by `$0`", entry->name);
    }
    report.Tag(DiagnosticTag::kUnnecessary);
  }
}

}  // namespace overt::rules
