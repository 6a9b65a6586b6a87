// What makes the characters of a text odd: told in one pass, without knowing tokens.
//
//   \tx = 1          # a tab may be inconsistent with spaces elsewhere
//   x = 1\u200b      # tree-sitter takes the zero-width space for a blank
//
// Says only that a closer look is due; the recogniser takes it.
#ifndef OVERT_GRAMMAR_VERDICT_JUDGE_TEXT_H_
#define OVERT_GRAMMAR_VERDICT_JUDGE_TEXT_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace overt::grammar {

bool TextIsOdd(absl::string_view text);

// Behind the string literal that begins at `at`, as far as quotes tell (those within fields of f-strings do not count).
size_t BehindString(absl::string_view text, size_t at);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_VERDICT_JUDGE_TEXT_H_
