// Edits of whole files, computed from a snapshot.
//
//   places.WorkspaceEdit({{file, SafeFixes(snapshot, file)}})
#ifndef OVERT_CHECKER_LSP_SOURCE_EDITS_H_
#define OVERT_CHECKER_LSP_SOURCE_EDITS_H_

#include <vector>

#include "absl/types/span.h"
#include "checker/driver/session.h"
#include "diagnostics/diagnostic.h"

namespace overt::lsp {

// Both: sorted, not overlapping; empty if there is nothing to do. The file can be read.
// All safe fixes of the rules that are on; with `only`, which is not empty then, of those among them.
std::vector<Edit> SafeFixes(const driver::Snapshot& snapshot, FileId file, absl::Span<const Rule> only = {});
// `@override` wherever `missing-override` asks for it, whether that rule is on, and fixable, or not.
std::vector<Edit> OverrideMarks(const driver::Snapshot& snapshot, FileId file);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_SOURCE_EDITS_H_
