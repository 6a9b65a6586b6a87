// The world around the process: folders, streams, the environment, whether people or programs read the output.
#ifndef OVERT_CHECKER_DRIVER_TERMINAL_H_
#define OVERT_CHECKER_DRIVER_TERMINAL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace overt::driver {

enum class ColorChoice : uint8_t { kAuto, kAlways, kNever };

std::optional<std::string> EnvironmentVariable(const char* name);  // nothing if unset or empty
std::string CurrentFolder();                                       // absolute; "/" if it is gone
// `path` made absolute and free of `.`, `..` and double slashes, without following links.
std::string AbsolutePath(absl::string_view path, absl::string_view current_folder);

// Flag, then NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then a terminal that is not dumb.
bool UseColor(ColorChoice choice, int descriptor);
bool IsTerminal(int descriptor);
// Whether a CI system runs this: one says so by `CI`, by `GITHUB_ACTIONS`, `TF_BUILD` (Azure) or `TEAMCITY_VERSION`.
bool IsInCi();
size_t TerminalWidth(int descriptor);  // 100 where unknown

// Writes all of it, or as much as can be written.
void WriteAll(int descriptor, absl::string_view text);
// The same for what is true of this moment only (progress, times): no `OutputCapture` sees it.
void WriteForNow(int descriptor, absl::string_view text);

// Keeps what `WriteAll` writes, beside writing it, in order.
struct OutputChunk {
  int descriptor = 0;
  std::string text;
};
class OutputCapture {
 public:
  static void Start();
  static std::vector<OutputChunk> Take();  // ends the capture; neighbours of one stream are one chunk
};

// The errno of the first write to standard output that failed; 0 if none did. A reader that went away and an output
// that was closed from the start are no failures: nobody wants to read.
int OutputFailure();

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_TERMINAL_H_
