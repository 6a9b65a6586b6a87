// What `overt check` does about a baseline in the end: takes out what is no longer found, or fails over it.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_CHECK_BASELINE_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_CHECK_BASELINE_H_

#include <string>

#include "checker/driver/baseline_run.h"
#include "checker/driver/commands/commands.h"

namespace overt::driver {

// "overt-baseline.json:4: stale: `m.Child.read`, missing-override"
std::string StaleLine(const BaselineFile& file, const BaselineEntry& entry);

// Whether the run fails over its baselines. Only a run over the whole of a project, with nothing left out and for its
// own target, says what is stale; others change nothing.
bool SettleBaselines(const BaselineRun& run, const CheckOptions& options, const GlobalOptions& global);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_CHECK_BASELINE_H_
