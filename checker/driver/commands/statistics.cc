#include "checker/driver/commands/statistics.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/commands/finding_groups.h"
#include "checker/driver/commands/steps.h"

namespace overt::driver {
namespace {

bool IsSafelyFixable(const Diagnostic& finding) {
  return absl::c_any_of(finding.fixes, [](const Fix& fix) { return fix.applicability == Fix::Applicability::kSafe; });
}

std::vector<FindingGroup> GroupedFindings(const CheckResult& result, absl::string_view by) {
  FindingGroups groups;
  for (const FileReport& file : result.files) {
    for (const Diagnostic& finding : file.diagnostics) {
      FindingGroup& group = groups.Of(GroupNameOf(by, finding.rule, finding.subject, file.display));
      group.severity = std::max(group.severity, finding.severity);
      ++group.findings;
      group.fixable += IsSafelyFixable(finding) ? 1 : 0;
    }
  }
  return groups.LargestFirst();
}

bool IsJson(const std::string& format) { return format == "json" || format == "json-lines"; }

std::string AsJson(const CheckResult& result, const std::string& by) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const FindingGroup& group : GroupedFindings(result, by)) {
    const std::string level(SeverityName(group.severity));
    list.push_back({{by, group.name}, {"level", level}, {"findings", group.findings}, {"fixable", group.fixable}});
  }
  return JsonDocument(list);
}

}  // namespace

bool HasStatistics(const std::vector<std::string>& formats) {
  const std::string& first = formats.front();
  return IsJson(first) || first == "full" || first == "concise" || first == "grouped";
}

std::string StatisticsTable(const CheckResult& result, absl::string_view by) {
  std::string table;
  for (const FindingGroup& group : GroupedFindings(result, by)) {
    const std::string fixable = group.fixable > 0 ? absl::StrCat(" (", group.fixable, " fixable)") : "";
    absl::StrAppend(&table, absl::StrFormat("%6d  %-7s  %s%s\n", group.findings, SeverityName(group.severity),
                                            ShownGroupName(by, group), fixable));
  }
  return table;
}

void PrintStatistics(const CheckResult& result, const std::string& by, const std::vector<std::string>& formats,
                     ReportSink& sink) {
  sink.Write(IsJson(formats.front()) ? AsJson(result, by) : StatisticsTable(result, by));
}

}  // namespace overt::driver
