#include "checker/lsp/server_command.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "checker/driver/terminal.h"
#include "checker/lsp/client.h"
#include "checker/lsp/framing.h"
#include "checker/lsp/log_file.h"
#include "checker/lsp/server.h"
#include "stubs/locate.h"

namespace overt::lsp {
namespace {

// Writes the messages of one direction down.
class LoggingSink final : public MessageSink {
 public:
  LoggingSink(MessageSink& sink, const LogFile& log) : sink_(sink), log_(log) {}
  void Send(std::string body, const std::string& supersedes) override {
    log_.Write(absl::StrCat("-> ", body));
    sink_.Send(std::move(body), supersedes);
  }

 private:
  MessageSink& sink_;
  const LogFile& log_;
};

// Waits for input, and looks now and then whether the editor still lives: a process that it started may keep the pipe
// open.
class ClientWatch {
 public:
  void Follow(int64_t process) { process_ = process; }
  bool Wait(int descriptor) const {
    while (true) {
      pollfd wanted{descriptor, POLLIN, 0};
      const int ready = poll(&wanted, 1, 500);
      if (ready > 0) return true;
      if (ready < 0 && errno != EINTR) return false;
      if (process_ != 0 && !IsProcessAlive(process_)) return false;
    }
  }

 private:
  int64_t process_ = 0;
};

int Serve(Server& server, const LogFile& log) {
  ClientWatch watch;
  MessageReader reader(STDIN_FILENO, [&](int descriptor) { return watch.Wait(descriptor); });
  while (std::optional<MessageReader::Message> message = reader.Next()) {
    if (message->is_too_large) {
      server.RefuseTooLarge(message->bytes);
      continue;
    }
    log.Write(absl::StrCat("<- ", message->body));
    server.Handle(message->body);
    watch.Follow(server.client_process());
    if (const std::optional<int> code = server.exit_code()) return *code;
  }
  if (reader.problem().empty()) return server.abandoned_exit_code();
  const std::string problem = absl::StrCat("overt: the messages cannot be followed any more: ", reader.problem());
  driver::WriteAll(STDERR_FILENO, problem + "\n");
  server.LogProblem(problem);
  return 1;
}

}  // namespace

int RunServer(const driver::GlobalOptions& global, const driver::ServerOptions& options) {
  auto stubs = stubs::StubIndex::Open(stubs::FindBundledStubs());
  if (!stubs.ok()) {
    driver::WriteAll(STDERR_FILENO, absl::StrCat("overt: ", stubs.status().message(), "\n"));
    return static_cast<int>(driver::ExitCode::kInternal);
  }
  const LogFile log(options.log_file);
  MessageWriter writer(STDOUT_FILENO);
  LoggingSink sink(writer, log);
  Server server(Surroundings{global, std::make_shared<program::BoundStubs>(*std::move(stubs))}, sink);
  const int code = Serve(server, log);
  const bool is_over = server.Stop();
  writer.Finish();
  if (!is_over) _exit(code);  // something computes on and on
  return code;
}

}  // namespace overt::lsp
