// "Did you mean …?": the candidate that looks most like a word.
//
//   NearestBySpelling("reed_rows", {"read_rows", "close"})     # "read_rows"
#ifndef OVERT_DIAGNOSTICS_SPELLING_H_
#define OVERT_DIAGNOSTICS_SPELLING_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt {

// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; more than `most`
// counts as `most + 1`. Case does not matter.
size_t EditDistance(absl::string_view left, absl::string_view right, size_t most);

// The nearest candidate within a third of the word's length (at least one edit, at most three); the first of equals.
// Empty when none is near. The result is one of `candidates`.
absl::string_view NearestBySpelling(absl::string_view word, absl::Span<const absl::string_view> candidates);

// "; did you mean `read_rows`?", to go on with; nothing where `near` is empty.
std::string DidYouMean(absl::string_view near);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_SPELLING_H_
