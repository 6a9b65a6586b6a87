// What happens when checking one file ends the process, by a segmentation fault or a full stack, say: the program
// starts itself again with the same arguments and leaves that file alone, so that no other file's result is lost.
//
//   overt: internal error in a.py: the process was ended by a segmentation fault
//
// Starting again is the only way back that trusts nothing: memory and locks may be in any state. It costs nothing as
// long as nothing goes wrong. After `kMostCrashes` the program gives up. Exceptions are not its business (session.cc).
// Under the sanitizers it stands aside.
#ifndef OVERT_CHECKER_DRIVER_CRASH_GUARD_H_
#define OVERT_CHECKER_DRIVER_CRASH_GUARD_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::driver {

constexpr int kMostCrashes = 16;

// The files that earlier attempts of this run died of, by absolute path, with what happened in words.
using CrashedFiles = std::map<std::string, std::string>;

// From here on crashes start the program again, with `arguments` (argv; must live as long as the process). Returns what
// is known of earlier attempts. Call it before threads are made.
CrashedFiles InstallCrashGuard(char** arguments);

// Gives this thread a second stack, once, so that a full first one can still be reported.
void UseCrashStack();

// The form in which one attempt tells the next: for each file "SIGNAL LENGTH:PATH".
CrashedFiles ParseCrashes(absl::string_view text);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CRASH_GUARD_H_
