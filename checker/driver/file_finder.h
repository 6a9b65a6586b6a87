// The Python files at or below some paths: what `overt check src tests` will check, and why not the rest.
//
//   FoundFiles found = FindPythonFiles({"/p/src"}, settings_for);
//
// Honours each folder's own settings and `.gitignore`; visits every real folder once, so links that lead in circles
// end; never opens a Python file. A link to a folder is followed where that lies inside the folder that was named, and
// under its own name if it has one; a link that leads out is not: what lies elsewhere is nobody's wish to check, and it
// may be the whole disk. A link to a file is taken wherever it leads: reading harms nobody.
#ifndef OVERT_CHECKER_DRIVER_FILE_FINDER_H_
#define OVERT_CHECKER_DRIVER_FILE_FINDER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "checker/driver/session.h"

namespace overt::driver {

using SettingsLookup = std::function<std::shared_ptr<const Settings>(const std::string& path)>;

using FolderNote = std::function<void(const std::string& folder)>;

// `without_config` may be empty; it hears of every folder that was listed, holds Python files or folders and no
// configuration file, before the settings of anything in it are asked for. `threads` as in SessionOptions: folders are
// read side by side.
FoundFiles FindPythonFiles(const std::vector<std::string>& paths, const SettingsLookup& settings_for,
                           const FolderNote& without_config, unsigned threads);

// Takes out of `found` what is hidden, and adds what is below `paths` but not on the disk.
void SeeOtherwise(const resolve::DiskChanges& changes, const std::vector<std::string>& paths,
                  const SettingsLookup& settings_for, FoundFiles& found);

bool IsPythonFile(absl::string_view name);    // .py, .pyi
bool IsNeverEntered(absl::string_view name);  // a folder that never holds a project's own sources: `.git`, `venv`

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_FILE_FINDER_H_
