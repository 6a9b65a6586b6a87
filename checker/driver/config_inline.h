// One setting on the command line: `--config KEY=VALUE`, in the words of a configuration file.
//
//   --config rules.missing-override=error                 # what is no TOML is a string
//   --config 'environment.python-version="3.10"'
//   --config 'overrides=[{ include = ["tests/"], preset = "off" }]'
//
// It is read by the same table of keys as a file, after all files; paths in it start at the current folder. `extend`
// alone has no meaning here.
#ifndef OVERT_CHECKER_DRIVER_CONFIG_INLINE_H_
#define OVERT_CHECKER_DRIVER_CONFIG_INLINE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/config.h"
#include "checker/driver/config_file.h"
#include "checker/driver/settings.h"

namespace overt::driver {

// Whether a word behind `--config` is a setting. The name of a file is none, whatever is in it.
bool IsInlineSetting(const std::string& word, const std::string& current_folder);

// Applies it to `settings`, whose `project` is known. As in `ReadConfig`, the paths of `named_paths` hold in the
// end, and what is wrong goes to `problems`.
void ReadInlineSetting(const std::string& word, const std::string& current_folder, Settings& settings,
                       std::vector<NamedPath>& named_paths, std::vector<ConfigProblem>& problems);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CONFIG_INLINE_H_
