// Which overt this is.
#ifndef OVERT_CHECKER_DRIVER_VERSION_H_
#define OVERT_CHECKER_DRIVER_VERSION_H_

#include <string>

namespace overt::driver {

inline constexpr char kVersion[] = "0.1.0";

// The revision of overt's sources that this program was built from; "unknown" without a git checkout.
std::string Commit();
// Compiler, optimisation and assertions, in one line.
std::string BuildDescription();

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_VERSION_H_
