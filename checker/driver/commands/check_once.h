// One check, from finding files to the report: what `overt check` does once, and `overt check --watch` again and again.
//
//   CheckEnd end = CheckOnce(workspace, global, options, /*staged=*/std::nullopt, /*timings=*/nullptr);
//   if (!end.summary.empty()) WriteSummary(end.summary, start);
//
// Stands in `check_command.cc`. The same session may be checked any number of times, with what changed told to it in
// between; findings are those of a fresh one.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_CHECK_ONCE_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_CHECK_ONCE_H_

#include <cstddef>
#include <optional>
#include <string>

#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/timings.h"
#include "checker/driver/scope.h"
#include "checker/driver/workspace.h"

namespace overt::driver {

struct CheckEnd {
  ExitCode code = ExitCode::kClean;
  bool is_whole = false;     // findings were reported; where not, it was said why, or fixes were all that was wanted
  std::string summary = "";  // the last line, up to the time that the run took; empty: there is none
  size_t files = 0;          // that were checked
};
CheckEnd CheckOnce(Workspace& work, const GlobalOptions& global, const CheckOptions& options,
                   std::optional<StagedChange> staged, Timings* timings);

// From here on an interrupt ends a check at the next file, with kInterrupted.
void LetInterruptsEndTheCheck();
// Whether one came, too late for the check perhaps.
bool WasInterrupted();
// "overt: interrupted", and the code for it.
ExitCode SayInterrupted();

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_CHECK_ONCE_H_
