#include "diagnostics/span.h"

#include <algorithm>

namespace overt {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// UTF-16 units of the code point that begins with `first`.
uint32_t Utf16Units(char first) { return static_cast<unsigned char>(first) >= 0xF0 ? 2 : 1; }

uint32_t UnitsOf(char first, ColumnUnit unit) {
  switch (unit) {
    case ColumnUnit::kByte: return 1;
    case ColumnUnit::kCodePoint: return 1;
    case ColumnUnit::kUtf16: return Utf16Units(first);
  }
  return 1;
}

}  // namespace

uint32_t LineOf(absl::Span<const uint32_t> line_starts, uint32_t offset) {
  const auto after = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
  return static_cast<uint32_t>(after - line_starts.begin()) - 1;
}

absl::string_view LineText(const SourceView& source, uint32_t line) {
  if (line >= source.line_starts.size()) return "";
  const size_t begin = std::min<size_t>(source.line_starts[line], source.text.size());
  size_t end = line + 1 < source.line_starts.size() ? source.line_starts[line + 1] : source.text.size();
  end = std::min(end, source.text.size());
  while (end > begin && (source.text[end - 1] == '\n' || source.text[end - 1] == '\r')) --end;
  return source.text.substr(begin, end - begin);
}

LineColumn PositionOf(const SourceView& source, uint32_t offset, ColumnUnit unit) {
  offset = std::min(offset, static_cast<uint32_t>(source.text.size()));
  while (offset > 0 && offset < source.text.size() && IsContinuation(source.text[offset])) --offset;
  const uint32_t line = LineOf(source.line_starts, offset);
  const uint32_t begin = source.line_starts[line];
  if (unit == ColumnUnit::kByte) return {line, offset - begin};
  uint32_t column = 0;
  for (uint32_t at = begin; at < offset; ++at) {
    if (!IsContinuation(source.text[at])) column += UnitsOf(source.text[at], unit);
  }
  return {line, column};
}

}  // namespace overt
