// After `def ` in a class body: the inherited methods that may be overridden, each as a finished stub.
//
//   class CsvReader(Reader):
//       def re|                →        @override
//                                       def read_row(self, limit: int = 0) -> Row | None:
//                                           return super().read_row(limit)
//
// What belongs to the half-typed header is replaced (a `:`), what says more stays (parameters, a comment, a body).
// Works on half-typed text: the line is completed in a copy first, so that the class is there whatever the parser made
// of it. Nothing after a dot, in functions, strings or comments: that is the main server's.
#ifndef OVERT_CHECKER_LSP_FEATURES_COMPLETION_H_
#define OVERT_CHECKER_LSP_FEATURES_COMPLETION_H_

#include <memory>
#include <string>
#include <vector>

#include "checker/driver/session.h"
#include "diagnostics/diagnostic.h"

namespace overt::lsp {

// The texts of all open files, as given to the session; null if only the file is open that is asked about.
using CompletionBuffers = std::shared_ptr<const program::Program::Overlays>;

struct CompletionItem {
  std::string label;   // the method's name
  std::string detail;  // "overrides Reader.read_row"
  std::string sort_text;
  // Within the line of the cursor, from the name on: editors disagree about a range that begins before the word.
  TextRange replace;
  std::string new_text;  // plain text; lines after the first are indented as in the file, line ends are `\n`
  Edit before_def;       // decorators on lines of their own and `async`, where they are missing; else changes nothing
  std::vector<Edit> imports;  // that the stub needs, all above it
};

// At most 200, what must be implemented first. Clients should ask again as the name grows: only what begins with the
// typed name (in any case) is made; names with two underscores on both sides only once an underscore is typed.
std::vector<CompletionItem> CompletionsAt(const driver::Snapshot& snapshot, FileId file, uint32_t offset,
                                          const CompletionBuffers& buffers);

// The snapshot in which the file at the path has that text.
driver::Snapshot WithText(const driver::Snapshot& snapshot, const std::string& path, std::string text,
                          const CompletionBuffers& buffers);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_COMPLETION_H_
