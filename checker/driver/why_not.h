// Why a search for Python files does not come to a path: `overt files --why PATH`.
//
//   WhyNotFound("/p/gen/a.py", {"/p"}, settings_for)      // "`gen/` (overt.toml:2) excludes /p/gen"
#ifndef OVERT_CHECKER_DRIVER_WHY_NOT_H_
#define OVERT_CHECKER_DRIVER_WHY_NOT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/file_finder.h"

namespace overt::driver {

// For a file or folder (absolute) that a search below `roots` did not find. Paths are shown as seen from
// `current_folder`.
std::string WhyNotFound(const std::string& path, const std::vector<std::string>& roots,
                        const SettingsLookup& settings_for, absl::string_view current_folder);

// "`gen/` (overt.toml:2)", "`src.include` (overt.toml:3)": what left something out.
std::string ShowExclusion(const Exclusion& exclusion, absl::string_view current_folder);

// What to say behind "no Python files to check": ": searched src, where `*.py` (overt.toml:2) excludes 3 files".
// `paths` as the user wrote them; none: the current folder. Empty if none of them is there.
std::string WhyNothingFound(const FoundFiles& found, const std::vector<std::string>& paths,
                            absl::string_view current_folder);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_WHY_NOT_H_
