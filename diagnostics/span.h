// Where something stands in a source text, in bytes, and the ways to say it to people and programs.
//
//   class Übung(Basis): ...      # `Basis` is bytes [13, 18), line 1, column 13 in code points, UTF-16 column 12
//
// Inside overt a position is always a byte offset into the decoded UTF-8 text of a file (`grammar/source`).
// Lines and columns exist only at the edges, and only this file makes them. Not a cursor and not a file.
#ifndef OVERT_DIAGNOSTICS_SPAN_H_
#define OVERT_DIAGNOSTICS_SPAN_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/id.h"

namespace overt {

// A half-open range of bytes [begin, end).
struct TextRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  constexpr uint32_t size() const { return end - begin; }
  constexpr bool contains(TextRange inner) const { return begin <= inner.begin && inner.end <= end; }
  friend constexpr bool operator==(TextRange, TextRange) = default;
  friend constexpr auto operator<=>(TextRange, TextRange) = default;
};

struct Span {
  FileId file;
  TextRange range;
  friend constexpr bool operator==(Span, Span) = default;
};

// What a renderer needs of a source text. Borrowed; the owner outlives every use.
//   path: as shown to people, relative to the current folder where that is possible
//   text: decoded UTF-8; line_starts: byte offset of each line, the first is 0
struct SourceView {
  absl::string_view path;
  absl::string_view text;
  absl::Span<const uint32_t> line_starts;
};

enum class ColumnUnit : uint8_t { kByte, kCodePoint, kUtf16 };

// Both start at 0; command-line renderers add one.
struct LineColumn {
  uint32_t line = 0;
  uint32_t column = 0;
  friend constexpr bool operator==(LineColumn, LineColumn) = default;
  friend constexpr auto operator<=>(LineColumn, LineColumn) = default;
};

// The line that holds byte `offset` (clamped to the text). `line_starts` must not be empty.
uint32_t LineOf(absl::Span<const uint32_t> line_starts, uint32_t offset);

// The text of one line without its line end; empty past the last line.
absl::string_view LineText(const SourceView& source, uint32_t line);

// `offset` is clamped to the text and moved back to the start of its code point.
LineColumn PositionOf(const SourceView& source, uint32_t offset, ColumnUnit unit);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_SPAN_H_
