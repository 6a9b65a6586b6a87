#include "checker/driver/finding_list.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "checker/driver/terminal.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

constexpr size_t kMostReportBytes = 1u << 30;

// Nothing for a rule that another version of overt has.
std::optional<Rule> RuleOfReport(const std::string& name) {
  const absl::Span<const Rule> rules = RulesNamed(name);
  if (rules.size() != 1) return std::nullopt;
  return rules.front();
}

}  // namespace

absl::StatusOr<FindingList> FindingList::Read(const std::string& path, const std::string& current_folder) {
  const absl::StatusOr<std::string> text = grammar::ReadFileBytes(path, kMostReportBytes);
  if (!text.ok()) return text.status();
  FindingList list;
  try {
    const nlohmann::json report = nlohmann::json::parse(*text);
    if (report.at("schema_version") != 1) {
      return absl::InvalidArgumentError("its `schema_version` is not 1: another version of overt wrote it");
    }
    for (const nlohmann::json& finding : report.at("diagnostics")) {
      const auto name = finding.at("rule").get<std::string>();
      const std::optional<Rule> rule = RuleOfReport(name);
      if (!rule) return absl::InvalidArgumentError(absl::StrCat("no rule is named `", name, "`"));
      const nlohmann::json& location = finding.at("location");
      const nlohmann::json& start = location.at("start");
      const auto line = start.at("line").get<uint32_t>(), column = start.at("column").get<uint32_t>();
      list.findings_.emplace(AbsolutePath(location.at("path").get<std::string>(), current_folder), *rule,
                             LineColumn{line - 1, column - 1});
    }
  } catch (const nlohmann::json::exception&) {
    return absl::InvalidArgumentError("it is no report of `overt check --output-format json`");
  }
  return list;
}

bool FindingList::Holds(const std::string& path, Rule rule, LineColumn at) const {
  return findings_.contains({path, rule, at});
}

std::vector<std::string> FindingList::files() const {
  std::vector<std::string> files;
  for (const auto& [path, rule, at] : findings_) {
    if (files.empty() || files.back() != path) files.push_back(path);
  }
  return files;
}

}  // namespace overt::driver
