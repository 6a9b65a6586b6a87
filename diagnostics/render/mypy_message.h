// A finding in mypy's terms, for its two formats: an error with its notes, then a note at each further place.
//
//   MypyMessagesOf(diagnostic, sources)[0]      # {"src/a.py", {7, 8}, …, "error", "`B.raed` is marked …", …}
//
// mypy knows no help and no labels: all of them are notes. Nothing here is escaped.
#ifndef OVERT_DIAGNOSTICS_RENDER_MYPY_MESSAGE_H_
#define OVERT_DIAGNOSTICS_RENDER_MYPY_MESSAGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "diagnostics/render/renderer.h"

namespace overt {

struct MypyMessage {
  std::string path;
  LineColumn begin, end;       // from 0, in code points
  absl::string_view severity;  // error, warning, note
  std::string text;
  absl::string_view code;          // a rule's name; empty: none
  std::vector<std::string> notes;  // of the same place
};

std::vector<MypyMessage> MypyMessagesOf(const Diagnostic& diagnostic, SourceLookup sources);
MypyMessage MypyMessageOf(const Omitted& omitted);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_RENDER_MYPY_MESSAGE_H_
