// What can be asked of one suppression comment by itself.
//
//   x = f()  # overt: ignore[override-of-final] -- the base is ours     # ReasonIn: "the base is ours"
//
// For lists of comments. Whether a comment was needed is for `SuppressionTable` to record.
#ifndef OVERT_DIAGNOSTICS_SUPPRESSION_TEXT_H_
#define OVERT_DIAGNOSTICS_SUPPRESSION_TEXT_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "diagnostics/suppression.h"

namespace overt {

// Whether it silences a finding of the rule at `place`.
bool Silences(const Suppression& suppression, Rule rule, TextRange place);

// Whether it allows overrides of the member that is defined at `place` what the rule would report.
bool Opens(const Suppression& suppression, Rule rule, TextRange place);

// Whether a comment, with its `#`, may be an `open`: the cheap test.
bool MayOpen(absl::string_view comment);

// Where a directive that has something at `from` ends: at the next comment on the line, another tool's perhaps, or with
// the text. `#12` begins none: reasons name issues.
size_t EndOfDirective(absl::string_view comment, size_t from);

// What stands behind `--`; empty if nothing does. `comment`: the text of `suppression.comment`.
absl::string_view ReasonIn(absl::string_view comment, const Suppression& suppression);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_SUPPRESSION_TEXT_H_
