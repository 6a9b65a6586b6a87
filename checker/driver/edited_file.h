// A text under repeated editing: what it is now, and which edits of the original lead there.
//
//   EditedFile file("a\nb\n");
//   file.Apply({{{2, 2}, "x\n"}});     // "a\nx\nb\n"
//   file.Apply({{{0, 2}, ""}});        // "x\nb\n"
//   file.edits()                       // of the original: [0, 2) -> "x\n"
//
// Knows no disk and no encoding: `write_back.h` takes the edits from here.
#ifndef OVERT_CHECKER_DRIVER_EDITED_FILE_H_
#define OVERT_CHECKER_DRIVER_EDITED_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/diagnostic.h"

namespace overt::driver {

class EditedFile {
 public:
  explicit EditedFile(std::string original);

  const std::string& original() const { return original_; }
  std::string text() const;
  // Sorted, not overlapping, in offsets of the original; none if nothing changed.
  std::vector<Edit> edits() const;
  // Where something that stands in the current text stood in the original; of what came in, where it came in.
  uint32_t OriginalOffset(uint32_t offset) const;

  // Offsets count in the current text; sorted, not overlapping.
  void Apply(absl::Span<const Edit> edits);

 private:
  // A stretch of the original, or a text that came in.
  struct Piece {
    uint32_t begin = 0, end = 0;  // of the original, if `added` is empty
    std::string added;
    size_t size() const { return added.empty() ? end - begin : added.size(); }
  };

  std::string original_;
  std::vector<Piece> pieces_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_EDITED_FILE_H_
