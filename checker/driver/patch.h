// What a fix changes, as a patch: for people to look at, and for `git apply` and `patch` to take.
//
//   UnifiedDiff("pkg/a.py", bytes, edits)     # "--- a/pkg/a.py\n+++ b/pkg/a.py\n@@ -2,6 +2,7 @@\n …"
//
// Of bytes, not of text: a byte order mark, carriage returns and any encoding come out as the file has them. Only what
// is shown on a terminal or in the log of a CI system is made harmless, which may make it another patch.
#ifndef OVERT_CHECKER_DRIVER_PATCH_H_
#define OVERT_CHECKER_DRIVER_PATCH_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/diagnostic.h"

namespace overt::driver {

struct PatchStyle {
  bool is_escaped = false;  // controls, marks of direction and commands to CI systems are spelled out
  bool is_colored = false;
};

// Empty if nothing changed. `path` is written after `a/` and `b/` (absolute ones as they are), in quotes where git
// would put it in quotes.
std::string UnifiedDiff(absl::string_view path, absl::string_view original, absl::Span<const Edit> edits,
                        const PatchStyle& style = {});

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_PATCH_H_
