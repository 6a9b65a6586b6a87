// The logical lines of a text that may be damaged: where each begins and ends, how deep it is indented, what it starts.
//
//   x = foo(1,          one line, if the bracket is closed somewhere
//           2)
//   def f(self):        never inside brackets: begins a line although one above may be open
//   y = foo(            never closed: ends where the next line is no deeper
//
// A good guess where brackets and quotes do not match, and exact where they do. Private to `grammar/lower`.
#ifndef OVERT_GRAMMAR_LOWER_LOGICAL_LINES_H_
#define OVERT_GRAMMAR_LOWER_LOGICAL_LINES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "diagnostics/span.h"
#include "grammar/base/identifier.h"

namespace overt::grammar {

// What a line begins with.
enum class LineHead : uint8_t {
  kSimple,
  kDecorator,
  kClass,
  kDef,
  kIf,
  kElif,
  kElse,
  kFor,
  kWhile,
  kTry,
  kExcept,
  kFinally,
  kWith,
  kMatch,
  kCase
};

struct LogicalLine {
  uint32_t start = 0;        // of its first physical line
  uint32_t begin = 0;        // its first character that is no white space
  uint32_t keyword_end = 0;  // behind `class`, `async def`, …; `begin` for simple lines
  uint32_t end = 0;          // behind the last character that is neither white space nor comment
  uint32_t next = 0;         // where the next line starts
  uint32_t indent = 0;       // columns; tabs go to multiples of eight
  LineHead head = LineHead::kSimple;

  TextRange range() const { return {begin, end}; }
};

struct LogicalLines {
  std::vector<LogicalLine> lines;           // without empty lines and comments
  std::vector<TextRange> conflict_markers;  // `<<<<<<< HEAD` and its like, which belong to no line
};
LogicalLines FindLogicalLines(absl::string_view text);
// None if there is nothing but empty lines and comments.
std::optional<LogicalLine> FirstLogicalLine(absl::string_view text);

// Whether such a line belongs to the statement above it.
constexpr bool ContinuesCompound(LineHead head) {
  return head == LineHead::kElif || head == LineHead::kElse || head == LineHead::kExcept || head == LineHead::kFinally;
}

// Where a string literal ends whose first quote is at `at`; the end of the line if it is not closed there, or nowhere.
size_t EndOfString(absl::string_view text, size_t at);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_LOGICAL_LINES_H_
