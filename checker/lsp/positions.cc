#include "checker/lsp/positions.h"

#include <algorithm>

namespace overt::lsp {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

uint32_t CharacterBytes(absl::string_view text, uint32_t at) {
  uint32_t end = at + 1;
  while (end < text.size() && IsContinuation(text[end])) ++end;
  return end - at;
}

// How much a character counts. Four bytes of UTF-8 are two units of UTF-16.
uint32_t Units(uint32_t bytes, PositionEncoding encoding) {
  switch (encoding) {
    case PositionEncoding::kUtf8: return bytes;
    case PositionEncoding::kUtf16: return bytes >= 4 ? 2 : 1;
    case PositionEncoding::kUtf32: return 1;
  }
  return 1;
}

}  // namespace

Position PositionMap::ToPosition(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const size_t line = static_cast<size_t>(after - line_starts_.begin()) - 1;
  Position position{static_cast<uint32_t>(line), 0};
  for (uint32_t at = line_starts_[line]; at < offset;) {
    const uint32_t bytes = CharacterBytes(text_, at);
    if (at + bytes > offset) break;
    position.character += Units(bytes, encoding_);
    at += bytes;
  }
  return position;
}

uint32_t PositionMap::ToOffset(Position position) const {
  if (position.line >= line_starts_.size()) return static_cast<uint32_t>(text_.size());
  const bool is_last = position.line + 1 == line_starts_.size();
  uint32_t end = is_last ? static_cast<uint32_t>(text_.size()) : line_starts_[position.line + 1];
  const uint32_t begin = line_starts_[position.line];
  if (!is_last) {
    if (end > begin && text_[end - 1] == '\n') --end;
    if (end > begin && text_[end - 1] == '\r') --end;
  }
  uint32_t at = begin;
  for (uint32_t left = position.character; at < end && left > 0;) {
    const uint32_t bytes = CharacterBytes(text_, at);
    const uint32_t units = Units(bytes, encoding_);
    if (units > left) break;
    left -= units;
    at += bytes;
  }
  return at;
}

std::vector<uint32_t> ProtocolLineStarts(absl::string_view text) {
  std::vector<uint32_t> starts;
  starts.reserve(text.size() / 24 + 2);
  starts.push_back(0);
  const bool has_returns = text.find('\r') != absl::string_view::npos;
  if (!has_returns) {
    for (size_t at = text.find('\n'); at != absl::string_view::npos; at = text.find('\n', at + 1)) {
      starts.push_back(static_cast<uint32_t>(at) + 1);
    }
    return starts;
  }
  for (size_t at = 0; at < text.size(); ++at) {
    const bool ends_here = text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
    if (ends_here) starts.push_back(static_cast<uint32_t>(at) + 1);
  }
  return starts;
}

}  // namespace overt::lsp
