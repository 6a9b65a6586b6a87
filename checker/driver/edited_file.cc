#include "checker/driver/edited_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace overt::driver {

EditedFile::EditedFile(std::string original) : original_(std::move(original)) {
  pieces_.push_back({0, static_cast<uint32_t>(original_.size()), ""});
}

std::string EditedFile::text() const {
  std::string text;
  for (const Piece& piece : pieces_) {
    if (piece.added.empty()) {
      absl::StrAppend(&text, absl::string_view(original_).substr(piece.begin, piece.end - piece.begin));
    } else {
      text += piece.added;
    }
  }
  return text;
}

uint32_t EditedFile::OriginalOffset(uint32_t offset) const {
  uint32_t passed = 0;
  for (const Piece& piece : pieces_) {
    const bool is_original = piece.added.empty();
    if (offset < piece.size()) return is_original ? piece.begin + offset : passed;
    offset -= static_cast<uint32_t>(piece.size());
    if (is_original) passed = piece.end;
  }
  return passed;
}

void EditedFile::Apply(absl::Span<const Edit> edits) {
  std::vector<Piece> next;
  size_t piece = 0, used = 0;  // `used` characters of `pieces_[piece]` are done with
  size_t at = 0;               // in the current text
  // Moves on to `offset`, keeping what lies between or leaving it out.
  const auto advance = [&](size_t offset, bool keep) {
    while (at < offset && piece < pieces_.size()) {
      const Piece& one = pieces_[piece];
      const size_t count = std::min(one.size() - used, offset - at);
      if (keep && count > 0) {
        const auto begin = one.begin + static_cast<uint32_t>(used);
        next.push_back(one.added.empty() ? Piece{begin, begin + static_cast<uint32_t>(count), ""}
                                         : Piece{0, 0, one.added.substr(used, count)});
      }
      at += count;
      used += count;
      if (used == one.size()) {
        ++piece;
        used = 0;
      }
    }
  };
  for (const Edit& edit : edits) {
    advance(edit.range.begin, true);
    advance(edit.range.end, false);
    if (!edit.replacement.empty()) next.push_back({0, 0, edit.replacement});
  }
  size_t rest = 0;
  for (const Piece& one : pieces_) rest += one.size();
  advance(rest, true);
  pieces_ = std::move(next);
}

std::vector<Edit> EditedFile::edits() const {
  std::vector<Edit> edits;
  uint32_t at = 0;
  std::string added;
  const auto close = [&](uint32_t next_begin) {
    if (next_begin > at || !added.empty()) edits.push_back({{at, next_begin}, std::exchange(added, "")});
  };
  for (const Piece& piece : pieces_) {
    if (!piece.added.empty()) {
      added += piece.added;
      continue;
    }
    if (piece.begin == piece.end) continue;
    close(piece.begin);
    at = piece.end;
  }
  close(static_cast<uint32_t>(original_.size()));
  // What was taken out and put in again is no change.
  std::erase_if(edits, [&](const Edit& edit) {
    return absl::string_view(original_).substr(edit.range.begin, edit.range.size()) == edit.replacement;
  });
  return edits;
}

}  // namespace overt::driver
