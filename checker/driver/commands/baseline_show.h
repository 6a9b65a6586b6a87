// `overt baseline show`: what is in a baseline, entry by entry, or counted by what there is to pay off first.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_BASELINE_SHOW_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_BASELINE_SHOW_H_

#include <nlohmann/json.hpp>

#include "checker/driver/baseline_run.h"
#include "checker/driver/commands/commands.h"

namespace overt::driver {

// `id`, `rule`, `class`, `member`, `base`, `path`, `count`, `message`, `reason`: those that it has.
nlohmann::ordered_json EntryJson(const BaselineEntry& entry);

// Says that the file is not there, and how it is made.
ExitCode RefuseWithoutBaseline(const BaselineFile& file);

ExitCode ShowBaseline(const GlobalOptions& global, const BaselineOptions& options);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_BASELINE_SHOW_H_
