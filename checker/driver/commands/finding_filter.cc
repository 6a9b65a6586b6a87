#include "checker/driver/commands/finding_filter.h"

#include "absl/algorithm/container.h"

namespace overt::driver {
namespace {

bool IsAmong(absl::Span<const Rule> rules, Rule rule) {
  return rule == Rule::kSyntaxError || absl::c_linear_search(rules, rule);
}

bool IsOff(Rule rule, const CheckResult& result, const Session& session) {
  return absl::c_all_of(result.files, [&](const FileReport& file) {
    const Snapshot snapshot = session.SnapshotFor(file.path);
    return !LevelsFor(snapshot, file.path).OfFile().enabled(rule);
  });
}

}  // namespace

std::vector<Rule> RulesOf(const std::vector<std::string>& names) {
  std::vector<Rule> rules;
  for (const std::string& name : names) {
    const absl::Span<const Rule> named = RulesNamed(name);
    rules.insert(rules.end(), named.begin(), named.end());
  }
  return rules;
}

void KeepSelected(absl::Span<const Rule> rules, CheckResult& result) {
  if (rules.empty()) return;
  for (FileReport& file : result.files) {
    for (std::vector<Diagnostic>* findings : {&file.diagnostics, &file.suppressed}) {
      std::erase_if(*findings, [&](const Diagnostic& one) { return !IsAmong(rules, one.rule); });
    }
  }
  CountFindings(result);
}

void HideUnwanted(const FindingFilter& filter, CheckResult& result) {
  if (!filter.hides()) return;
  const std::vector<Rule> only = RulesOf(filter.only);
  const auto is_unwanted = [&](const Diagnostic& one) {
    return one.severity < filter.least || !(only.empty() || IsAmong(only, one.rule));
  };
  for (FileReport& file : result.files) {
    result.hidden += static_cast<size_t>(absl::c_count_if(file.diagnostics, [&](const Diagnostic& one) {
      return is_unwanted(one) && one.standing != Standing::kAccepted;
    }));
    std::erase_if(file.diagnostics, is_unwanted);
    std::erase_if(file.accepted, is_unwanted);
  }
  const size_t accepted = result.accepted;
  CountFindings(result);
  result.accepted = accepted;
}

std::vector<Rule> NamedThoughOff(const FindingFilter& filter, const CheckResult& result, const Session& session) {
  std::vector<Rule> off;
  for (const std::string& name : filter.only) {
    const absl::Span<const Rule> named = RulesNamed(name);
    if (named.size() != 1) continue;  // of a group, some may be off
    const auto was_found = [&](const FileReport& file) {
      return absl::c_any_of(file.diagnostics, [&](const Diagnostic& one) { return one.rule == named.front(); });
    };
    if (absl::c_none_of(result.files, was_found) && IsOff(named.front(), result, session)) off.push_back(named.front());
  }
  return off;
}

}  // namespace overt::driver
