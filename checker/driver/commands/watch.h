// `overt check --watch`: check, report, wait until something changes on the disk, and check again, until Ctrl-C.
//
//   $ overt check --watch src
//   src/child.py:4:9: error[override-without-base] `Child.read` is marked …
//   overt: 1 error in 2 files, 2 classes, 1 override pair (0.12 s)
//   overt: watching 2 files; Ctrl-C ends
//
//   overt: src/base.py changed
//   overt: no findings in 2 files, 2 classes, 1 override pair (0.01 s)
//   …
//
// One session lives as long as the configuration stays the same, so that an edit costs what depends on it; another
// configuration begins anew. A report is, byte for byte, that of a run that begins now. Writes nothing: no cache, no
// baseline.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_WATCH_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_WATCH_H_

#include "checker/driver/commands/commands.h"

namespace overt::driver {

// Comes back if it was interrupted, if nobody reads the reports any more, or if they cannot be written.
ExitCode RunWatch(const GlobalOptions& global, const CheckOptions& options);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_WATCH_H_
