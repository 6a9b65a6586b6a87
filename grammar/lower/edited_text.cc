#include "grammar/lower/edited_text.h"

#include <algorithm>

namespace overt::grammar {

EditedText::EditedText(absl::string_view original, absl::Span<const Edit> edits) {
  text_.reserve(original.size() + edits.size() * 4);
  uint32_t at = 0;
  for (const Edit& edit : edits) {
    Copy(original, {at, edit.range.begin});
    if (!edit.replacement.empty()) {
      pieces_.push_back({static_cast<uint32_t>(text_.size()), edit.range, false});
      text_ += edit.replacement;
    }
    at = edit.range.end;
  }
  Copy(original, {at, static_cast<uint32_t>(original.size())});
  if (pieces_.empty()) pieces_.push_back({0, {at, at}, true});
}

void EditedText::Copy(absl::string_view original, TextRange range) {
  if (range.begin >= range.end) return;
  pieces_.push_back({static_cast<uint32_t>(text_.size()), range, true});
  text_.append(original.data() + range.begin, range.size());
}

const EditedText::Piece& EditedText::PieceAt(uint32_t at) const {
  const auto behind = std::upper_bound(pieces_.begin(), pieces_.end(), at,
                                       [](uint32_t position, const Piece& piece) { return position < piece.begin; });
  return behind == pieces_.begin() ? pieces_.front() : *(behind - 1);
}

TextRange EditedText::ToOriginal(TextRange edited) const {
  const Piece& first = PieceAt(edited.begin);
  const uint32_t begin = first.is_copied
                             ? std::min(first.original.begin + (edited.begin - first.begin), first.original.end)
                             : first.original.begin;
  if (edited.begin == edited.end) return {begin, begin};
  const Piece& last = PieceAt(edited.end - 1);
  const uint32_t end = last.is_copied ? last.original.begin + (edited.end - last.begin) : last.original.end;
  return {begin, std::max(begin, end)};
}

}  // namespace overt::grammar
