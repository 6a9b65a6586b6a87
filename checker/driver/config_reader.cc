#include "checker/driver/config_reader.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "checker/driver/required_version.h"
#include "checker/driver/terminal.h"
#include "checker/driver/version.h"
#include "checker/resolve/disk.h"
#include "diagnostics/spelling.h"

namespace overt::driver {
namespace {

bool IsSection(absl::string_view path) {
  for (const ConfigKey& key : ConfigKeys()) {
    if (absl::StartsWith(key.path, absl::StrCat(path, "."))) return true;
  }
  return false;
}

absl::string_view LastWordOf(absl::string_view path) { return path.substr(path.rfind('.') + 1); }

// Every key and every table, then the last words of all keys.
std::vector<absl::string_view> KeyNames() {
  std::vector<absl::string_view> names;
  for (const ConfigKey& key : ConfigKeys()) {
    names.push_back(key.path);
    const absl::string_view section = key.path.substr(0, key.path.find('.'));
    if (section.size() < key.path.size()) names.push_back(section);
  }
  return names;
}

// What somebody who wrote this unknown key may have meant; empty if nothing is like it. A key of another table first,
// then a slip of the pen, then both.
std::string MeantKey(const std::string& path) {
  const absl::string_view word = LastWordOf(path);
  for (const ConfigKey& key : ConfigKeys()) {
    if (LastWordOf(key.path) == word) return std::string(key.path);
  }
  if (!RulesNamed(path).empty()) return absl::StrCat("rules.", path);
  if (const absl::string_view near = NearestBySpelling(path, KeyNames()); !near.empty()) return std::string(near);
  std::vector<absl::string_view> words;
  for (const ConfigKey& key : ConfigKeys()) words.push_back(LastWordOf(key.path));
  const absl::string_view near = NearestBySpelling(word, words);
  for (const ConfigKey& key : ConfigKeys()) {
    if (!near.empty() && LastWordOf(key.path) == near) return std::string(key.path);
  }
  return "";
}

std::string UnknownKey(const std::string& path, const toml::node& value, bool is_own_file) {
  if (path == "tool" && is_own_file && value.is_table() && value.as_table()->contains("overt")) {
    return "this file is overt's own: leave out `tool.overt`, so that `[tool.overt.rules]` becomes `[rules]`";
  }
  const std::string meant = MeantKey(path);
  const absl::string_view place = absl::StrContains(path, ".") ? "" : " at top level";
  return absl::StrCat("unknown key `", path, "`", absl::StrContains(meant, ".") ? place : "", DidYouMean(meant));
}

std::optional<std::vector<std::string>> StringsOf(const toml::node& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<std::string> list;
  for (const toml::node& item : *value.as_array()) {
    const auto text = item.value_exact<std::string>();
    if (!text) return std::nullopt;
    list.push_back(*text);
  }
  return list;
}

std::string UnknownRule(absl::string_view name) {
  return absl::StrCat("unknown rule `", name, "`", DidYouMean(NearestRuleName(name)));
}

}  // namespace

void ConfigReader::Run(const toml::table& table) {
  if (IsForThisVersion(table)) ReadTable(table, "");
}

ConfigProblem ConfigReader::ProblemAt(const toml::source_region& at, absl::string_view message) const {
  if (file_.is_inline) return {"", 0, 0, absl::StrCat("`", file_.display, "`: ", message)};
  return {file_.display, at.begin.line, at.begin.column, std::string(message)};
}

void ConfigReader::Add(const toml::source_region& at, absl::string_view message) {
  problems_.push_back(ProblemAt(at, message));
}

// What is written for another overt would be full of unknown keys.
bool ConfigReader::IsForThisVersion(const toml::table& table) {
  const toml::node* const value = table.get("required-version");
  const auto text = value == nullptr ? std::nullopt : value->value_exact<std::string>();
  if (!text) return true;
  const std::string error = RequirementError(*text, kVersion);
  if (error.empty()) return true;
  Add(value->source(), error);
  return false;
}

void ConfigReader::ReadTable(const toml::table& table, const std::string& prefix) {
  for (const auto& [key, value] : table) {
    const std::string path = prefix.empty() ? std::string(key.str()) : absl::StrCat(prefix, ".", FromToml(key.str()));
    const ConfigKey* known = FindKey(path);
    if (known != nullptr) {
      NoteOrigin(*known, value);
      ReadValue(*known, value);
    } else if (value.is_table() && IsSection(path)) {
      ReadTable(*value.as_table(), path);
    } else if (path == "baseline" && value.is_string()) {  // short for its `path`
      NoteOrigin(*FindKey("baseline.path"), value);
      ReadValue(*FindKey("baseline.path"), value);
    } else if (path == "baseline") {
      Add(value.source(), "`baseline` must be a file's path, or a table of `path`, `mode` and `level`");
    } else {
      Add(key.source(), UnknownKey(path, value, !absl::EndsWith(file_.path, "pyproject.toml")));
    }
  }
}

std::string ConfigReader::OriginOf(const toml::node& node) const {
  if (file_.is_inline) return "--config";
  const uint32_t line = node.source().begin.line;
  return line == 0 ? file_.display : absl::StrCat(file_.display, ":", line);
}

void ConfigReader::NoteOrigin(const ConfigKey& key, const toml::node& value) {
  std::erase_if(named_paths_, [&](const NamedPath& one) { return one.key == key.path; });
  std::string& origin = settings_.origins[std::string(key.path)];
  const bool is_added = key.path == "src.extend-exclude" && !origin.empty();
  origin = is_added ? absl::StrCat(origin, ", ", OriginOf(value)) : OriginOf(value);
}

void ConfigReader::WrongForm(const ConfigKey& key, const toml::node& value) {
  Add(value.source(), absl::StrCat("`", key.path, "` must be ", FormName(key.form)));
}

void ConfigReader::ReadValue(const ConfigKey& key, const toml::node& value) {
  switch (key.form) {
    case ValueForm::kString:
    case ValueForm::kVersionClauses:
      if (const auto text = value.value_exact<std::string>()) return SetString(key, *text, value);
      return WrongForm(key, value);
    case ValueForm::kPathBelow:
      if (const auto text = value.value_exact<std::string>()) return SetPathBelow(key, *text, value);
      return WrongForm(key, value);
    case ValueForm::kBoolean:
      if (const auto flag = value.value_exact<bool>()) return SetBoolean(key.path, *flag);
      return WrongForm(key, value);
    case ValueForm::kInteger:
      if (const auto number = value.value_exact<int64_t>()) return SetInteger(key, *number, value);
      return WrongForm(key, value);
    case ValueForm::kStrings:
      if (auto list = StringsOf(value)) return SetStrings(key.path, *std::move(list), *value.as_array());
      return WrongForm(key, value);
    case ValueForm::kRules:
      if (auto names = StringsOf(value)) return SetRules(key.path, *std::move(names), *value.as_array());
      return WrongForm(key, value);
    case ValueForm::kVersion: return SetVersion(key, value);
    case ValueForm::kPlatforms: return SetPlatforms(key, value);
    case ValueForm::kLevels:
      if (value.is_table()) return ReadLevels(*value.as_table(), settings_.levels, Options::kTake);
      return WrongForm(key, value);
    case ValueForm::kTables:
      // An empty list is no list of tables for toml++.
      if (value.is_array() && value.as_array()->empty()) return;
      if (value.is_array_of_tables()) return ReadOverrides(*value.as_array());
      return WrongForm(key, value);
  }
}

std::string ConfigReader::NamePath(const ConfigKey& key, const std::string& text, const toml::node& value) {
  std::string path = AbsolutePath(text, resolve::Parent(file_.path));
  named_paths_.push_back({key.path, path, ProblemAt(value.source(), "")});
  return path;
}

void ConfigReader::SetString(const ConfigKey& key, const std::string& text, const toml::node& value) {
  const std::vector<absl::string_view> choices = absl::StrSplit(key.choices, ' ', absl::SkipEmpty());
  if (!choices.empty() && std::find(choices.begin(), choices.end(), absl::string_view(text)) == choices.end()) {
    Add(value.source(), absl::StrCat("`", text, "` is no value of `", key.path, "`: ", absl::StrJoin(choices, ", "),
                                     DidYouMean(NearestBySpelling(text, choices))));
    return;
  }
  const absl::string_view path = key.path;
  if (path == "environment.python") {
    settings_.environment.python = NamePath(key, text, value);
  } else if (path == "environment.typeshed") {
    settings_.environment.typeshed = NamePath(key, text, value);
  } else if (path == "fix.override-import") {
    SetOverrideImport(text);
  } else if (path == "baseline.mode" || path == "baseline.level") {
    SetBaseline(path, text);
  } else if (path == "terminal.output-format") {
    settings_.terminal.output_format = text;
  } else if (path == "preset") {
    ReadPreset(value, settings_.levels);
  } else if (path == "extend") {
    settings_.extends = text;
  } else if (path == "required-version") {
    settings_.required_version = text;
  }
}

// A repository that somebody else wrote may not choose where in the world files are made.
void ConfigReader::SetPathBelow(const ConfigKey& key, absl::string_view text, const toml::node& value) {
  const bool is_cache = key.path == "cache-dir";
  std::string below = AbsolutePath(text, settings_.project);
  if (!absl::StartsWith(below, absl::StrCat(settings_.project, "/"))) {
    Add(value.source(),
        absl::StrCat("`", key.path, "` must lie below the project; ",
                     is_cache ? "`--cache-dir` may name any folder" : "`--baseline` may name any file"));
  } else if (is_cache) {
    settings_.cache_folder = std::move(below);
  } else {
    settings_.baseline.path = std::move(below);
  }
}

void ConfigReader::SetOverrideImport(const std::string& text) {
  using fixes::OverrideImport;
  for (const OverrideImport one : {OverrideImport::kAuto, OverrideImport::kTyping, OverrideImport::kTypingExtensions}) {
    if (text == OverrideImportName(one)) settings_.fix.options.override_import = one;
  }
}

void ConfigReader::SetBaseline(absl::string_view path, const std::string& text) {
  if (path == "baseline.mode") {
    settings_.baseline.mode = ParseBaselineMode(text);
  } else {
    settings_.baseline.level = ParseSeverity(text).value_or(Severity::kIgnore);
  }
}

void ConfigReader::SetBoolean(absl::string_view path, bool flag) {
  if (path == "src.respect-ignore-files") settings_.source.respect_ignore_files = flag;
  if (path == "src.force-exclude") settings_.source.force_exclude = flag;
  if (path == "suppressions.honour-type-ignore") settings_.rule_options.honour_type_ignore = flag;
  if (path == "suppressions.report-unused") settings_.rule_options.report_unused_suppressions = flag;
  if (path == "suppressions.require-reason") settings_.require_reason = flag;
  if (path == "terminal.error-on-warning") settings_.terminal.error_on_warning = flag;
}

void ConfigReader::SetInteger(const ConfigKey& key, int64_t number, const toml::node& value) {
  if (number < kLeastInteger || number > kMostInteger) {
    Add(value.source(),
        absl::StrCat("`", key.path, "` must lie between ", kLeastInteger, " and ", kMostInteger, " (megabytes)"));
    return;
  }
  settings_.source.max_file_bytes = static_cast<size_t>(number) << 20;
}

void ConfigReader::SetStrings(absl::string_view path, std::vector<std::string> list, const toml::array& values) {
  if (path == "environment.root" || path == "environment.extra-paths") {
    for (size_t i = 0; i < list.size(); ++i) list[i] = NamePath(*FindKey(path), list[i], *values.get(i));
  }
  if (path == "environment.root") {
    settings_.environment.roots = std::move(list);
  } else if (path == "environment.extra-paths") {
    settings_.environment.extra_paths = std::move(list);
  } else if (path == "environment.allowed-unresolved-imports") {
    settings_.rule_options.allowed_unresolved_imports = std::move(list);
  } else if (path == "analysis.treat-as-override") {
    settings_.rule_options.treat_as_override = std::move(list);
  } else {
    std::vector<FilePattern> patterns;
    patterns.reserve(list.size());
    for (size_t i = 0; i < list.size(); ++i) patterns.push_back({std::move(list[i]), OriginOf(*values.get(i))});
    SetPatterns(path, std::move(patterns));
  }
}

void ConfigReader::SetRules(absl::string_view path, std::vector<std::string> names, const toml::array& values) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (RulesNamed(names[i]).empty()) Add(values.get(i)->source(), UnknownRule(names[i]));
  }
  if (path == "fix.fixable") settings_.fix.fixable = std::move(names);
  if (path == "fix.unfixable") settings_.fix.unfixable = std::move(names);
}

void ConfigReader::SetPatterns(absl::string_view path, std::vector<FilePattern> patterns) {
  if (path == "src.include") {
    settings_.source.include = std::move(patterns);
  } else if (path == "src.exclude") {
    settings_.source.exclude = std::move(patterns);
  } else if (path == "src.extend-exclude") {
    std::vector<FilePattern>& all = settings_.source.extend_exclude;
    all.insert(all.end(), patterns.begin(), patterns.end());
  }
}

void ConfigReader::SetVersion(const ConfigKey& key, const toml::node& value) {
  const auto text = value.value_exact<std::string>();
  if (!text) {
    const bool is_number = value.is_floating_point() || value.is_integer();
    Add(value.source(), absl::StrCat("`", key.path, "` must be ", FormName(key.form),
                                     is_number ? "; without quotes TOML reads 3.10 as 3.1" : ""));
    return;
  }
  const std::optional<grammar::PythonRange> versions = grammar::ParseKnownPythons(*text);
  if (!versions) {
    Add(value.source(), absl::StrCat("`", *text, "`: ", WhyNoPythons(*text)));
    return;
  }
  ChooseVersions(*versions, file_.is_inline ? "--config" : file_.display, settings_.environment);
}

void ConfigReader::SetPlatforms(const ConfigKey& key, const toml::node& value) {
  std::optional<std::vector<std::string>> names = StringsOf(value);
  if (const auto name = value.value_exact<std::string>()) names = {*name};
  if (!names || names->empty() || absl::c_linear_search(*names, "")) return WrongForm(key, value);
  settings_.environment.platforms = PlatformsNamed(*names);
}

// --- Levels ----------------------------------------------------------------------------------------------------------

SettingSource ConfigReader::SourceOf(const toml::node& node) const {
  if (file_.is_inline) return {SettingSource::Kind::kCommandLine, "", 0};
  const uint32_t line = node.source().begin.line;
  return {line == 0 ? SettingSource::Kind::kEditor : SettingSource::Kind::kConfigFile, file_.display, line};
}

// Of a value that names one.
void ConfigReader::ReadPreset(const toml::node& value, LevelChanges& levels) {
  levels.preset = PresetNamed(value.value_or(std::string()));
  levels.preset_source = SourceOf(value);
}

void ConfigReader::ReadLevels(const toml::table& table, LevelChanges& levels, Options options) {
  for (const auto& [key, value] : table) {
    if (RulesNamed(FromToml(key.str())).empty()) {
      const absl::string_view name = FromToml(key.str());
      Add(key.source(), UnknownRule(name));
      continue;
    }
    if (value.is_table() && options == Options::kTake) {
      ReadRuleTable(FromToml(key.str()), *value.as_table(), levels);
    } else {
      ReadLevel(FromToml(key.str()), value, levels);
    }
  }
}

void ConfigReader::ReadLevel(absl::string_view name, const toml::node& value, LevelChanges& levels) {
  const auto text = value.value_exact<std::string>();
  const auto severity = text ? ParseSeverity(*text) : std::nullopt;
  if (!severity) {
    Add(value.source(), absl::StrCat("the level of `", name, "` must be \"error\", \"warn\", \"info\" or \"ignore\""));
    return;
  }
  levels.Choose(name, *severity, SourceOf(value));
}

void ConfigReader::ReadRuleTable(absl::string_view name, const toml::table& table, LevelChanges& levels) {
  for (const auto& [key, value] : table) {
    if (key.str() == "level") {
      ReadLevel(name, value, levels);
    } else if (key.str() == "exempt" && name == "missing-override") {
      ReadExemptions(value);
    } else {
      Add(key.source(), absl::StrCat("rule `", name, "` has no option `", FromToml(key.str()), "`"));
    }
  }
}

void ConfigReader::ReadExemptions(const toml::node& value) {
  const auto list = StringsOf(value);
  if (!list) {
    Add(value.source(), "`exempt` must be a list of strings");
    return;
  }
  rules::MissingOverrideExemptions exempt{false, false, false, false, false};
  for (const std::string& name : *list) {
    if (name == "constructors")
      exempt.constructors = true;
    else if (name == "private")
      exempt.private_names = true;
    else if (name == "object-dunders")
      exempt.object_dunders = true;
    else if (name == "abstract-implementations")
      exempt.abstract_implementations = true;
    else if (name == "protocol-members")
      exempt.protocol_members = true;
    else {
      const std::string hint = DidYouMean(NearestBySpelling(name, ExemptionNames()));
      Add(value.source(), absl::StrCat("unknown exemption `", name, "`", hint));
    }
  }
  settings_.rule_options.missing_override = exempt;
}

void ConfigReader::ReadOverrides(const toml::array& tables) {
  for (const toml::node& node : tables) {
    ReadOverride(*node.as_table(), settings_.overrides.emplace_back());
  }
}

void ConfigReader::ReadSelector(absl::string_view name, const toml::node& value, std::vector<std::string>& list) {
  if (auto written = StringsOf(value)) {
    list = *std::move(written);
    return;
  }
  const bool is_path = name == "include" || name == "exclude";
  Add(value.source(), absl::StrCat("`", name, "` of an override must be ", FormName(ValueForm::kStrings), ", such as ",
                                   is_path             ? "[\"tests/\"]"
                                   : name == "members" ? "[\"*.setUp\"]"
                                                       : "[\"pkg.name\"]"));
}

void ConfigReader::ReadOverridePreset(const toml::node& value, LevelChanges& levels) {
  const auto name = value.value_exact<std::string>();
  if (!name) {
    Add(value.source(), absl::StrCat("`preset` of an override must be ", FormName(ValueForm::kString)));
  } else if (!PresetNamed(*name)) {
    Add(value.source(), UnknownPreset(*name));
  } else {
    ReadPreset(value, levels);
  }
}

void ConfigReader::ReadOverride(const toml::table& table, OverrideSettings& one) {
  const std::pair<absl::string_view, std::vector<std::string>*> selectors[] = {
      {"include", &one.include},   {"exclude", &one.exclude},       {"modules", &one.modules},
      {"bases", &one.scope.bases}, {"members", &one.scope.members}, {"decorators", &one.scope.decorators}};
  for (const auto& [key, value] : table) {
    const absl::string_view name = FromToml(key.str());
    const auto* const selector =
        std::find_if(std::begin(selectors), std::end(selectors), [&](const auto& pair) { return pair.first == name; });
    if (selector != std::end(selectors)) {
      ReadSelector(name, value, *selector->second);
    } else if (name == "preset") {
      ReadOverridePreset(value, one.levels);
    } else if (name == "rules" && value.is_table()) {
      ReadLevels(*value.as_table(), one.levels, Options::kRefuse);
    } else if (name == "rules") {
      Add(value.source(), absl::StrCat("`rules` of an override must be ", FormName(ValueForm::kLevels)));
    } else {
      constexpr absl::string_view kNames[] = {"include", "exclude",    "modules", "bases",
                                              "members", "decorators", "preset",  "rules"};
      Add(key.source(), absl::StrCat("an override has ", absl::StrJoin(kNames, ", "), ", not `", name, "`",
                                     DidYouMean(NearestBySpelling(name, kNames))));
    }
  }
}

}  // namespace overt::driver
