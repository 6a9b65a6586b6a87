#include "diagnostics/spelling.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace overt {
namespace {

char Lower(char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); }

}  // namespace

// Source: Damerau's restricted edit distance, three rows at a time.
size_t EditDistance(absl::string_view left, absl::string_view right, size_t most) {
  const size_t difference = left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
  if (difference > most) return most + 1;
  std::vector<size_t> before_last(right.size() + 1), last(right.size() + 1), row(right.size() + 1);
  for (size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    size_t best = i;
    for (size_t j = 1; j <= right.size(); ++j) {
      const bool same = Lower(left[i - 1]) == Lower(right[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && Lower(left[i - 1]) == Lower(right[j - 2]) && Lower(left[i - 2]) == Lower(right[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > most) return most + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[right.size()], most + 1);
}

absl::string_view NearestBySpelling(absl::string_view word, absl::Span<const absl::string_view> candidates) {
  size_t most = std::clamp<size_t>(word.size() / 3, 1, 3);
  absl::string_view nearest;
  for (const absl::string_view candidate : candidates) {
    if (candidate == word) continue;
    const size_t distance = EditDistance(word, candidate, most);
    if (distance > most || (!nearest.empty() && distance == most)) continue;
    nearest = candidate;
    most = distance;
    if (distance == 0) break;
  }
  return nearest;
}

std::string DidYouMean(absl::string_view near) {
  return near.empty() ? "" : absl::StrCat("; did you mean `", near, "`?");
}

}  // namespace overt
