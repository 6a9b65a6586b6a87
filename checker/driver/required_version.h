// What a configuration demands of the program that reads it: `required-version = ">=0.1,<2"`.
//
//   RequirementError(">=0.2", "0.1.0")      // "this is overt 0.1.0, but `required-version` is \">=0.2\""
//
// Versions and clauses as in PEP 440, as far as overt's own versions go: numbers with dots, and `a1`, `b1`, `rc1` or
// `.dev1` behind them. A version alone means `==`.
#ifndef OVERT_CHECKER_DRIVER_REQUIRED_VERSION_H_
#define OVERT_CHECKER_DRIVER_REQUIRED_VERSION_H_

#include <string>

#include "absl/strings/string_view.h"

namespace overt::driver {

// A regular expression that every requirement matches, for the schema of the configuration.
std::string RequirementPattern();

// Why a program of version `own` is not what `requirement` asks for; empty if it is.
std::string RequirementError(absl::string_view requirement, absl::string_view own);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_REQUIRED_VERSION_H_
