#include "diagnostics/wording.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace overt {

std::string InWords(absl::Span<const std::string> parts) {
  if (parts.size() < 2) return absl::StrJoin(parts, "");
  return absl::StrCat(absl::StrJoin(parts.first(parts.size() - 1), ", "), " and ", parts.back());
}

}  // namespace overt
