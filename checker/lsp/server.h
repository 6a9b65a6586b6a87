// The language server: the session of the command line, spoken to by an editor.
//
//   MessageWriter writer(STDOUT_FILENO);
//   Server server(surroundings, writer);
//   server.Handle(R"({"jsonrpc": "2.0", "id": 1, "method": "initialize", …})");
//
// Here: lifecycle, texts, settings, watched files, and which thread a request runs on. What is answered from a snapshot
// stands in `requests.h`, threads in `scheduler.h`. Whatever a client sends, the server lives; each request is answered
// exactly once. Executes nothing, fetches nothing.
// Source: Language Server Protocol 3.17.
#ifndef OVERT_CHECKER_LSP_SERVER_H_
#define OVERT_CHECKER_LSP_SERVER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "checker/driver/cli.h"
#include "checker/lsp/framing.h"
#include "checker/lsp/root.h"

namespace overt::lsp {

class Server {
 public:
  Server(Surroundings surroundings, MessageSink& sink);
  ~Server();

  // One message. Called by one thread.
  void Handle(absl::string_view body);
  // A message that was too large to be read.
  void RefuseTooLarge(size_t bytes);
  void LogProblem(absl::string_view problem);

  // After `exit`: the process's exit code.
  std::optional<int> exit_code() const;
  // What a process exits with whose client went away without `exit`.
  int abandoned_exit_code() const;
  // The editor's process, once it has said hello; 0 if it did not say.
  int64_t client_process() const;

  // Until everything that was sent has been worked on.
  void WaitUntilIdle();
  // Ends the work. False if some of it does not end within a second: then only the process can.
  bool Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_SERVER_H_
