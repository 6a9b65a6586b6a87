#include "diagnostics/rule.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "diagnostics/spelling.h"

namespace overt {
namespace {

constexpr RuleInfo kRules[] = {
#define RULE(ident, name, severity, group, since, summary) \
  {Rule::ident, name, Severity::severity, group, since, summary},
#include "diagnostics/rules.def"
};

constexpr bool IsSortedByName() {
  for (size_t i = 1; i < std::size(kRules); ++i) {
    if (!(kRules[i - 1].name < kRules[i].name)) return false;
  }
  return true;
}
static_assert(IsSortedByName(), "keep rules.def in the order of the names");

constexpr Rule kRulesToOpen[] = {
#define RULE_OPEN(ident) Rule::ident,
#include "diagnostics/rules.def"
};

struct Alias {
  absl::string_view name;
  Rule rule;
};

// Names that a rule had before: they still work.
const std::vector<Alias>& Aliases() {
  static const std::vector<Alias>* aliases = new std::vector<Alias>{
#define RULE_ALIAS(name, ident, since) {name, Rule::ident},
#include "diagnostics/rules.def"
  };
  return *aliases;
}

// Each group's rules, and all of them, as one list with the rules of a group together.
struct Names {
  std::vector<Rule> all;
  std::vector<std::pair<absl::string_view, std::vector<Rule>>> groups;
  std::vector<absl::string_view> spelled;  // today's names of rules and groups, and "all"
  std::vector<absl::string_view> spelled_groups;
  std::vector<absl::string_view> earlier;
};

Names MakeNames() {
  Names names;
  for (const RuleInfo& info : kRules) {
    names.all.push_back(info.rule);
    names.spelled.push_back(info.name);
    auto group = names.groups.begin();
    while (group != names.groups.end() && group->first != info.group) ++group;
    if (group == names.groups.end()) group = names.groups.insert(group, {info.group, {}});
    group->second.push_back(info.rule);
  }
  for (const auto& [group, rules] : names.groups) names.spelled_groups.push_back(group);
  names.spelled_groups.push_back("all");
  names.spelled.insert(names.spelled.end(), names.spelled_groups.begin(), names.spelled_groups.end());
  for (const Alias& alias : Aliases()) names.earlier.push_back(alias.name);
  return names;
}

const Names& TheNames() {
  static const Names* names = new Names(MakeNames());
  return *names;
}

}  // namespace

absl::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kIgnore: return "ignore";
    case Severity::kInfo: return "info";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "";
}

std::optional<Severity> ParseSeverity(absl::string_view text) {
  if (text == "error") return Severity::kError;
  if (text == "warn" || text == "warning") return Severity::kWarning;
  if (text == "info" || text == "hint") return Severity::kInfo;
  if (text == "ignore" || text == "off") return Severity::kIgnore;
  return std::nullopt;
}

absl::Span<const RuleInfo> AllRules() { return kRules; }
const RuleInfo& InfoOf(Rule rule) { return kRules[static_cast<size_t>(rule)]; }

absl::Span<const Rule> RulesToOpen() { return kRulesToOpen; }

absl::Span<const Rule> RulesNamed(absl::string_view name) {
  const Names& names = TheNames();
  for (const RuleInfo& info : kRules) {
    if (info.name == name) return {&names.all[static_cast<size_t>(info.rule)], 1};
  }
  for (const Alias& alias : Aliases()) {
    if (alias.name == name) return {&names.all[static_cast<size_t>(alias.rule)], 1};
  }
  absl::ConsumePrefix(&name, "@");
  if (name == "all") return names.all;
  for (const auto& [group, rules] : names.groups) {
    if (group == name) return rules;
  }
  return {};
}

RuleSet RuleSetOf(absl::Span<const std::string> names) {
  RuleSet set;
  for (const std::string& name : names) {
    for (const Rule rule : RulesNamed(name)) set.Add(rule);
  }
  return set;
}

absl::Span<const absl::string_view> GroupNames() { return TheNames().spelled_groups; }
absl::Span<const absl::string_view> EarlierRuleNames() { return TheNames().earlier; }

absl::string_view NearestRuleName(absl::string_view name) {
  absl::ConsumePrefix(&name, "@");
  return NearestBySpelling(name, TheNames().spelled);
}

std::string SourceText(const SettingSource& source) {
  std::string place;
  switch (source.kind) {
    case SettingSource::Kind::kDefault: return "default";
    case SettingSource::Kind::kConfigFile:
      place = source.line == 0 ? source.file : absl::StrCat(source.file, ":", source.line);
      break;
    case SettingSource::Kind::kCommandLine: place = "command line"; break;
    case SettingSource::Kind::kEditor: place = "editor"; break;
  }
  return source.preset.empty() ? place : absl::StrCat("preset ", source.preset, " (", place, ")");
}

RuleSelection::RuleSelection() {
  for (const RuleInfo& info : kRules) Set(info.rule, {info.default_severity, true, {}});
}

void RuleSelection::Choose(Rule rule, Severity severity, const SettingSource& source) {
  Set(rule, {severity, false, source});
}

bool RuleSelection::Choose(absl::string_view name, Severity severity, const SettingSource& source) {
  const absl::Span<const Rule> rules = RulesNamed(name);
  for (const Rule rule : rules) Choose(rule, severity, source);
  return !rules.empty();
}

}  // namespace overt
