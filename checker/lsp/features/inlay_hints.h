// What a method overrides, said behind the last line of its header.
//
//   def open(self,
//            path: str) -> None: ↑ Reader.open
//       ...
//
// The same members as those of the lens above the method, in fewer words.
#ifndef OVERT_CHECKER_LSP_FEATURES_INLAY_HINTS_H_
#define OVERT_CHECKER_LSP_FEATURES_INLAY_HINTS_H_

#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

struct InlayHint {
  struct Part {
    std::string text;  // "↑ Reader.open", then ", Closer.open"
    Target target;
  };
  uint32_t offset;  // of the line's end
  std::vector<Part> parts;
};

// Those in the range, in source order.
std::vector<InlayHint> InlayHints(const driver::Snapshot& snapshot, FileId file, TextRange range);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_INLAY_HINTS_H_
