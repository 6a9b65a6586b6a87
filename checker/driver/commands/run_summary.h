// The end of a run in words, on standard error: `--summary none|line|full`.
//
//   overt: by level
//        2  errors
//        1  warning
//        0  infos
//   overt: by rule
//        2  error    duplicate-base
//        1  warning  unused-suppression (1 fixable)
//   overt: not reported
//        1  suppressed by comments
//        0  accepted by the baseline
//        0  hidden by `--min-severity` or `--only`
//   overt: 2 errors, 1 warning (1 fixable with `overt fix`), 1 suppressed in 1 file, 4 classes, 0 override pairs
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_RUN_SUMMARY_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_RUN_SUMMARY_H_

#include <cstddef>
#include <string>

#include "checker/driver/session.h"

namespace overt::driver {

// The last line, up to the time that the run took. `fixable` of the findings can be fixed safely.
std::string SummaryLine(const CheckResult& result, size_t fixable);

// What `--summary full` says before it, with line ends.
std::string SummaryTables(const CheckResult& result);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_RUN_SUMMARY_H_
