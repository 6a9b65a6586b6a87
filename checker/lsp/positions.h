// Places in a text as the protocol counts them, from and to bytes.
//
//   PositionMap map(text, line_starts, PositionEncoding::kUtf16);
//   map.ToPosition(17)         // {line 1, character 4}: both from 0
//   map.ToOffset({1, 400})     // clamped to the end of the line, as the specification says
//
// A lone surrogate or a place within a character goes to the character's beginning. Costs the length of one line.
// Source: Language Server Protocol 3.17, "Position".
#ifndef OVERT_CHECKER_LSP_POSITIONS_H_
#define OVERT_CHECKER_LSP_POSITIONS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt::lsp {

enum class PositionEncoding : uint8_t { kUtf8, kUtf16, kUtf32 };

struct Position {
  uint32_t line = 0;
  uint32_t character = 0;
};

class PositionMap {
 public:
  // Both are borrowed.
  PositionMap(absl::string_view text, absl::Span<const uint32_t> line_starts, PositionEncoding encoding)
      : text_(text), line_starts_(line_starts), encoding_(encoding) {}
  Position ToPosition(uint32_t offset) const;
  uint32_t ToOffset(Position position) const;

 private:
  absl::string_view text_;
  absl::Span<const uint32_t> line_starts_;
  PositionEncoding encoding_;
};

// Byte offsets of all line starts as the protocol counts lines, the first is 0: `\n`, `\r\n` and a lone `\r` end one.
std::vector<uint32_t> ProtocolLineStarts(absl::string_view text);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_POSITIONS_H_
