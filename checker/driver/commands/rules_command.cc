// `overt rules` and `overt explain`: what can be found, and what it means.
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/markdown_text.h"
#include "checker/driver/terminal.h"
#include "checker/driver/workspace.h"
#include "diagnostics/foreign_codes.h"
#include "diagnostics/preset.h"
#include "diagnostics/rule.h"
#include "diagnostics/spelling.h"

namespace overt::driver {
namespace {

using Json = nlohmann::ordered_json;

// Rules that a user may mean by a name: rules, groups, or another checker's code.
std::vector<Rule> RulesMeant(const std::string& name) {
  absl::Span<const Rule> rules = RulesNamed(name);
  if (!rules.empty()) return {rules.begin(), rules.end()};
  const ForeignCode* code = FindForeignCode(name);
  return code == nullptr ? std::vector<Rule>() : code->rules;
}

// What stands before the pages of the rules for another checker's code, honest about what they leave out.
std::string ForeignCodeHead(const std::string& name) {
  const ForeignCode& code = *FindForeignCode(name);
  std::string head = absl::StrCat("`", name, "` is another checker's code");
  if (!code.gap.empty()) absl::StrAppend(&head, ": ", code.gap);
  return absl::StrCat(head, RulesForForeignCode(name).empty() ? ". Nearest to it is:\n\n" : ". Here it is:\n\n");
}

bool IsGroup(absl::string_view name) {
  absl::ConsumePrefix(&name, "@");
  return absl::c_linear_search(GroupNames(), name);
}

// What stands before the pages of a group's rules, in Markdown.
std::string GroupHead(absl::string_view name, const std::vector<Rule>& rules) {
  absl::ConsumePrefix(&name, "@");
  std::string head = name == "all" ? "# All rules\n\n" : absl::StrCat("# The rules of the group `", name, "`\n\n");
  for (const Rule rule : rules) absl::StrAppend(&head, "- `", NameOf(rule), "`: ", InfoOf(rule).summary, "\n");
  return head;
}

// `overt explain --list`: rules with what they find, groups, other checkers' codes with the rules that they lead to.
std::string ListOfExplained() {
  std::string out;
  for (const RuleInfo& rule : AllRules()) absl::StrAppend(&out, absl::StrFormat("%-34s %s\n", rule.name, rule.summary));
  for (const absl::string_view group : GroupNames())
    absl::StrAppend(&out, absl::StrFormat("%-34s a group of rules\n", group));
  for (const absl::Span<const ForeignCode> codes : {ForeignCodes(), UnansweredCodes()}) {
    for (const ForeignCode& code : codes)
      absl::StrAppend(&out, absl::StrFormat("%-34s %s\n", code.code, code.checkers));
  }
  return out;
}

// [{"checkers": "mypy, zuban", "code": "explicit-override"}, …]
Json ElsewhereJson(Rule rule) {
  Json list = Json::array();
  for (const ForeignCode& one : ForeignCodes()) {
    if (absl::c_linear_search(one.rules, rule)) {
      list.push_back({{"checkers", std::string(one.checkers)}, {"code", std::string(one.code)}});
    }
  }
  return list;
}

// The level of a rule in a preset, in a word.
absl::string_view LevelWord(Preset preset, Rule rule) {
  const Chosen level = LevelIn(preset, rule);
  const bool is_partly_on = level.severity == Severity::kIgnore && level.admits_strong_cases && HasStrongCases(rule);
  return is_partly_on ? "partly" : SeverityName(level.severity);
}

// `overt rules --diff-preset A B`.
ExitCode RunDiffPreset(const RulesOptions& options) {
  std::vector<Preset> presets;
  for (const std::string& name : options.diff_presets) {
    const std::optional<Preset> preset = PresetNamed(name);
    if (!preset) return Refuse(UnknownPreset(name));
    presets.push_back(*preset);
  }
  const absl::string_view left = NameOf(presets[0]);
  const absl::string_view right = NameOf(presets[1]);
  Json list = Json::array();
  std::string out = absl::StrFormat("%-24s %-12s %s\n", "rule", left, right);
  for (const RuleInfo& rule : AllRules()) {
    const absl::string_view before = LevelWord(presets[0], rule.rule);
    const absl::string_view after = LevelWord(presets[1], rule.rule);
    if (before == after) continue;
    absl::StrAppend(&out, absl::StrFormat("%-24s %-12s %s\n", rule.name, before, after));
    list.push_back({{"name", std::string(rule.name)}, {"before", std::string(before)}, {"after", std::string(after)}});
  }
  if (list.empty()) out = absl::StrCat("no level differs between ", left, " and ", right, "\n");
  WriteAll(STDOUT_FILENO, options.output_format == "json" ? list.dump(2) + "\n" : out);
  return ExitCode::kClean;
}

}  // namespace

ExitCode RunRules(const GlobalOptions& global, const RulesOptions& options) {
  if (!options.diff_presets.empty()) return RunDiffPreset(options);
  const ConfigLoader config(global.config);
  const std::shared_ptr<const Settings> settings = config.SettingsFor(global.config.start() + "/.");
  if (ReportProblems(config.problems())) return ExitCode::kUsage;
  if (options.output_format == "json") {
    Json list = Json::array();
    for (const RuleInfo& rule : AllRules()) {
      const Chosen& chosen = settings->rules.of(rule.rule);
      list.push_back({{"name", std::string(rule.name)},
                      {"group", std::string(rule.group)},
                      {"level", std::string(SeverityName(chosen.severity))},
                      {"origin", SourceText(chosen.source)},
                      {"default", std::string(SeverityName(rule.default_severity))},
                      {"since", std::string(rule.since)},
                      {"summary", std::string(rule.summary)},
                      {"elsewhere", ElsewhereJson(rule.rule)}});
    }
    WriteAll(STDOUT_FILENO, list.dump(2) + "\n");
    return ExitCode::kClean;
  }
  std::string out;
  for (const RuleInfo& rule : AllRules()) {
    const Chosen& chosen = settings->rules.of(rule.rule);
    absl::StrAppend(&out, absl::StrFormat("%-24s %-12s %-8s %-14s %s\n", rule.name, rule.group,
                                          SeverityName(chosen.severity), SourceText(chosen.source), rule.summary));
  }
  WriteAll(STDOUT_FILENO, out);
  return ExitCode::kClean;
}

ExitCode RunExplain(const GlobalOptions& global, const ExplainOptions& options) {
  if (options.list) {
    WriteAll(STDOUT_FILENO, ListOfExplained());
    return ExitCode::kClean;
  }
  const std::string name = options.all ? "all" : options.name;
  const std::vector<Rule> rules = RulesMeant(name);
  if (rules.empty()) {
    const absl::string_view near = NearestRuleName(name);
    WriteAll(STDERR_FILENO, absl::StrCat("overt: nothing is known of `", name, "`",
                                         near.empty() ? "; `overt rules` lists all rules" : DidYouMean(near), "\n"));
    return ExitCode::kUsage;
  }
  if (options.output_format == "json") {
    Json list = Json::array();
    for (const Rule rule : rules) {
      const RuleInfo& info = InfoOf(rule);
      list.push_back({{"name", std::string(info.name)},
                      {"group", std::string(info.group)},
                      {"summary", std::string(info.summary)},
                      {"documentation", std::string(DocumentationOf(rule))}});
    }
    WriteAll(STDOUT_FILENO, list.dump(2) + "\n");
    return ExitCode::kClean;
  }
  const bool use_color = UseColor(global.color, STDOUT_FILENO);
  const size_t width = std::min<size_t>(TerminalWidth(STDOUT_FILENO), 100);
  const auto shown = [&](absl::string_view page) {
    return options.output_format == "text" ? MarkdownAsText(page, use_color, width) : std::string(page);
  };
  std::string out;
  if (RulesNamed(name).empty()) out += ForeignCodeHead(name);
  if (IsGroup(name)) absl::StrAppend(&out, shown(GroupHead(name, rules)), "\n");
  for (const Rule rule : rules) absl::StrAppend(&out, shown(DocumentationOf(rule)), "\n");
  WriteAll(STDOUT_FILENO, out);
  return ExitCode::kClean;
}

}  // namespace overt::driver
