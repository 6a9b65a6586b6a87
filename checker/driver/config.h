// Configuration: what `pyproject.toml`, `overt.toml` and the command line say, checked, with its places, made into
// `Settings`.
//
//   ConfigLoader loader(request);
//   auto settings = loader.SettingsFor("/p/src/a.py");      // the nearest file upward that has an overt section
//   for (const ConfigProblem& p : loader.problems()) ...    // "overt.toml:3:1: unknown key `exlude`; did you mean …"
//
// Precedence: command line, then the nearest configuration file, then what that one extends, then defaults; other files
// are not merged. An editor's own configuration goes before the file or behind it, as people chose. One table
// (`config_keys.cc`) describes every key: it drives reading, `config schema`, `config show` and the documentation.
// Any problem means exit 2 before anything is checked: nothing runs with half a configuration.
#ifndef OVERT_CHECKER_DRIVER_CONFIG_H_
#define OVERT_CHECKER_DRIVER_CONFIG_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/settings.h"
#include "diagnostics/rule.h"

namespace overt::driver {

struct ConfigProblem {
  std::string file;     // as shown to people; empty for the command line
  uint32_t line = 0;    // from 1; 0: the file as a whole
  uint32_t column = 0;  // from 1
  std::string message;  // one line: what was seen, what is possible, the nearest name
  friend bool operator==(const ConfigProblem&, const ConfigProblem&) = default;
};

// What an editor's settings say themselves, beside the files of the project.
struct EditorConfig {
  std::string json;  // an object of the keys of `overt.toml`, whose paths start at the current folder; empty: none
  // Who is heard where both speak of one key.
  enum class Preference : uint8_t { kFilesystemFirst, kEditorFirst, kEditorOnly };
  Preference preference = Preference::kFilesystemFirst;
  friend bool operator==(const EditorConfig&, const EditorConfig&) = default;
};
// Stands for a file's name in the problems of an editor's configuration.
inline constexpr absl::string_view kEditorConfigName = "overt.configuration";

// What the command line chose; wins over every file.
struct ConfigRequest {
  std::string current_folder;  // absolute
  EditorConfig editor;
  std::string start_folder;                              // absolute: `--project DIR`; empty: the current one
  std::vector<std::string> config;                       // `--config FILE|KEY=VALUE`, in order
  std::optional<std::string> config_file;                // governs everything; a file of `config` goes before it
  bool isolated = false;                                 // `--isolated`: no files at all
  std::optional<std::string> preset;                     // `--preset NAME`: in place of the configuration's
  std::vector<std::pair<std::string, Severity>> levels;  // `--error RULE` …, in order; later wins
  std::optional<std::string> python, python_version, typeshed, output_format;
  std::vector<std::string> python_platforms;  // `--python-platform NAME`
  std::vector<std::string> roots, extra_paths, exclude;
  std::vector<std::string> selected;   // `--select RULE`: on as warnings where nothing but a default has them off
  std::vector<std::string> fixable;    // `--fixable RULE`: in place of what is configured
  std::vector<std::string> unfixable;  // `--unfixable RULE`: beside what is configured
  bool force_exclude = false;
  bool error_on_warning = false;
  bool exit_zero_on_warning = false;  // the default again, whatever is configured
  bool ignore_gitignore = false;      // `--no-respect-ignore-files`
  bool no_suppressions = false;       // `--no-suppressions`: comments silence nothing
  bool report_unused = false;  // comments that silence nothing are wanted, whatever `suppressions.report-unused` says

  // Where a run begins that names no paths, and where its configuration is looked for.
  const std::string& start() const { return start_folder.empty() ? current_folder : start_folder; }
};

class ConfigLoader {
 public:
  explicit ConfigLoader(ConfigRequest request);
  ~ConfigLoader();

  // The settings that govern a file or folder (absolute). The same pointer for all that one configuration governs.
  // Thread-safe. With problems the defaults are returned; ask `problems()` before using them.
  std::shared_ptr<const Settings> SettingsFor(const std::string& path) const;

  // Spares `SettingsFor` the disk: this folder was listed, and none of its files is a configuration file. Thread-safe.
  void NoteFolderWithoutConfig(const std::string& folder) const;

  // Absolute paths of all that was read so far, or looked for in vain: what the settings would be others without.
  std::vector<std::string> files() const;

  std::vector<ConfigProblem> problems() const;  // of the command line and all files read so far, in a stable order
  // What may surprise but is no mistake: that a folder has two configurations.
  std::vector<ConfigProblem> remarks() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// `overt config show`: every key with its value and where it was chosen. TOML with comments, or JSON.
std::string ShowSettings(const Settings& settings, absl::string_view format);
// `overt config schema`: JSON schema of overt.toml.
std::string ConfigSchema();

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CONFIG_H_
