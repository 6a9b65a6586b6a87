// Text of a project made harmless for a terminal, and how wide it is there.
//
//   ShowLine("\tx = '\x1b'").text      # "    x = '\x1b'" with the escape spelled out
#ifndef OVERT_DIAGNOSTICS_RENDER_ESCAPE_H_
#define OVERT_DIAGNOSTICS_RENDER_ESCAPE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "diagnostics/diagnostic.h"

namespace overt {

// A line as shown: controls spelled out, tabs as four spaces.
struct ShownLine {
  std::string text;
  std::vector<size_t> columns;  // display column at which each byte of the line begins, and one past the end
  std::vector<size_t> offsets;  // offset in `text` for each byte of the line, and one past the end
};

ShownLine ShowLine(absl::string_view line);

// The title, and each note on a line of its own: for formats that have no place for notes. As it is, not escaped.
std::string TitleAndNotes(const Diagnostic& diagnostic);

// "5 more findings in this file are not shown".
std::string OmittedText(size_t findings);

// Valid UTF-8: for a byte that is none, U+FFFD and the byte spelled out, so that two names that differ there still do.
std::string ValidUtf8(absl::string_view text);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_RENDER_ESCAPE_H_
