#include "checker/lsp/server_command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "checker/driver/terminal.h"
#include "checker/lsp/client.h"
#include "checker/lsp/framing.h"
#include "checker/lsp/server.h"
#include "stubs/locate.h"

namespace overt::lsp {
namespace {

// Messages of both directions in a file, for whoever wants to know what was said. Does nothing without a path.
class MessageLog {
 public:
  explicit MessageLog(const std::string& path) {
    if (!path.empty()) descriptor_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  ~MessageLog() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  MessageLog(const MessageLog&) = delete;
  MessageLog& operator=(const MessageLog&) = delete;

  void Write(absl::string_view direction, absl::string_view body) const {
    if (descriptor_ < 0) return;
    driver::WriteAll(descriptor_, absl::StrCat(absl::FormatTime(absl::Now()), " ", direction, " ", body, "\n"));
  }

 private:
  int descriptor_ = -1;
};

class LoggingSink final : public MessageSink {
 public:
  LoggingSink(MessageSink& sink, const MessageLog& log) : sink_(sink), log_(log) {}
  void Send(std::string body, const std::string& supersedes) override {
    log_.Write("->", body);
    sink_.Send(std::move(body), supersedes);
  }

 private:
  MessageSink& sink_;
  const MessageLog& log_;
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

int Serve(Server& server, const MessageLog& log) {
  ClientWatch watch;
  MessageReader reader(STDIN_FILENO, [&](int descriptor) { return watch.Wait(descriptor); });
  while (std::optional<MessageReader::Message> message = reader.Next()) {
    if (message->is_too_large) {
      server.RefuseTooLarge(message->bytes);
      continue;
    }
    log.Write("<-", message->body);
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
  const MessageLog log(options.log_file);
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
