// A text of which some stretches were replaced, and where each of its bytes came from.
//
//   class Box[T = int]: ...    is parsed as    class Box[T]: ...    with all positions those of the original
//
// The parser sees the edited text; trees, names and messages see the original. Private to `grammar/lower`.
#ifndef OVERT_GRAMMAR_LOWER_EDITED_TEXT_H_
#define OVERT_GRAMMAR_LOWER_EDITED_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/span.h"

namespace overt::grammar {

struct Edit {
  TextRange range;  // in the original; empty to insert
  std::string replacement;
};

class EditedText {
 public:
  // The edits must be sorted and must not overlap.
  EditedText(absl::string_view original, absl::Span<const Edit> edits);

  absl::string_view text() const { return text_; }
  // What was replaced counts as a whole: a range that touches it takes in all that stood there.
  TextRange ToOriginal(TextRange edited) const;

 private:
  struct Piece {
    uint32_t begin;  // in the edited text
    TextRange original;
    bool is_copied;  // byte by byte, else replaced
  };
  void Copy(absl::string_view original, TextRange range);
  const Piece& PieceAt(uint32_t at) const;

  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_EDITED_TEXT_H_
