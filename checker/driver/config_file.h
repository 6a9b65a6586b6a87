// One configuration file, read and checked: `overt.toml`, `.overt.toml`, or `[tool.overt]` of `pyproject.toml`.
//
//   [src]
//   exlude = ["gen"]        # overt.toml:2:1: unknown key `src.exlude`; did you mean `src.exclude`?
#ifndef OVERT_CHECKER_DRIVER_CONFIG_FILE_H_
#define OVERT_CHECKER_DRIVER_CONFIG_FILE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "checker/driver/config.h"
#include "checker/driver/settings.h"
#include "diagnostics/span.h"

namespace overt::driver {

struct ConfigFile {
  std::string path;        // absolute
  std::string display;     // as shown to people
  bool is_inline = false;  // none at all, but a setting of the command line: `config_inline.h`
};

// Whether a file of this name may hold overt's configuration.
bool IsConfigFile(absl::string_view name);

// What a folder has: the file that governs it, if there is one, and what else would, were that not there, for people.
// An `overt.toml` goes before an `.overt.toml`, and that before a `pyproject.toml` with a `[tool.overt]` table. Also
// what cannot be read governs: whoever reads it says so.
struct FolderConfig {
  std::optional<ConfigFile> file;
  std::vector<std::string> ignored;  // "`[tool.overt]` of `pyproject.toml`"
};
FolderConfig ConfigIn(const std::string& folder, const std::string& current_folder);

// A path that a configuration names.
struct NamedPath {
  absl::string_view key;  // of the table of keys
  std::string path;       // absolute
  ConfigProblem place;    // its message is what problems with the path begin with
};

// Applies the file, if there is one, to `settings` (whose `project` it sets), what it extends before it, and what an
// editor says before or behind both. Problems go to `problems`; what is wrong is left out. Returns the paths that hold
// in the end: nobody has looked whether they exist.
std::vector<NamedPath> ReadConfig(const std::optional<ConfigFile>& file, const EditorConfig& editor,
                                  const std::string& current_folder, Settings& settings,
                                  std::vector<ConfigProblem>& problems);
void CheckNamedPaths(const std::vector<NamedPath>& paths, std::vector<ConfigProblem>& problems);

// What `missing-override` may be told to leave alone.
absl::Span<const absl::string_view> ExemptionNames();

// The problems of a text that stands for the file's, such as an editor's buffer, but not of what it extends. A
// `pyproject.toml` that does not speak of overt has none.
std::vector<ConfigProblem> CheckConfigText(const ConfigFile& file, absl::string_view text);

// Where a text that stands for the file's gives a level to rules, by their own name, a group's or "all", in the order
// of the text. Nothing where it is no TOML.
struct NamedRule {
  TextRange range;  // bytes of the text, without quotes
  std::string name;
};
std::vector<NamedRule> RulesNamedIn(const ConfigFile& file, absl::string_view text);

// The lower bound of `requires-python` in a `pyproject.toml` of this folder, if there is one.
std::optional<grammar::PythonVersion> RequiresPython(const std::string& folder);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CONFIG_FILE_H_
