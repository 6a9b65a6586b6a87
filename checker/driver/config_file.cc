#include "checker/driver/config_file.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/driver/config_keys.h"
#include "checker/driver/terminal.h"
#include "diagnostics/spelling.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/source_file.h"
#include "stubs/toml.h"

namespace overt::driver {
namespace {

constexpr size_t kMostConfigBytes = 10u << 20;

std::string_view Std(absl::string_view text) { return {text.data(), text.size()}; }
absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

bool Exists(const std::string& path) { return grammar::AskKind(path).kind != grammar::PathKind::kNothing; }

std::string FolderOf(const std::string& path) { return path.substr(0, std::max<size_t>(path.rfind('/'), 1)); }

// Reads one table of the file into settings, key by key, by the table of keys.
class Reader {
 public:
  Reader(const ConfigFile& file, Settings& settings, std::vector<ConfigProblem>& problems)
      : file_(file), settings_(settings), problems_(problems) {}

  void Run(const toml::table& root) { ReadTable(root, ""); }

  void Add(const toml::source_region& at, std::string message) {
    problems_.push_back({file_.display, at.begin.line, at.begin.column, std::move(message)});
  }

 private:
  void ReadTable(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, value] : table) {
      const std::string path = prefix.empty() ? std::string(key.str()) : absl::StrCat(prefix, ".", Absl(key.str()));
      const ConfigKey* known = FindKey(path);
      if (known != nullptr) {
        ReadValue(*known, value);
      } else if (value.is_table() && IsSection(path)) {
        ReadTable(*value.as_table(), path);
      } else {
        UnknownKey(path, key.source());
      }
    }
  }

  static const ConfigKey* FindKey(absl::string_view path) {
    for (const ConfigKey& key : ConfigKeys()) {
      if (key.path == path) return &key;
    }
    return nullptr;
  }

  static bool IsSection(absl::string_view path) {
    for (const ConfigKey& key : ConfigKeys()) {
      if (absl::StartsWith(key.path, absl::StrCat(path, "."))) return true;
    }
    return false;
  }

  void UnknownKey(const std::string& path, const toml::source_region& at) {
    std::vector<absl::string_view> candidates;
    for (const ConfigKey& key : ConfigKeys()) {
      candidates.push_back(key.path);
      const absl::string_view section = key.path.substr(0, key.path.find('.'));
      if (section.size() < key.path.size() && (candidates.empty() || candidates.back() != section))
        candidates.push_back(section);
    }
    const absl::string_view near = NearestBySpelling(path, candidates);
    Add(at, near.empty() ? absl::StrCat("unknown key `", path, "`")
                         : absl::StrCat("unknown key `", path, "`; did you mean `", near, "`?"));
  }

  void WrongForm(const ConfigKey& key, const toml::node& value) {
    Add(value.source(), absl::StrCat("`", key.path, "` must be ", FormName(key.form)));
  }

  void ReadValue(const ConfigKey& key, const toml::node& value) {
    switch (key.form) {
      case ValueForm::kString:
        if (const auto text = value.value_exact<std::string>()) return SetString(key, *text, value);
        return WrongForm(key, value);
      case ValueForm::kFolderBelow:
        if (const auto text = value.value_exact<std::string>()) return SetFolderBelow(key, *text, value);
        return WrongForm(key, value);
      case ValueForm::kBoolean:
        if (const auto flag = value.value_exact<bool>()) return SetBoolean(key.path, *flag);
        return WrongForm(key, value);
      case ValueForm::kInteger:
        if (const auto number = value.value_exact<int64_t>()) return SetInteger(key, *number, value);
        return WrongForm(key, value);
      case ValueForm::kStrings:
        if (auto list = StringsOf(value)) return SetStrings(key.path, *std::move(list));
        return WrongForm(key, value);
      case ValueForm::kVersion: return SetVersion(key, value);
      case ValueForm::kLevels:
        if (value.is_table()) return ReadLevels(*value.as_table(), settings_.rules, Options::kTake);
        return WrongForm(key, value);
      case ValueForm::kTables:
        // An empty list is no list of tables for toml++.
        if (value.is_array() && value.as_array()->empty()) return;
        if (value.is_array_of_tables()) return ReadOverrides(*value.as_array());
        return WrongForm(key, value);
    }
  }

  static std::optional<std::vector<std::string>> StringsOf(const toml::node& value) {
    if (!value.is_array()) return std::nullopt;
    std::vector<std::string> list;
    for (const toml::node& item : *value.as_array()) {
      const auto text = item.value_exact<std::string>();
      if (!text) return std::nullopt;
      list.push_back(*text);
    }
    return list;
  }

  std::string Absolute(absl::string_view path) const { return AbsolutePath(path, FolderOf(file_.path)); }

  void SetString(const ConfigKey& key, const std::string& text, const toml::node& value) {
    const std::vector<absl::string_view> choices = absl::StrSplit(key.choices, ' ', absl::SkipEmpty());
    if (!choices.empty() && std::find(choices.begin(), choices.end(), absl::string_view(text)) == choices.end()) {
      Add(value.source(), absl::StrCat("`", text, "` is no value of `", key.path, "`: ", absl::StrJoin(choices, ", ")));
      return;
    }
    const absl::string_view path = key.path;
    if (path == "environment.python") {
      settings_.environment.python = Absolute(text);
    } else if (path == "environment.python-platform") {
      settings_.environment.platform = text;
    } else if (path == "environment.typeshed") {
      settings_.environment.typeshed = Absolute(text);
    } else if (path == "fix.override-import") {
      SetOverrideImport(text);
    } else if (path == "terminal.output-format") {
      settings_.terminal.output_format = text;
    }
  }

  // A repository that somebody else wrote may not choose where in the world files are made.
  void SetFolderBelow(const ConfigKey& key, absl::string_view text, const toml::node& value) {
    std::string folder = Absolute(text);
    if (!absl::StartsWith(folder, absl::StrCat(FolderOf(file_.path), "/"))) {
      Add(value.source(),
          absl::StrCat("`", key.path, "` must lie below the project; `--", key.path, "` may name any folder"));
    } else if (key.path == "cache-dir") {
      settings_.cache_folder = std::move(folder);
    }
  }

  void SetOverrideImport(const std::string& text) {
    using fixes::OverrideImport;
    for (const OverrideImport one :
         {OverrideImport::kAuto, OverrideImport::kTyping, OverrideImport::kTypingExtensions}) {
      if (text == OverrideImportName(one)) settings_.override_import = one;
    }
  }

  void SetBoolean(absl::string_view path, bool flag) {
    if (path == "src.respect-ignore-files") settings_.source.respect_ignore_files = flag;
    if (path == "src.force-exclude") settings_.source.force_exclude = flag;
    if (path == "suppressions.honour-type-ignore") settings_.rule_options.honour_type_ignore = flag;
    if (path == "suppressions.report-unused") settings_.rule_options.report_unused_suppressions = flag;
    if (path == "terminal.error-on-warning") settings_.terminal.error_on_warning = flag;
  }

  void SetInteger(const ConfigKey& key, int64_t number, const toml::node& value) {
    if (number < kLeastInteger || number > kMostInteger) {
      Add(value.source(),
          absl::StrCat("`", key.path, "` must lie between ", kLeastInteger, " and ", kMostInteger, " (megabytes)"));
      return;
    }
    settings_.source.max_file_bytes = static_cast<size_t>(number) << 20;
  }

  void SetStrings(absl::string_view path, std::vector<std::string> list) {
    if (path == "environment.root" || path == "environment.extra-paths") {
      for (std::string& one : list) one = Absolute(one);
    }
    if (path == "environment.root")
      settings_.environment.roots = std::move(list);
    else if (path == "environment.extra-paths")
      settings_.environment.extra_paths = std::move(list);
    else if (path == "environment.allowed-unresolved-imports")
      settings_.rule_options.allowed_unresolved_imports = std::move(list);
    else if (path == "src.include")
      settings_.source.include = std::move(list);
    else if (path == "src.exclude")
      settings_.source.exclude = std::move(list);
    else if (path == "analysis.treat-as-override")
      settings_.rule_options.treat_as_override = std::move(list);
  }

  void SetVersion(const ConfigKey& key, const toml::node& value) {
    const auto text = value.value_exact<std::string>();
    if (!text) {
      const bool is_number = value.is_floating_point() || value.is_integer();
      Add(value.source(), absl::StrCat("`", key.path, "` must be ", FormName(key.form),
                                       is_number ? "; without quotes TOML reads 3.10 as 3.1" : ""));
      return;
    }
    const auto version = grammar::ParsePythonVersion(*text);
    if (!version || *version < grammar::kOldestPython || *version > grammar::kNewestPython) {
      Add(value.source(),
          absl::StrCat("`", *text, "` is no version that overt knows: ", grammar::ToString(grammar::kOldestPython),
                       " to ", grammar::ToString(grammar::kNewestPython)));
      return;
    }
    settings_.environment.version = version;
    settings_.environment.version_source = file_.display;
  }

  // --- Levels --------------------------------------------------------------------------------------------------------

  enum class Options : uint8_t { kTake, kRefuse };

  void ReadLevels(const toml::table& table, RuleSelection& rules, Options options) {
    for (const auto& [key, value] : table) {
      if (RulesNamed(Absl(key.str())).empty()) {
        const absl::string_view near = NearestRuleName(Absl(key.str()));
        Add(key.source(), near.empty()
                              ? absl::StrCat("unknown rule `", Absl(key.str()), "`")
                              : absl::StrCat("unknown rule `", Absl(key.str()), "`; did you mean `", near, "`?"));
        continue;
      }
      if (value.is_table() && options == Options::kTake) {
        ReadRuleTable(Absl(key.str()), *value.as_table(), rules);
      } else {
        ReadLevel(Absl(key.str()), value, rules);
      }
    }
  }

  void ReadLevel(absl::string_view name, const toml::node& value, RuleSelection& rules) {
    const auto text = value.value_exact<std::string>();
    const auto severity = text ? ParseSeverity(*text) : std::nullopt;
    if (!severity) {
      Add(value.source(),
          absl::StrCat("the level of `", name, "` must be \"error\", \"warn\", \"info\" or \"ignore\""));
      return;
    }
    rules.Choose(name, *severity, {SettingSource::Kind::kConfigFile, file_.display, value.source().begin.line});
  }

  void ReadRuleTable(absl::string_view name, const toml::table& table, RuleSelection& rules) {
    for (const auto& [key, value] : table) {
      if (key.str() == "level") {
        ReadLevel(name, value, rules);
      } else if (key.str() == "exempt" && name == "missing-override") {
        ReadExemptions(value);
      } else {
        Add(key.source(), absl::StrCat("rule `", name, "` has no option `", Absl(key.str()), "`"));
      }
    }
  }

  void ReadExemptions(const toml::node& value) {
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
        const absl::string_view near = NearestBySpelling(name, ExemptionNames());
        Add(value.source(), near.empty() ? absl::StrCat("unknown exemption `", name, "`")
                                         : absl::StrCat("unknown exemption `", name, "`; did you mean `", near, "`?"));
      }
    }
    settings_.rule_options.missing_override = exempt;
  }

  void ReadOverrides(const toml::array& tables) {
    // An override builds on the project's own levels, wherever they stand in the file.
    for (const toml::node& node : tables) {
      OverrideSettings one;
      overrides_.push_back(node.as_table());
      settings_.overrides.push_back(std::move(one));
    }
  }

 public:
  void FinishOverrides() {
    for (size_t i = 0; i < overrides_.size(); ++i) {
      OverrideSettings& one = settings_.overrides[i];
      one.rules = settings_.rules;
      for (const auto& [key, value] : *overrides_[i]) {
        const auto list = StringsOf(value);
        if (key.str() == "include" && list)
          one.include = *list;
        else if (key.str() == "exclude" && list)
          one.exclude = *list;
        else if (key.str() == "rules" && value.is_table())
          ReadLevels(*value.as_table(), one.rules, Options::kRefuse);
        else
          Add(key.source(),
              absl::StrCat("an override has `include`, `exclude` and `rules`, not `", Absl(key.str()), "`"));
      }
    }
  }

 private:
  const ConfigFile& file_;
  Settings& settings_;
  std::vector<ConfigProblem>& problems_;
  std::vector<const toml::table*> overrides_;
};

// The text of a TOML file, or why it cannot be used.
std::optional<std::string> ReadTomlText(const ConfigFile& file, std::vector<ConfigProblem>& problems) {
  absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(file.path, kMostConfigBytes);
  if (!bytes.ok()) {
    problems.push_back({file.display, 0, 0, absl::StrCat("cannot be read: ", bytes.status().message())});
    return std::nullopt;
  }
  absl::string_view text = *bytes;
  if (absl::StartsWith(text, "\xFF\xFE") || absl::StartsWith(text, "\xFE\xFF")) {
    problems.push_back({file.display, 0, 0, "this file is UTF-16; TOML must be UTF-8"});
    return std::nullopt;
  }
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  return std::string(text);
}

const toml::table* OvertTable(const toml::table& root, const std::string& path) {
  if (!absl::EndsWith(path, "pyproject.toml")) return &root;
  return root["tool"]["overt"].as_table();
}

void ReadConfigText(const ConfigFile& file, absl::string_view text, Settings& settings,
                    std::vector<ConfigProblem>& problems) {
  try {
    const toml::table root = toml::parse(Std(text), file.display);
    const toml::table* table = OvertTable(root, file.path);
    if (table == nullptr) return;
    Reader reader(file, settings, problems);
    reader.Run(*table);
    reader.FinishOverrides();
  } catch (const toml::parse_error& error) {
    const toml::source_region& at = error.source();
    problems.push_back({file.display, at.begin.line, at.begin.column,
                        absl::StrCat("this is no valid TOML: ", Absl(error.description()))});
  }
}

}  // namespace

absl::Span<const absl::string_view> ExemptionNames() {
  static constexpr absl::string_view kNames[] = {"constructors", "private", "object-dunders",
                                                 "abstract-implementations", "protocol-members"};
  return kNames;
}

bool IsConfigFile(absl::string_view name) {
  return name == "overt.toml" || name == ".overt.toml" || name == "pyproject.toml";
}

std::optional<ConfigFile> ConfigFileIn(const std::string& folder, const std::string& current_folder) {
  const auto display = [&](const std::string& path) {
    absl::string_view rest = path;
    const bool is_below = absl::ConsumePrefix(&rest, current_folder) && absl::ConsumePrefix(&rest, "/");
    return std::string(is_below ? rest : absl::string_view(path));
  };
  for (const absl::string_view name : {"overt.toml", ".overt.toml"}) {
    const std::string path = absl::StrCat(folder == "/" ? "" : folder, "/", name);
    if (Exists(path)) return ConfigFile{path, display(path)};
  }
  const std::string pyproject = absl::StrCat(folder == "/" ? "" : folder, "/pyproject.toml");
  if (!Exists(pyproject)) return std::nullopt;
  absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(pyproject, kMostConfigBytes);
  if (!bytes.ok() || !absl::StrContains(*bytes, "overt")) return std::nullopt;
  try {
    if (OvertTable(toml::parse(Std(*bytes)), pyproject) == nullptr) return std::nullopt;
  } catch (const toml::parse_error&) {
    // It speaks of overt but cannot be read: whoever uses it will say so.
    return ConfigFile{pyproject, display(pyproject)};
  }
  return ConfigFile{pyproject, display(pyproject)};
}

void ReadConfigFile(const ConfigFile& file, Settings& settings, std::vector<ConfigProblem>& problems) {
  settings.project = FolderOf(file.path);
  settings.config_file = file.display;
  if (const std::optional<std::string> text = ReadTomlText(file, problems)) {
    ReadConfigText(file, *text, settings, problems);
  }
}

std::vector<ConfigProblem> CheckConfigText(const ConfigFile& file, absl::string_view text) {
  std::vector<ConfigProblem> problems;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  if (absl::EndsWith(file.path, "pyproject.toml") && !absl::StrContains(text, "overt")) return problems;
  Settings settings;
  ReadConfigText(file, text, settings, problems);
  return problems;
}

std::optional<grammar::PythonVersion> RequiresPython(const std::string& folder) {
  absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(absl::StrCat(folder, "/pyproject.toml"), kMostConfigBytes);
  if (!bytes.ok()) return std::nullopt;
  std::string requirement;
  try {
    requirement = toml::parse(Std(*bytes))["project"]["requires-python"].value_or(std::string());
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
  // The lower bound of ">=3.9,<4": the oldest version that must work.
  for (absl::string_view part : absl::StrSplit(requirement, ',')) {
    part = absl::StripAsciiWhitespace(part);
    const bool is_bound =
        absl::ConsumePrefix(&part, ">=") || absl::ConsumePrefix(&part, "~=") || absl::ConsumePrefix(&part, "==");
    if (!is_bound) continue;
    const std::vector<absl::string_view> numbers = absl::StrSplit(absl::StripAsciiWhitespace(part), '.');
    if (numbers.size() < 2) continue;
    if (auto version = grammar::ParsePythonVersion(absl::StrCat(numbers[0], ".", numbers[1]))) {
      return std::clamp(*version, grammar::kOldestPython, grammar::kNewestPython);
    }
  }
  return std::nullopt;
}

}  // namespace overt::driver
