// Everything that can be set, decided: what configuration files, the command line and editors said, in plain values.
//
//   # pyproject.toml
//   [tool.overt.rules]
//   missing-override = "warn"        # Settings::rules, with the file and line that said so
//
// Made by `config.h` from fragments; never changed afterwards. One per configuration file in use.
#ifndef OVERT_CHECKER_DRIVER_SETTINGS_H_
#define OVERT_CHECKER_DRIVER_SETTINGS_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "checker/fixes/fixes.h"
#include "checker/rules/rule_options.h"
#include "checker/rules/scoped_levels.h"
#include "diagnostics/preset.h"
#include "diagnostics/rule.h"
#include "grammar/base/python_version.h"

namespace overt::driver {

struct EnvironmentSettings {
  std::optional<std::string> python;                     // absolute: interpreter, environment folder or prefix
  std::optional<grammar::PythonVersion> version;         // of a range, its oldest
  std::optional<grammar::PythonVersion> newest_version;  // of a range: `check` looks at all from `version` to this one
  std::string version_source;  // "--python-version", "pyproject.toml: requires-python", …; empty if not set
  // Values of `sys.platform`, each once: `check` looks at all of them. Empty: this machine's.
  std::vector<std::string> platforms;
  std::vector<std::string> roots;        // absolute; empty: by layout
  std::vector<std::string> extra_paths;  // absolute
  std::optional<std::string> typeshed;   // absolute folder of typeshed's layout
};

// `source`: where it was chosen, for people.
void ChooseVersions(grammar::PythonRange versions, const std::string& source, EnvironmentSettings& environment);
std::string KnownPythons();  // "overt knows Python 3.8 to 3.15"
// What is wrong with a version or a range that `ParseKnownPythons` does not take.
std::string WhyNoPythons(absl::string_view text);
// With "all" as the platforms that it stands for, each once; what is empty is none.
std::vector<std::string> PlatformsNamed(absl::Span<const std::string> names);

// A gitignore-style pattern, and where it stands: "overt.toml:2", "--exclude".
struct FilePattern {
  std::string text;
  std::string origin;
};

struct SourceSettings {
  std::vector<FilePattern> include;         // below the project; empty: everything
  std::vector<FilePattern> exclude;         // added to the folders that are never entered (.git, .venv, …)
  std::vector<FilePattern> extend_exclude;  // further ones, of the command line too; they go after `exclude`
  bool respect_ignore_files = true;
  bool force_exclude = false;  // also for paths named on the command line
  size_t max_file_bytes = 50u << 20;
};

// `[[overrides]]`: levels for some findings. All tables that match count; later ones win.
struct OverrideSettings {
  std::vector<std::string> include;  // gitignore-style patterns; empty: every file
  std::vector<std::string> exclude;
  std::vector<std::string> modules;  // patterns of dotted names; empty: every module
  rules::LevelScope scope;
  LevelChanges levels;  // over the project's, and over those of earlier tables
};

// `[fix]`.
struct FixSettings {
  std::vector<std::string> fixable = {"all"};  // rules and groups, as written
  std::vector<std::string> unfixable;          // of those
  fixes::FixOptions options;                   // what comes of it all
};

struct TerminalSettings {
  std::string output_format;  // empty: full on a terminal, concise elsewhere
  bool error_on_warning = false;
};

// What a run does about entries of the baseline that it no longer finds.
enum class BaselineMode : uint8_t {
  kAuto,     // takes them out of the file
  kLock,     // fails
  kDiscard,  // nothing
};
absl::string_view BaselineModeName(BaselineMode mode);  // "auto", "lock", "discard"
std::optional<BaselineMode> ParseBaselineMode(absl::string_view name);

// The findings that the project accepts for now; `baseline.h`.
struct BaselineSettings {
  std::optional<std::string> path;     // absolute, below the project; nothing: `overt-baseline.json` in it
  std::optional<BaselineMode> mode;    // nothing: kLock in CI, else kAuto
  Severity level = Severity::kIgnore;  // at which they are shown; kIgnore: not at all
};

// "auto", "typing", "typing_extensions": the words of the configuration.
absl::string_view OverrideImportName(fixes::OverrideImport value);

struct Settings {
  std::string project;      // absolute folder: of the configuration file, or the current one
  std::string config_file;  // as shown to people; empty if there is none
  // Absolute: what the configuration was read from, itself and what it extends, what was looked for in vain too.
  std::vector<std::string> read_from;
  EnvironmentSettings environment;
  SourceSettings source;
  LevelChanges levels;  // as chosen for the whole project: `preset`, `[rules]`
  RuleSelection rules;  // what comes of them and of the command line
  std::vector<OverrideSettings> overrides;
  rules::RuleOptions rule_options;
  TerminalSettings terminal;
  BaselineSettings baseline;
  bool require_reason = false;              // of the comments that `suppress add` writes
  std::optional<std::string> cache_folder;  // absolute, below `project`
  FixSettings fix;
  std::string extends;           // `extend` as written; empty if the configuration stands alone
  std::string required_version;  // as written; this program is one
  // Where the value of a key was chosen, for people: "overt.toml:3", "--python". Nothing: it is the default. Rules have
  // their own sources.
  using Origins = std::map<std::string, std::string, std::less<>>;
  Origins origins;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_SETTINGS_H_
