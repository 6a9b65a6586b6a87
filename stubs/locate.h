// Where the compiled typeshed lies: beside the binary, in `../share/overt`, or where OVERT_STUBS says.
#ifndef OVERT_STUBS_LOCATE_H_
#define OVERT_STUBS_LOCATE_H_

#include <string>

namespace overt::stubs {

// The program that runs, as an absolute path: by /proc, or where that is missing by what the system started.
std::string ProgramPath();

// The first place that has the file; the place beside the binary if none has (opening it then says what is wrong).
std::string FindBundledStubs();

}  // namespace overt::stubs

#endif  // OVERT_STUBS_LOCATE_H_
