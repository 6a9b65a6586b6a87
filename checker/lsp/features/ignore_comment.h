// The edits that silence a finding with a comment.
//
//   def read(self): ...                                 # overt: ignore[missing-override]
//   # overt: file-ignore[missing-override]              a line of its own, before the first statement
//
// A comment that silences another rule on that line gets the new name in its brackets.
#ifndef OVERT_CHECKER_LSP_FEATURES_IGNORE_COMMENT_H_
#define OVERT_CHECKER_LSP_FEATURES_IGNORE_COMMENT_H_

#include <optional>

#include "checker/driver/session.h"
#include "diagnostics/diagnostic.h"

namespace overt::lsp {

// On the line of the finding, or where that goes on in a string or behind a backslash, on the last line of the
// statement's header. None where neither has room, or where a comment would silence nothing.
std::optional<Edit> IgnoreOnLine(const driver::Snapshot& snapshot, const Diagnostic& finding);
std::optional<Edit> IgnoreInFile(const driver::Snapshot& snapshot, const Diagnostic& finding);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_IGNORE_COMMENT_H_
