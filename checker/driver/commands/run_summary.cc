#include "checker/driver/commands/run_summary.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/statistics.h"

namespace overt::driver {
namespace {

std::string Row(size_t number, absl::string_view what) { return absl::StrFormat("%6d  %s\n", number, what); }

std::string LevelRow(size_t number, absl::string_view level) {
  return Row(number, absl::StrCat(level, number == 1 ? "" : "s"));
}

}  // namespace

std::string SummaryLine(const CheckResult& result, size_t fixable) {
  const RenderSummary summary = SummaryOf(result);
  std::vector<std::string> parts;
  if (summary.errors > 0) parts.push_back(Counted(summary.errors, "error"));
  if (summary.warnings > 0) parts.push_back(Counted(summary.warnings, "warning"));
  if (summary.infos > 0) parts.push_back(Counted(summary.infos, "info"));
  if (parts.empty()) parts.emplace_back("no findings");
  if (fixable > 0) absl::StrAppend(&parts.back(), " (", fixable, " fixable with `overt fix`)");
  if (result.suppressed > 0) parts.push_back(absl::StrCat(result.suppressed, " suppressed"));
  if (result.accepted > 0) parts.push_back(absl::StrCat(result.accepted, " accepted"));
  if (result.hidden > 0) parts.push_back(absl::StrCat(result.hidden, " hidden"));
  return absl::StrCat("overt: ", absl::StrJoin(parts, ", "), " in ", Counted(summary.files, "file"), ", ",
                      summary.classes, summary.classes == 1 ? " class, " : " classes, ",
                      Counted(summary.override_pairs, "override pair"));
}

std::string SummaryTables(const CheckResult& result) {
  const std::string by_rule = StatisticsTable(result, "rule");
  return absl::StrCat("overt: by level\n", LevelRow(result.errors, "error"), LevelRow(result.warnings, "warning"),
                      LevelRow(result.infos, "info"), by_rule.empty() ? "" : "overt: by rule\n", by_rule,
                      "overt: not reported\n", Row(result.suppressed, "suppressed by comments"),
                      Row(result.accepted, "accepted by the baseline"),
                      Row(result.hidden, "hidden by `--min-severity` or `--only`"));
}

}  // namespace overt::driver
