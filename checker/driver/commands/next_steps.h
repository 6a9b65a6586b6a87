// What `overt init` leaves its reader with: the commands that come next, the presets to choose from, and the hook to
// paste where the project has none yet.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_NEXT_STEPS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_NEXT_STEPS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "diagnostics/preset.h"

namespace overt::driver {

// `folder`: absolute, where the configuration was written to `file`, its name there; with this preset.
std::string NextSteps(const std::string& folder, absl::string_view file, Preset preset);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_NEXT_STEPS_H_
