#include "checker/driver/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "checker/resolve/disk.h"

namespace overt::driver {
namespace {

constexpr size_t kMostErrors = size_t{1} << 16;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { Close(); }
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read, write;
};

bool Open(Pipe& pipe) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  pipe.read = Descriptor(ends[0]);
  pipe.write = Descriptor(ends[1]);
  return true;
}

std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// A running program. Stopped, with all that it started, and waited for when this goes.
class Child {
 public:
  explicit Child(const ChildRequest& request) : request_(request) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ <= 0) return;
    kill(-pid_, SIGKILL);
    Wait();
  }

  // 0, or why it cannot run.
  int Start() {
    if (!Open(in_) || !Open(out_) || !Open(errors_)) return errno;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    const absl::Cleanup destroy = [&] {
      posix_spawn_file_actions_destroy(&actions);
      posix_spawnattr_destroy(&attributes);
    };
    posix_spawn_file_actions_addchdir_np(&actions, request_.folder.c_str());
    posix_spawn_file_actions_adddup2(&actions, in_.read.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out_.write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors_.write.get(), STDERR_FILENO);
    // A group of its own, so that whatever it starts ends with it; and no signal ignored because we ignore it.
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&usual, signal);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::vector<std::string> words = {request_.program};
    words.insert(words.end(), request_.arguments.begin(), request_.arguments.end());
    std::vector<std::string> environment = request_.environment;
    const int error = posix_spawn(&pid_, request_.program.c_str(), &actions, &attributes, Pointers(words).data(),
                                  Pointers(environment).data());
    if (error != 0) pid_ = 0;
    in_.read.Close();
    out_.write.Close();
    errors_.write.Close();
    fcntl(in_.write.get(), F_SETFL, O_NONBLOCK);
    if (request_.input.empty()) in_.write.Close();
    return error;
  }

  absl::StatusOr<ChildResult> Finish() {
    const std::string name = resolve::BaseName(request_.program);
    while (out_.read.is_open() || errors_.read.is_open()) {
      // Woken now and then to see whether somebody wants it to stop.
      constexpr std::chrono::milliseconds kStep(100);
      const int ready = WaitForPipes(kStep);
      if (request_.cancel != nullptr && request_.cancel->load()) {
        return absl::CancelledError(absl::StrCat(name, ": interrupted"));
      }
      silence_ = ready > 0 ? std::chrono::milliseconds(0) : silence_ + kStep;
      if (silence_ > request_.most_silence) {
        return absl::DeadlineExceededError(
            absl::StrCat(name, " did not answer within ",
                         std::chrono::duration_cast<std::chrono::seconds>(request_.most_silence).count(), " seconds"));
      }
      if (result_.output.size() > request_.most_output) {
        return absl::ResourceExhaustedError(absl::StrCat(name, " printed more than ", request_.most_output, " bytes"));
      }
    }
    const int status = Wait();
    result_.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return std::move(result_);
  }

 private:
  // How many of the pipes had something to do.
  int WaitForPipes(std::chrono::milliseconds limit) {
    std::array<pollfd, 3> pipes = {
        {{out_.read.get(), POLLIN, 0}, {errors_.read.get(), POLLIN, 0}, {in_.write.get(), POLLOUT, 0}}};
    const int ready = poll(pipes.data(), pipes.size(), static_cast<int>(limit.count()));
    if (ready <= 0) return 0;
    if (pipes[0].revents != 0) Read(out_.read, result_.output, SIZE_MAX);
    if (pipes[1].revents != 0) Read(errors_.read, result_.errors, kMostErrors);
    if (pipes[2].revents != 0) Write();
    return ready;
  }

  // One piece; the end closes the pipe. What goes beyond `most` is read and dropped.
  static void Read(Descriptor& pipe, std::string& into, size_t most) {
    char buffer[1u << 16];
    const ssize_t size = read(pipe.get(), buffer, sizeof(buffer));
    if (size > 0) {
      into.append(buffer, std::min(static_cast<size_t>(size), most - std::min(most, into.size())));
    } else if (size == 0 || (errno != EINTR && errno != EAGAIN)) {
      pipe.Close();
    }
  }

  void Write() {
    const absl::string_view rest = absl::string_view(request_.input).substr(written_);
    const ssize_t size = write(in_.write.get(), rest.data(), rest.size());
    if (size > 0) written_ += static_cast<size_t>(size);
    const bool is_gone = size < 0 && errno != EINTR && errno != EAGAIN;  // it wants to read no more
    if (is_gone || written_ == request_.input.size()) in_.write.Close();
  }

  int Wait() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status;
  }

  const ChildRequest& request_;
  pid_t pid_ = 0;
  Pipe in_, out_, errors_;
  size_t written_ = 0;
  std::chrono::milliseconds silence_{0};
  ChildResult result_;
};

}  // namespace

absl::StatusOr<ChildResult> RunChild(const ChildRequest& request) {
  Child child(request);
  if (const int error = child.Start(); error != 0) {
    return absl::UnavailableError(absl::StrCat(request.program, " cannot be started: ", std::strerror(error)));
  }
  return child.Finish();
}

}  // namespace overt::driver
