#include "checker/driver/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {

std::optional<std::string> EnvironmentVariable(const char* name) {
  const char* value = std::getenv(name);
  std::optional<std::string> answer;
  if (value != nullptr && *value != '\0') answer = value;
  grammar::DiskLog::NoteVariable(name, answer);
  return answer;
}

std::string CurrentFolder() {
  std::vector<char> buffer(PATH_MAX + 1);
  return getcwd(buffer.data(), buffer.size()) == nullptr ? "/" : std::string(buffer.data());
}

std::string AbsolutePath(absl::string_view path, absl::string_view current_folder) {
  const std::string whole =
      !path.empty() && path[0] == '/' ? std::string(path) : absl::StrCat(current_folder, "/", path);
  std::vector<absl::string_view> parts;
  for (const absl::string_view part : absl::StrSplit(whole, '/', absl::SkipEmpty())) {
    if (part == ".") continue;
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  return absl::StrCat("/", absl::StrJoin(parts, "/"));
}

bool IsTerminal(int descriptor) { return isatty(descriptor) == 1; }

bool IsInCi() {
  constexpr const char* kVariables[] = {"CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"};
  return absl::c_any_of(kVariables, [](const char* name) {
    const std::optional<std::string> said = EnvironmentVariable(name);
    return said && *said != "false" && *said != "0";
  });
}

bool UseColor(ColorChoice choice, int descriptor) {
  switch (choice) {
    case ColorChoice::kAlways: return true;
    case ColorChoice::kNever: return false;
    case ColorChoice::kAuto: break;
  }
  if (EnvironmentVariable("NO_COLOR")) return false;
  const std::optional<std::string> force = EnvironmentVariable("FORCE_COLOR");
  if ((force && *force != "0") || EnvironmentVariable("CLICOLOR_FORCE")) return true;
  return IsTerminal(descriptor) && EnvironmentVariable("TERM").value_or("dumb") != "dumb";
}

size_t TerminalWidth(int descriptor) {
  constexpr size_t kUnknown = 100;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUnknown;
  return size.ws_col;
}

namespace {

int output_failure = 0;

struct Captured {
  bool is_on = false;
  std::vector<OutputChunk> chunks;
};
Captured captured;  // of the main thread, which alone prints results

}  // namespace

void OutputCapture::Start() { captured.is_on = true; }

std::vector<OutputChunk> OutputCapture::Take() {
  captured.is_on = false;
  return std::move(captured.chunks);
}

void WriteAll(int descriptor, absl::string_view text) {
  if (captured.is_on && !text.empty()) {
    std::vector<OutputChunk>& chunks = captured.chunks;
    if (chunks.empty() || chunks.back().descriptor != descriptor) chunks.push_back({descriptor, ""});
    chunks.back().text.append(text.data(), text.size());
  }
  WriteForNow(descriptor, text);
}

void WriteForNow(int descriptor, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && descriptor == STDOUT_FILENO && output_failure == 0 && errno != EPIPE && errno != EBADF) {
      output_failure = errno;
    }
    if (written <= 0) return;
    text.remove_prefix(static_cast<size_t>(written));
  }
}

int OutputFailure() { return output_failure; }

}  // namespace overt::driver
