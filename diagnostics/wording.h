// Words put together as people write them.
//
//   InWords({"linux", "darwin", "win32"})      # "linux, darwin and win32"
//
// Knows no rules and no names; what needs backticks brings them.
#ifndef OVERT_DIAGNOSTICS_WORDING_H_
#define OVERT_DIAGNOSTICS_WORDING_H_

#include <string>

#include "absl/types/span.h"

namespace overt {

// "a", "a and b", "a, b and c"; empty of none.
std::string InWords(absl::Span<const std::string> parts);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_WORDING_H_
