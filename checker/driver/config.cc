#include "checker/driver/config.h"

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "checker/driver/baseline_file.h"
#include "checker/driver/config_file.h"
#include "checker/driver/config_inline.h"
#include "checker/driver/config_keys.h"
#include "checker/driver/terminal.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/shown_path.h"
#include "diagnostics/preset.h"
#include "diagnostics/spelling.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {

struct ConfigLoader::Impl {
  ConfigRequest request;
  std::vector<std::string> inline_settings;  // of `request.config`
  mutable absl::Mutex mutex;
  mutable absl::flat_hash_map<std::string, std::shared_ptr<const Settings>> by_folder ABSL_GUARDED_BY(mutex);
  mutable absl::flat_hash_map<std::string, std::shared_ptr<const Settings>> by_file ABSL_GUARDED_BY(mutex);
  mutable std::vector<ConfigProblem> problems ABSL_GUARDED_BY(mutex);
  mutable std::vector<ConfigProblem> remarks ABSL_GUARDED_BY(mutex);

  std::string Absolute(const std::string& path) const { return AbsolutePath(path, request.current_folder); }

  void CheckFolders(absl::string_view flag, const std::vector<std::string>& folders) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    for (const std::string& folder : folders) {
      if (!folder.empty() && grammar::AskKind(Absolute(folder)).kind == grammar::PathKind::kFolder) continue;
      problems.push_back({"", 0, 0, absl::StrCat("`", flag, " ", folder, "`: no such folder")});
    }
  }

  // The settings of one configuration file; of none for an empty path.
  std::shared_ptr<const Settings> Load(const std::optional<ConfigFile>& file) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    std::shared_ptr<const Settings>& known = by_file[file ? file->path : ""];
    if (known != nullptr) return known;
    auto settings = std::make_shared<Settings>();
    settings->project = request.start();
    std::vector<ConfigProblem> found;
    std::vector<NamedPath> named = ReadConfig(file, request.editor, request.current_folder, *settings, found);
    for (const std::string& word : inline_settings) {
      ReadInlineSetting(word, request.current_folder, *settings, named, found);
    }
    std::erase_if(named, [&](const NamedPath& one) { return IsReplaced(one.key); });
    CheckNamedPaths(named, found);
    for (ConfigProblem& problem : found) AddOnce(std::move(problem));
    if (!settings->environment.version) {
      settings->environment.version = RequiresPython(settings->project);
      if (settings->environment.version) {
        settings->environment.version_source = "pyproject.toml: requires-python";
        settings->origins["environment.python-version"] = settings->environment.version_source;
      }
    }
    ApplyPreset(*settings);
    ApplyFixable(settings->fix, settings->origins);
    ApplyCommandLine(*settings);
    known = std::move(settings);
    return known;
  }

  // What is wrong with a word of the command line, or with what an editor says, is so for every file that governs.
  void AddOnce(ConfigProblem problem) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    if (!absl::c_linear_search(problems, problem)) problems.push_back(std::move(problem));
  }

  // What stands behind `--config`: at most one file, any number of settings.
  void SortConfigWords() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    const std::string* file = nullptr;
    for (const std::string& word : request.config) {
      if (IsInlineSetting(word, request.current_folder)) {
        inline_settings.push_back(word);
        continue;
      }
      if (file != nullptr && word != *file) {
        problems.push_back(
            {"", 0, 0,
             absl::StrCat("`--config` names two files, ", *file, " and ", word, "; one may extend the other")});
      }
      file = &word;
    }
    if (file != nullptr) request.config_file = *file;
  }

  // Whether the command line chose a path in place of the configuration's.
  bool IsReplaced(absl::string_view key) const {
    if (key == "environment.python") return request.python.has_value();
    if (key == "environment.typeshed") return request.typeshed.has_value();
    return key == "environment.root" && !request.roots.empty();
  }

  // The ground of all levels, and the levels that the configuration puts on it.
  void ApplyPreset(Settings& settings) const {
    LevelChanges& levels = settings.levels;
    if (request.preset) {
      levels.preset = PresetNamed(*request.preset);
      levels.preset_source = {SettingSource::Kind::kCommandLine, "", 0};
      settings.origins["preset"] = "--preset";
    }
    levels.ApplyTo(settings.rules);
    constexpr absl::string_view kKey = "terminal.error-on-warning";
    if (!levels.preset || !FailsOnWarnings(*levels.preset) || settings.origins.contains(kKey)) return;
    settings.terminal.error_on_warning = true;
    SettingSource source = levels.preset_source;
    source.preset = NameOf(*levels.preset);
    settings.origins[std::string(kKey)] = SourceText(source);
  }

  // Whoever says on the command line what is fixed means that, whatever the configuration spares.
  void ApplyFixable(FixSettings& fix, Settings::Origins& origins) const {
    if (!request.fixable.empty()) {
      fix.fixable = request.fixable;
      fix.unfixable.clear();
      origins["fix.fixable"] = origins["fix.unfixable"] = "--fixable";
    }
    fix.unfixable.insert(fix.unfixable.end(), request.unfixable.begin(), request.unfixable.end());
    if (!request.unfixable.empty()) AddOrigin("fix.unfixable", "--unfixable", origins);
    fix.options.fixable = RuleSetOf(fix.fixable).Without(RuleSetOf(fix.unfixable));
  }

  void ApplyCommandLine(Settings& settings) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    ApplyEnvironment(settings);
    ApplyPatterns(settings);
    if (request.error_on_warning) {
      settings.terminal.error_on_warning = true;
      settings.origins["terminal.error-on-warning"] = "--error-on-warning";
    }
    if (request.exit_zero_on_warning) {
      settings.terminal.error_on_warning = false;
      settings.origins["terminal.error-on-warning"] = "--exit-zero-on-warning";
    }
    if (request.output_format) {
      settings.terminal.output_format = *request.output_format;
      settings.origins["terminal.output-format"] = "--output-format";
    }
    if (request.no_suppressions) settings.rule_options.honour_suppressions = false;
    if (request.report_unused) settings.rule_options.report_unused_suppressions = true;
    const SettingSource source{SettingSource::Kind::kCommandLine, "", 0};
    for (const auto& [name, severity] : request.levels) {
      settings.rules.Choose(name, severity, source);
      for (OverrideSettings& one : settings.overrides) one.levels.Choose(name, severity, source);
    }
    for (const std::string& name : request.selected) {
      for (const Rule rule : RulesNamed(name)) {
        // What `[[overrides]]` say of the rule stays.
        if (!settings.rules.enabled(rule)) settings.rules.Choose(rule, Severity::kWarning, source);
      }
    }
  }

  void ApplyEnvironment(Settings& settings) const {
    EnvironmentSettings& environment = settings.environment;
    const auto note = [&](absl::string_view key, absl::string_view flag) {
      settings.origins[absl::StrCat("environment.", key)] = std::string(flag);
    };
    if (request.python) {
      environment.python = Absolute(*request.python);
      note("python", "--python");
    }
    if (request.python_version) {
      ChooseVersions(*grammar::ParseKnownPythons(*request.python_version), "--python-version", environment);
      note("python-version", "--python-version");
    }
    if (!request.python_platforms.empty()) {
      environment.platforms = PlatformsNamed(request.python_platforms);
      note("python-platform", "--python-platform");
    }
    if (request.typeshed) {
      environment.typeshed = Absolute(*request.typeshed);
      note("typeshed", "--typeshed");
    }
    if (!request.roots.empty()) {
      environment.roots.clear();
      for (const std::string& root : request.roots) environment.roots.push_back(Absolute(root));
      note("root", "--root");
    }
    for (const std::string& path : request.extra_paths) environment.extra_paths.push_back(Absolute(path));
    if (!request.extra_paths.empty()) AddOrigin("environment.extra-paths", "--extra-search-path", settings.origins);
  }

  void ApplyPatterns(Settings& settings) const {
    for (const std::string& text : request.exclude) settings.source.extend_exclude.push_back({text, "--exclude"});
    if (!request.exclude.empty()) AddOrigin("src.extend-exclude", "--exclude", settings.origins);
    if (request.force_exclude) {
      settings.source.force_exclude = true;
      settings.origins["src.force-exclude"] = "--force-exclude";
    }
    if (request.ignore_gitignore) {
      settings.source.respect_ignore_files = false;
      settings.origins["src.respect-ignore-files"] = "--no-respect-ignore-files";
    }
  }

  // Of a list that grows.
  static void AddOrigin(absl::string_view key, absl::string_view flag, Settings::Origins& origins) {
    std::string& origin = origins[std::string(key)];
    absl::StrAppend(&origin, origin.empty() ? "" : ", ", flag);
  }

  std::shared_ptr<const Settings> ForFolder(const std::string& folder) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    if (const auto it = by_folder.find(folder); it != by_folder.end()) return it->second;
    // Upward until a folder has a file, or is known; all on the way get the same answer.
    std::vector<std::string> on_the_way;
    std::string at = folder;
    std::shared_ptr<const Settings> settings;
    while (settings == nullptr) {
      if (const auto it = by_folder.find(at); it != by_folder.end()) {
        settings = it->second;
      } else {
        on_the_way.push_back(at);
        const FolderConfig found = ConfigIn(at, request.current_folder);
        if (!found.ignored.empty()) {
          remarks.push_back({found.file->display, 0, 0,
                             absl::StrCat("this file is used; ", absl::StrJoin(found.ignored, " and "), " beside it ",
                                          found.ignored.size() == 1 ? "is" : "are", " ignored")});
        }
        if (found.file) settings = Load(found.file);
        if (at == "/") break;
        at = resolve::Parent(at);
      }
    }
    if (settings == nullptr) settings = Load(std::nullopt);
    for (const std::string& one : on_the_way) by_folder[one] = settings;
    return settings;
  }
};

ConfigLoader::ConfigLoader(ConfigRequest request) : impl_(std::make_unique<Impl>()) {
  impl_->request = std::move(request);
  const ConfigRequest& r = impl_->request;
  absl::MutexLock lock(&impl_->mutex);
  std::vector<std::string> rule_names = r.selected;
  rule_names.insert(rule_names.end(), r.fixable.begin(), r.fixable.end());
  rule_names.insert(rule_names.end(), r.unfixable.begin(), r.unfixable.end());
  for (const auto& [name, severity] : r.levels) rule_names.push_back(name);
  for (const std::string& name : rule_names) {
    if (!RulesNamed(name).empty()) continue;
    const std::string hint = DidYouMean(NearestRuleName(name));
    impl_->problems.push_back({"", 0, 0, absl::StrCat("no rule is named `", name, "`", hint)});
  }
  if (r.preset && !PresetNamed(*r.preset)) impl_->problems.push_back({"", 0, 0, UnknownPreset(*r.preset)});
  impl_->SortConfigWords();
  if (!r.start_folder.empty()) impl_->CheckFolders("--project", {resolve::ShownPath(r.start_folder, r.current_folder)});
  impl_->CheckFolders("--root", r.roots);
  impl_->CheckFolders("--extra-search-path", r.extra_paths);
  if (r.python_version) {
    if (!grammar::ParseKnownPythons(*r.python_version)) {
      impl_->problems.push_back(
          {"", 0, 0, absl::StrCat("`--python-version ", *r.python_version, "`: ", WhyNoPythons(*r.python_version))});
      impl_->request.python_version.reset();
    }
  }
}

ConfigLoader::~ConfigLoader() = default;

std::shared_ptr<const Settings> ConfigLoader::SettingsFor(const std::string& path) const {
  absl::MutexLock lock(&impl_->mutex);
  if (impl_->request.isolated) return impl_->Load(std::nullopt);
  if (impl_->request.config_file) {
    return impl_->Load(ConfigFile{impl_->Absolute(*impl_->request.config_file), *impl_->request.config_file});
  }
  if (impl_->request.editor.preference == EditorConfig::Preference::kEditorOnly) return impl_->Load(std::nullopt);
  if (const auto it = impl_->by_folder.find(path); it != impl_->by_folder.end()) return it->second;
  return impl_->ForFolder(resolve::Parent(path));
}

void ConfigLoader::NoteFolderWithoutConfig(const std::string& folder) const {
  absl::MutexLock lock(&impl_->mutex);
  if (folder == "/" || impl_->by_folder.contains(folder)) return;
  impl_->by_folder[folder] = impl_->ForFolder(resolve::Parent(folder));
}

std::vector<ConfigProblem> ConfigLoader::remarks() const {
  absl::MutexLock lock(&impl_->mutex);
  return impl_->remarks;
}

std::vector<std::string> ConfigLoader::files() const {
  absl::MutexLock lock(&impl_->mutex);
  std::set<std::string> files;
  for (const auto& [path, settings] : impl_->by_file) {
    if (settings != nullptr) files.insert(settings->read_from.begin(), settings->read_from.end());
  }
  return {files.begin(), files.end()};
}

std::vector<ConfigProblem> ConfigLoader::problems() const {
  absl::MutexLock lock(&impl_->mutex);
  return impl_->problems;
}

namespace {

using Json = nlohmann::ordered_json;

// "3.9..3.12", as a configuration has it.
std::string VersionsText(const EnvironmentSettings& environment) {
  const std::string oldest = grammar::ToString(*environment.version);
  return environment.newest_version ? absl::StrCat(oldest, "..", grammar::ToString(*environment.newest_version))
                                    : oldest;
}

Json PlatformsValue(const std::vector<std::string>& platforms) {
  if (platforms.empty()) return "linux";
  return platforms.size() == 1 ? Json(platforms.front()) : Json(platforms);
}

Json TextsOf(const std::vector<FilePattern>& patterns) {
  Json list = Json::array();
  for (const FilePattern& pattern : patterns) list.push_back(pattern.text);
  return list;
}

Json TextOrNothing(const std::string& text) { return text.empty() ? Json() : Json(text); }

// As configuration files have it.
absl::string_view ConfiguredName(Severity level) { return level == Severity::kWarning ? "warn" : SeverityName(level); }

Json ValueOf(const Settings& settings, absl::string_view path) {
  const EnvironmentSettings& environment = settings.environment;
  if (path == "environment.python") return environment.python ? Json(*environment.python) : Json();
  if (path == "environment.python-version") return environment.version ? Json(VersionsText(environment)) : Json();
  if (path == "environment.python-platform") return PlatformsValue(environment.platforms);
  if (path == "environment.root") return environment.roots;
  if (path == "environment.extra-paths") return environment.extra_paths;
  if (path == "environment.typeshed") return environment.typeshed ? Json(*environment.typeshed) : Json();
  if (path == "environment.allowed-unresolved-imports") return settings.rule_options.allowed_unresolved_imports;
  if (path == "src.include") return TextsOf(settings.source.include);
  if (path == "src.exclude") return TextsOf(settings.source.exclude);
  if (path == "src.extend-exclude") return TextsOf(settings.source.extend_exclude);
  if (path == "src.respect-ignore-files") return settings.source.respect_ignore_files;
  if (path == "src.force-exclude") return settings.source.force_exclude;
  if (path == "src.max-file-size") return settings.source.max_file_bytes >> 20;
  if (path == "analysis.treat-as-override") return settings.rule_options.treat_as_override;
  if (path == "suppressions.honour-type-ignore") return settings.rule_options.honour_type_ignore;
  if (path == "suppressions.report-unused") return settings.rule_options.report_unused_suppressions;
  if (path == "suppressions.require-reason") return settings.require_reason;
  if (path == "fix.fixable") return settings.fix.fixable;
  if (path == "fix.unfixable") return settings.fix.unfixable;
  if (path == "fix.override-import") return std::string(OverrideImportName(settings.fix.options.override_import));
  if (path == "terminal.output-format") return TextOrNothing(settings.terminal.output_format);
  if (path == "terminal.error-on-warning") return settings.terminal.error_on_warning;
  if (path == "baseline.path") {
    return settings.baseline.path.value_or(absl::StrCat(settings.project, "/", kBaselineName));
  }
  if (path == "baseline.mode") {
    return settings.baseline.mode ? Json(std::string(BaselineModeName(*settings.baseline.mode))) : Json();
  }
  if (path == "baseline.level") return std::string(ConfiguredName(settings.baseline.level));
  if (path == "preset") return std::string(NameOf(settings.levels.preset.value_or(Preset::kStandard)));
  if (path == "cache-dir") return settings.cache_folder.value_or(absl::StrCat(settings.project, "/.overt_cache"));
  if (path == "extend") return TextOrNothing(settings.extends);
  if (path == "required-version") return TextOrNothing(settings.required_version);
  return Json();
}

}  // namespace

void ChooseVersions(grammar::PythonRange versions, const std::string& source, EnvironmentSettings& environment) {
  environment.version = versions.oldest;
  environment.newest_version.reset();
  if (versions.newest != versions.oldest) environment.newest_version = versions.newest;
  environment.version_source =
      environment.newest_version ? absl::StrCat(source, ": ", VersionsText(environment)) : source;
}

std::string KnownPythons() {
  return absl::StrCat("overt knows Python ", grammar::ToString(grammar::kOldestPython), " to ",
                      grammar::ToString(grammar::kNewestPython));
}

std::string WhyNoPythons(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> ends = absl::StrSplit(text, absl::MaxSplits("..", 1));
  const std::string turned = absl::StrCat(ends.second, "..", ends.first);
  if (!grammar::ParseKnownPythons(turned)) return KnownPythons();
  return absl::StrCat("the range runs backwards; write `", turned, "`");
}

std::vector<std::string> PlatformsNamed(absl::Span<const std::string> names) {
  std::vector<std::string> platforms;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && !absl::c_linear_search(platforms, name)) platforms.push_back(name);
  };
  for (const std::string& name : names) {
    if (name == "all") {
      for (const char* one : {"linux", "darwin", "win32"}) add(one);
    } else {
      add(name);
    }
  }
  return platforms;
}

absl::string_view BaselineModeName(BaselineMode mode) {
  switch (mode) {
    case BaselineMode::kAuto: return "auto";
    case BaselineMode::kLock: return "lock";
    case BaselineMode::kDiscard: return "discard";
  }
  return "";
}

std::optional<BaselineMode> ParseBaselineMode(absl::string_view name) {
  for (const BaselineMode mode : {BaselineMode::kAuto, BaselineMode::kLock, BaselineMode::kDiscard}) {
    if (name == BaselineModeName(mode)) return mode;
  }
  return std::nullopt;
}

absl::string_view OverrideImportName(fixes::OverrideImport value) {
  switch (value) {
    case fixes::OverrideImport::kAuto: return "auto";
    case fixes::OverrideImport::kTyping: return "typing";
    case fixes::OverrideImport::kTypingExtensions: return "typing_extensions";
  }
  return "";
}

namespace {

std::string OriginOfKey(const Settings& settings, absl::string_view key) {
  const auto it = settings.origins.find(std::string(key));
  return it == settings.origins.end() ? "default" : it->second;
}

// One line of TOML, with a comment that says where the value was chosen.
void ShowKey(const Settings& settings, const ConfigKey& key, std::string& out) {
  Json value = ValueOf(settings, key.path);
  // As a file may have it.
  if (key.form == ValueForm::kPathBelow) value = value.get<std::string>().substr(settings.project.size() + 1);
  const absl::string_view name = key.path.substr(key.path.find('.') + 1);
  if (value.is_null()) {
    absl::StrAppend(&out, "# ", name, " is not set\n");
  } else {
    absl::StrAppend(&out, name, " = ", value.dump(), "  # ", OriginOfKey(settings, key.path), "\n");
  }
}

std::string ShowAsJson(const Settings& settings) {
  Json json;
  json["project"] = settings.project;
  json["config_file"] = settings.config_file.empty() ? Json() : Json(settings.config_file);
  for (const ConfigKey& key : ConfigKeys()) {
    if (key.form == ValueForm::kLevels || key.form == ValueForm::kTables) continue;
    json["settings"][std::string(key.path)] = ValueOf(settings, key.path);
    json["sources"][std::string(key.path)] = OriginOfKey(settings, key.path);
  }
  for (const RuleInfo& rule : AllRules()) {
    const Chosen& chosen = settings.rules.of(rule.rule);
    json["rules"][std::string(rule.name)] = {{"level", std::string(SeverityName(chosen.severity))},
                                             {"source", SourceText(chosen.source)}};
  }
  return json.dump(2) + "\n";
}

}  // namespace

std::string ShowSettings(const Settings& settings, absl::string_view format) {
  if (format == "json") return ShowAsJson(settings);
  std::string out =
      absl::StrCat("# project: ", settings.project,
                   "\n# configuration: ", settings.config_file.empty() ? "none found" : settings.config_file, "\n");
  for (const ConfigKey& key : ConfigKeys()) {
    const bool is_shown_below = key.form == ValueForm::kLevels || key.form == ValueForm::kTables;
    if (!absl::StrContains(key.path, ".") && !is_shown_below) ShowKey(settings, key, out);
  }
  std::string section;
  for (const ConfigKey& key : ConfigKeys()) {
    const size_t dot = key.path.find('.');
    if (dot == absl::string_view::npos) continue;
    if (key.path.substr(0, dot) != section) {
      section = std::string(key.path.substr(0, dot));
      absl::StrAppend(&out, "\n[", section, "]\n");
    }
    ShowKey(settings, key, out);
  }
  out += "\n[rules]\n";
  for (const RuleInfo& rule : AllRules()) {
    const Chosen& chosen = settings.rules.of(rule.rule);
    absl::StrAppend(&out, rule.name, " = \"", SeverityName(chosen.severity), "\"  # ", SourceText(chosen.source), "\n");
  }
  return out;
}

}  // namespace overt::driver
