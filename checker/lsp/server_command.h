// `overt server`: the language server on standard input and output, until the editor ends it or is gone.
#ifndef OVERT_CHECKER_LSP_SERVER_COMMAND_H_
#define OVERT_CHECKER_LSP_SERVER_COMMAND_H_

#include "checker/driver/cli.h"

namespace overt::lsp {

// 0 after `shutdown` and `exit`, 1 after `exit` alone, a client that went away, or a broken message header.
int RunServer(const driver::GlobalOptions& global, const driver::ServerOptions& options);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_SERVER_COMMAND_H_
