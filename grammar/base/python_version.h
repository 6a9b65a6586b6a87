// A version of the Python language, "3.12", as one comparable number.
//
//   if (version < PythonVersion{3, 12}) ...     # `type X = int` is a syntax error there
#ifndef OVERT_GRAMMAR_BASE_PYTHON_VERSION_H_
#define OVERT_GRAMMAR_BASE_PYTHON_VERSION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::grammar {

struct PythonVersion {
  uint8_t major = 3;
  uint8_t minor = 14;
  friend constexpr bool operator==(PythonVersion, PythonVersion) = default;
  friend constexpr auto operator<=>(PythonVersion, PythonVersion) = default;
};

inline constexpr PythonVersion kOldestPython{3, 8};
inline constexpr PythonVersion kNewestPython{3, 15};
inline constexpr PythonVersion kDefaultPython{3, 14};

// "3.12" or "3.12.4"; nothing for any other form. Any major and minor: the caller checks the supported range.
std::optional<PythonVersion> ParsePythonVersion(absl::string_view text);
std::string ToString(PythonVersion version);

// Versions that code is written for, both ends included.
struct PythonRange {
  PythonVersion oldest, newest;
  friend constexpr bool operator==(PythonRange, PythonRange) = default;
};
// "3.9..3.12", or one version. Nothing for any other form, for a range that runs backwards, and beyond what overt
// knows.
std::optional<PythonRange> ParseKnownPythons(absl::string_view text);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_BASE_PYTHON_VERSION_H_
