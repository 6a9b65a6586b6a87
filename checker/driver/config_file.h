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

namespace overt::driver {

struct ConfigFile {
  std::string path;     // absolute
  std::string display;  // as shown to people
};

// Whether a file of this name may hold overt's configuration.
bool IsConfigFile(absl::string_view name);

// The file that governs a folder, if it has one: an `overt.toml`, or a `pyproject.toml` with a `[tool.overt]` table.
std::optional<ConfigFile> ConfigFileIn(const std::string& folder, const std::string& current_folder);

// Applies the file to `settings` (whose `project` it sets). Problems go to `problems`; what is wrong is left out.
void ReadConfigFile(const ConfigFile& file, Settings& settings, std::vector<ConfigProblem>& problems);

// What `missing-override` may be told to leave alone.
absl::Span<const absl::string_view> ExemptionNames();
// The same for a text that stands for the file's, such as an editor's buffer. A `pyproject.toml` that does not speak of
// overt has no problems.
std::vector<ConfigProblem> CheckConfigText(const ConfigFile& file, absl::string_view text);

// The lower bound of `requires-python` in a `pyproject.toml` of this folder, if there is one.
std::optional<grammar::PythonVersion> RequiresPython(const std::string& folder);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CONFIG_FILE_H_
