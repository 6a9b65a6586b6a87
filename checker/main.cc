// Wiring only: the command line is `checker/driver`, the language server `checker/lsp`.
#include "absl/synchronization/mutex.h"
#include "checker/driver/cli.h"
#include "checker/lsp/server_command.h"
#include "checker/lsp/server_findings.h"

int main(int argc, char** argv) {
  // Debian builds abseil with its lock-order detector on, which a release has no use for.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return overt::driver::RunCommandLine(argc, argv, {overt::lsp::RunServer, overt::lsp::FindingsOfServer});
}
