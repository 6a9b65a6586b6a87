// Where the compiled typeshed lies: beside the binary, in `../share/overt`, or where OVERT_STUBS says.
#ifndef OVERT_STUBS_LOCATE_H_
#define OVERT_STUBS_LOCATE_H_

#include <string>

namespace overt::stubs {

// The first place that has the file; the place beside the binary if none has (opening it then says what is wrong).
std::string FindBundledStubs();

}  // namespace overt::stubs

#endif  // OVERT_STUBS_LOCATE_H_
