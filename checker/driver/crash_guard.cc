#include "checker/driver/crash_guard.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/cli.h"
#include "checker/driver/terminal.h"
#include "checker/program/file_at_work.h"
#include "stubs/locate.h"

namespace overt::driver {
namespace {

constexpr char kVariable[] = "OVERT_CRASHED=";
constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
constexpr size_t kMostStateBytes = 1u << 16;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
constexpr bool kIsSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kIsSanitized = false;
#endif

// All that the handler needs, made beforehand: a handler may not ask for memory.
struct State {
  std::string executable;
  char** arguments = nullptr;
  std::vector<char*> environment;  // ends with a null; the entry before it is `variable`
  std::array<char, kMostStateBytes> variable{};
  size_t length = 0;  // of `variable`, without its final zero
  int crashes = 0;
};
State* state = nullptr;

const char* NameOf(int signal) {
  switch (signal) {
    case SIGSEGV: return "a segmentation fault";
    case SIGBUS: return "a bus error";
    case SIGILL: return "an illegal instruction";
    case SIGFPE: return "an arithmetic error";
    case SIGABRT: return "an abort";
    default: return "a signal";
  }
}

// Appends to the variable; false if there is no room. Async-signal-safe, like all that follow.
bool Append(const char* text, size_t size) {
  if (state->length + size >= kMostStateBytes) return false;
  std::memcpy(state->variable.data() + state->length, text, size);
  state->length += size;
  state->variable[state->length] = '\0';
  return true;
}

bool AppendNumber(size_t number) {
  std::array<char, 20> digits;
  size_t at = digits.size();
  do {
    digits[--at] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  return Append(digits.data() + at, digits.size() - at);
}

bool Note(int signal, const std::string& path) {
  return AppendNumber(static_cast<size_t>(signal)) && Append(" ", 1) && AppendNumber(path.size()) && Append(":", 1) &&
         Append(path.data(), path.size());
}

void Say(const char* text) { static_cast<void>(!write(STDERR_FILENO, text, std::strlen(text))); }

[[noreturn]] void GiveUp(int signal) {
  Say("overt: internal error: the process was ended by ");
  Say(NameOf(signal));
  Say("\n");
  _exit(static_cast<int>(ExitCode::kInternal));
}

void OnCrash(int signal) {
  const std::string* path = program::FileAtWork::Current();
  if (path == nullptr || state->crashes >= kMostCrashes || !Note(signal, *path)) GiveUp(signal);
  // The next program would inherit the signal as blocked.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execve(state->executable.c_str(), state->arguments, state->environment.data());
  GiveUp(signal);
}

void CopyEnvironment() {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!absl::StartsWith(*entry, kVariable)) state->environment.push_back(*entry);
  }
  state->environment.push_back(state->variable.data());
  state->environment.push_back(nullptr);
}

// A thread's second stack.
struct CrashStack {
  static constexpr size_t kBytes = 1u << 16;
  std::unique_ptr<char[]> memory{new char[kBytes]};
  CrashStack() {
    stack_t stack{};
    stack.ss_sp = memory.get();
    stack.ss_size = kBytes;
    sigaltstack(&stack, nullptr);
  }
  ~CrashStack() {
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, nullptr);
  }
};

}  // namespace

CrashedFiles ParseCrashes(absl::string_view text) {
  CrashedFiles files;
  while (!text.empty()) {
    const size_t space = text.find(' ');
    const size_t colon = text.find(':');
    int signal = 0;
    size_t length = 0;
    const bool is_whole = space != absl::string_view::npos && colon != absl::string_view::npos && space < colon &&
                          absl::SimpleAtoi(text.substr(0, space), &signal) &&
                          absl::SimpleAtoi(text.substr(space + 1, colon - space - 1), &length) &&
                          length <= text.size() - colon - 1;
    if (!is_whole) break;  // not ours: whatever it is, it names no file
    files[std::string(text.substr(colon + 1, length))] = absl::StrCat("the process was ended by ", NameOf(signal));
    text.remove_prefix(colon + 1 + length);
  }
  return files;
}

CrashedFiles InstallCrashGuard(char** arguments) {
  if (kIsSanitized) return {};
  const char* before = std::getenv("OVERT_CRASHED");
  const absl::string_view known = before == nullptr ? absl::string_view() : absl::string_view(before);
  CrashedFiles crashed = ParseCrashes(known);
  state = new State;  // for the rest of the process
  state->executable = stubs::ProgramPath();
  state->arguments = arguments;
  state->crashes = static_cast<int>(crashed.size());
  Append(kVariable, std::strlen(kVariable));
  if (!crashed.empty()) Append(known.data(), known.size());
  CopyEnvironment();
  UseCrashStack();
  struct sigaction action{};
  action.sa_handler = OnCrash;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : kSignals) sigaction(signal, &action, nullptr);
  return crashed;
}

void UseCrashStack() {
  if (kIsSanitized) return;
  thread_local const CrashStack stack;
}

}  // namespace overt::driver
