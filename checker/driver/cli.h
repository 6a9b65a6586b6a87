// The command line: words in, exit code out. Each command is a file in `commands/`.
//
//   overt check src --error missing-override      # 1 if there are findings, 0 if not
//   overt src                                     # the same as `overt check src`
//
// Exit codes: 0 nothing at a failing level, 1 findings, 2 wrong usage, configuration or input, 101 an internal error
// (the other files' results are still printed), 130 interrupted.
#ifndef OVERT_CHECKER_DRIVER_CLI_H_
#define OVERT_CHECKER_DRIVER_CLI_H_

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "checker/driver/config.h"
#include "checker/driver/crash_guard.h"
#include "checker/driver/terminal.h"
#include "diagnostics/rule.h"

namespace overt::driver {

enum class ExitCode : int { kClean = 0, kFindings = 1, kUsage = 2, kInternal = 101, kInterrupted = 130 };

// Chooses the output format where the command line does not.
inline constexpr char kFormatVariable[] = "OVERT_OUTPUT_FORMAT";

// What all commands share.
struct GlobalOptions {
  ConfigRequest config;
  ColorChoice color = ColorChoice::kAuto;
  int verbosity = 0;  // -q is -1, -v is 1
  unsigned threads = 0;
  bool show_progress = true;
  std::vector<std::string> words;        // the command line as it was written
  bool use_cache = true;                 // `--no-cache`
  std::optional<std::string> cache_dir;  // `--cache-dir`, as written
  CrashedFiles crashed;                  // what earlier attempts of this run died of
};

// `overt server`.
struct ServerOptions {
  std::string log_file;  // where to write all messages; empty: nowhere
};
// A finding as all who look at a project should tell it.
struct SeenFinding {
  std::string path;               // absolute
  uint32_t line = 0, column = 0;  // from 0; columns in code points
  std::string rule;
  Severity severity = Severity::kError;
  friend auto operator<=>(const SeenFinding&, const SeenFinding&) = default;
};
// What the language server says of the folder in which the run begins. Errors are one line for people.
using ServerFindings = std::function<absl::StatusOr<std::vector<SeenFinding>>(const GlobalOptions& global)>;

// The language server stands above this layer: whoever starts the program hands it in.
struct ServerLayer {
  std::function<int(const GlobalOptions& global, const ServerOptions& options)> run;  // returns the exit code
  ServerFindings findings;
};

int RunCommandLine(int argc, char** argv, const ServerLayer& server);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CLI_H_
