// What the language server says of a whole folder, asked as an editor asks: for `overt doctor --parity`.
//
//   absl::StatusOr<std::vector<driver::SeenFinding>> findings = FindingsOfServer(global);
//
// A server within this process, and a client that opens nothing and pulls the diagnostics of the workspace.
#ifndef OVERT_CHECKER_LSP_SERVER_FINDINGS_H_
#define OVERT_CHECKER_LSP_SERVER_FINDINGS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "checker/driver/cli.h"

namespace overt::lsp {

absl::StatusOr<std::vector<driver::SeenFinding>> FindingsOfServer(const driver::GlobalOptions& global);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_SERVER_FINDINGS_H_
