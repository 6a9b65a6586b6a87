// `overt init`: a configuration for this folder, from what other checkers are told about it.
//
// Written to the end of `pyproject.toml`, whose bytes stay as they are, or to a new `overt.toml` where there is none.
// Asks nothing, and changes nothing that belongs to another tool.
#include <sys/stat.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/next_steps.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/config_file.h"
#include "checker/driver/config_keys.h"
#include "checker/driver/foreign_config.h"
#include "checker/driver/patch.h"
#include "checker/driver/workspace.h"
#include "checker/driver/write_back.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/environment.h"
#include "diagnostics/preset.h"
#include "diagnostics/render/renderer.h"
#include "grammar/source/source_file.h"
#include "stubs/stub_index.h"

namespace overt::driver {
namespace {

bool IsListKey(absl::string_view key) {
  return absl::c_any_of(ConfigKeys(),
                        [&](const ConfigKey& one) { return one.path == key && one.form == ValueForm::kStrings; });
}

bool IsFlagKey(absl::string_view key) {
  return absl::c_any_of(ConfigKeys(),
                        [&](const ConfigKey& one) { return one.path == key && one.form == ValueForm::kBoolean; });
}

// What overt would refuse of a setting that the other tool takes; empty if nothing.
std::string WhyNotTaken(const TakenSetting& setting, const std::string& folder) {
  const std::string path = resolve::CleanPath(folder, setting.values.front());
  if (setting.key == "environment.python") {
    resolve::EnvironmentRequest request;
    CompleteEnvironment(request);
    request.project = folder;
    request.python = path;
    return resolve::DiscoverEnvironment(request).error;
  }
  if (setting.key == "environment.typeshed") {
    return std::string(stubs::StubIndex::FromFolder(path).status().message());
  }
  return "";
}

// The settings by key, in one voice: lists grow, of two answers to one question the first one stays.
class MergedConfig {
 public:
  MergedConfig(ForeignConfig config, std::optional<Preset> preset, const std::string& folder)
      : config_(std::move(config)), preset_(preset) {
    std::vector<TakenSetting> all = std::move(config_.taken);
    config_.taken.clear();
    for (TakenSetting& one : all) Add(std::move(one), folder);
  }

  const ForeignConfig& config() const { return config_; }

  // TOML; `table`: "tool.overt" in a `pyproject.toml`, nothing in a file of overt's own.
  std::string Write(absl::string_view table) const {
    const std::string prefix = table.empty() ? "" : absl::StrCat(table, ".");
    std::string out;
    if (preset_ && !table.empty()) absl::StrAppend(&out, "[", table, "]\n");
    if (preset_) absl::StrAppend(&out, "preset = \"", NameOf(*preset_), "\"\n");
    std::string section;
    for (const std::string& key : SortedKeys()) {
      const size_t dot = key.find('.');
      if (key.substr(0, dot) != section) {
        absl::StrAppend(&out, out.empty() ? "" : "\n", "[", prefix, key.substr(0, dot), "]\n");
        section = key.substr(0, dot);
      }
      absl::StrAppend(&out, key.substr(dot + 1), " = ", Value(key), "\n");
    }
    if (!out.empty()) return out;
    return absl::StrCat("[", prefix, "rules]\n",
                        "# missing-override = \"error\"  # `@override` on every method that overrides\n");
  }

 private:
  void Add(TakenSetting setting, const std::string& folder) {
    std::string why = WhyNotTaken(setting, folder);
    std::vector<std::string>& values = by_key_[setting.key];
    const bool is_list = IsListKey(setting.key);
    if (why.empty() && !is_list && !values.empty() && values != setting.values) {
      why = absl::StrCat("`", setting.key, "` is taken from another tool already, as ", values.front());
    }
    if (!why.empty()) {
      config_.left.push_back({static_cast<const ForeignSetting&>(setting), std::move(why)});
      if (values.empty()) by_key_.erase(setting.key);
      return;
    }
    for (const std::string& value : setting.values) {
      if (!absl::c_linear_search(values, value)) values.push_back(value);
    }
    config_.taken.push_back(std::move(setting));
  }

  // As `overt config show` has them; levels of rules last.
  std::vector<std::string> SortedKeys() const {
    std::vector<std::string> keys;
    for (const ConfigKey& one : ConfigKeys()) {
      if (by_key_.contains(std::string(one.path))) keys.emplace_back(one.path);
    }
    for (const auto& [key, values] : by_key_) {
      if (absl::StartsWith(key, "rules.")) keys.push_back(key);
    }
    return keys;
  }

  std::string Value(const std::string& key) const {
    const std::vector<std::string>& values = by_key_.at(key);
    // The strings of JSON are strings of TOML too.
    const auto quoted = [](const std::string& text) {
      return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    if (IsFlagKey(key)) return values.front();
    if (!IsListKey(key)) return quoted(values.front());
    return absl::StrCat(
        "[",
        absl::StrJoin(values, ", ",
                      [&](std::string* out, const std::string& one) { absl::StrAppend(out, quoted(one)); }),
        "]");
  }

  ForeignConfig config_;
  std::optional<Preset> preset_;
  std::map<std::string, std::vector<std::string>> by_key_;
};

// The file that is written: what it holds, and what comes to its end.
struct Target {
  std::string name, path;  // in the folder; absolute, links resolved
  std::string before;      // empty: there is no such file
  std::string added;
  unsigned mode = 0644;
  bool is_pyproject() const { return name == "pyproject.toml"; }
  absl::string_view table() const { return is_pyproject() ? "tool.overt" : ""; }
};

absl::StatusOr<Target> FindTarget(const std::string& folder) {
  Target target;
  struct stat status{};
  const std::string pyproject = absl::StrCat(folder, "/pyproject.toml");
  if (stat(pyproject.c_str(), &status) != 0) {
    target.name = "overt.toml";
    target.path = absl::StrCat(folder, "/overt.toml");
    return target;
  }
  constexpr size_t kMostBytes = 10u << 20;
  absl::StatusOr<std::string> text = grammar::ReadFileBytes(pyproject, kMostBytes);
  if (!text.ok()) return text.status();
  target.name = "pyproject.toml";
  target.path = resolve::RealPath(pyproject);
  target.before = *std::move(text);
  target.mode = status.st_mode & 07777u;
  return target;
}

void AddToTarget(const MergedConfig& merged, Target& target) {
  std::string text = merged.Write(target.table());
  if (!target.before.empty()) {
    text = absl::StrCat(absl::EndsWith(target.before, "\n") ? "" : "\n", "\n", text);
    if (absl::StrContains(target.before, "\r\n")) text = absl::StrReplaceAll(text, {{"\n", "\r\n"}});
  }
  target.added = std::move(text);
}

// What overt itself would say of the result; empty if it is fine.
std::string WhyNotValid(const Target& target) {
  const std::vector<ConfigProblem> problems =
      CheckConfigText({target.path, target.name}, absl::StrCat(target.before, target.added));
  if (problems.empty()) return "";
  const ConfigProblem& first = problems.front();
  return absl::StrCat(first.file, first.line > 0 ? absl::StrCat(":", first.line) : "", ": ", first.message);
}

std::string CarryOverReport(const ForeignConfig& config, const Target& target, bool is_dry_run) {
  const std::string what = target.is_pyproject() ? "`[tool.overt]` to pyproject.toml" : "overt.toml";
  std::string out = absl::StrCat(is_dry_run ? "would write " : "wrote ", what,
                                 config.tools.empty() ? "; no other checker is configured here"
                                                      : absl::StrCat(", from ", absl::StrJoin(config.tools, ", ")),
                                 "\n");
  if (!config.taken.empty()) absl::StrAppend(&out, "\ntaken over\n");
  for (const TakenSetting& one : config.taken) {
    absl::StrAppend(&out, EscapeForTerminal(absl::StrCat("  ", one.place, ": ", one.written, " -> ", one.key)), "\n");
  }
  if (!config.left.empty()) absl::StrAppend(&out, "\nnot taken over\n");
  for (const LeftSetting& one : config.left) {
    absl::StrAppend(&out, EscapeForTerminal(absl::StrCat("  ", one.place, ": ", one.written, ": ", one.why)), "\n");
  }
  return out;
}

}  // namespace

ExitCode RunInit(const GlobalOptions& global, const InitOptions& options) {
  const std::string& folder = global.config.start();
  absl::StatusOr<Target> target = FindTarget(folder);
  if (!target.ok()) return Refuse(absl::StrCat("pyproject.toml: ", target.status().message()));
  ForeignConfig foreign = ReadForeignConfig(folder, options.from);
  if (!foreign.problems.empty()) return Refuse(foreign.problems.front());
  if (const FolderConfig existing = ConfigIn(folder, folder); existing.file) {
    const bool is_table = existing.file->display == "pyproject.toml";
    return Refuse(absl::StrCat("there is a configuration already: ", is_table ? "`[tool.overt]` of " : "",
                               existing.file->display, "; `overt config show` says what is in force"));
  }
  if (!options.from.empty() && foreign.tools.empty()) {
    return Refuse(absl::StrCat("no configuration of ", options.from, " here"));
  }
  std::optional<Preset> preset;
  if (global.config.preset && !(preset = PresetNamed(*global.config.preset))) {
    return Refuse(UnknownPreset(*global.config.preset));
  }
  const MergedConfig merged(std::move(foreign), preset, folder);
  AddToTarget(merged, *target);
  if (const std::string why = WhyNotValid(*target); !why.empty()) {
    return Refuse(absl::StrCat("nothing written, for this could not be read: ", why));
  }
  if (options.print_config) {
    WriteAll(STDOUT_FILENO, merged.Write(target->table()));
    return ExitCode::kClean;
  }
  WriteAll(STDOUT_FILENO, CarryOverReport(merged.config(), *target, options.is_dry_run));
  if (options.is_dry_run) {
    const auto end = static_cast<uint32_t>(target->before.size());
    const std::vector<Edit> edits = {{{end, end}, target->added}};
    const PatchStyle style = ReportSink::ToStream(STDOUT_FILENO).PatchStyleFor(global.color);
    WriteAll(STDOUT_FILENO, absl::StrCat("\n", UnifiedDiff(target->name, target->before, edits, style)));
    return ExitCode::kClean;
  }
  const absl::Status written = WriteNewFile(target->path, absl::StrCat(target->before, target->added), target->mode);
  if (!written.ok()) return Refuse(absl::StrCat(target->name, ": ", written.message()));
  WriteAll(STDOUT_FILENO, NextSteps(folder, target->name, preset.value_or(Preset::kStandard)));
  return ExitCode::kClean;
}

}  // namespace overt::driver
