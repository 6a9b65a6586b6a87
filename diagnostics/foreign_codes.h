// Other checkers' codes and the rules here that answer the same question: for people who look up what they know.
//
//   $ overt explain reportImplicitOverride      # `missing-override`
//
// Not a promise of equal answers: a code may stand for more, or for less, than the rules beside it.
#ifndef OVERT_DIAGNOSTICS_FOREIGN_CODES_H_
#define OVERT_DIAGNOSTICS_FOREIGN_CODES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/rule.h"

namespace overt {

struct ForeignCode {
  absl::string_view checkers;  // who uses it, as people say it: "mypy, zuban"
  absl::string_view code;
  std::vector<Rule> rules;
  // What else the code stands for that overt does not look at, a sentence without its period; mostly empty.
  absl::string_view gap = {};
};

// Each code once, those of a checker together, in the order in which they should be shown.
absl::Span<const ForeignCode> ForeignCodes();

// Codes for what overt does not look at, with the rules that come nearest. No rule here finds what they find.
absl::Span<const ForeignCode> UnansweredCodes();

// Of both lists; null if no checker has the code, as far as is known.
const ForeignCode* FindForeignCode(absl::string_view code);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_FOREIGN_CODES_H_
