// Lines and blanks around a place of a source text: where a line begins, what else stands on it, how lines end here.
//
//   "    @override  # why\n"      StartOfLine -> 0, Indentation -> "    ", RestOfLine -> kComment
//
// Knows characters only. Whatever needs to know what a character belongs to (a string, a name) asks the tree instead.
#ifndef OVERT_CHECKER_FIXES_TEXT_PLACES_H_
#define OVERT_CHECKER_FIXES_TEXT_PLACES_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace overt::fixes {

// Offsets of the first character of the line that holds `at`, of its line end (`\r\n`, `\n` or the end of the text),
// and of the first character of the next line.
uint32_t StartOfLine(absl::string_view text, uint32_t at);
uint32_t EndOfLine(absl::string_view text, uint32_t at);
uint32_t StartOfNextLine(absl::string_view text, uint32_t at);

// How the lines of this text end: as the first one does.
absl::string_view LineEndOf(absl::string_view text);

// Whether only blanks stand before `at` on its line, and the line is not the continuation of another by a backslash.
bool IsFirstOnLine(absl::string_view text, uint32_t at);
// What stands before `at` on its line.
absl::string_view TextBefore(absl::string_view text, uint32_t at);

// What stands from `at`, which is outside of any string, to the end of its line.
enum class RestOfLine : uint8_t { kNothing, kComment, kCode };
RestOfLine RestOfLineAt(absl::string_view text, uint32_t at);

// The first offset from `at` that is no blank of its line.
uint32_t SkipBlanks(absl::string_view text, uint32_t at);
// The same over line ends, comments and continuations as well; what stands between two tokens within brackets.
uint32_t SkipBetweenTokens(absl::string_view text, uint32_t at);

// Whether `word` stands in `text` with no letter, digit or underscore beside it.
bool HasWord(absl::string_view text, absl::string_view word);

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_TEXT_PLACES_H_
