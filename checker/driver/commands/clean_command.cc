// `overt clean`: remove the cache of the current folder's project, or the one that is named.
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/run_cache.h"
#include "checker/driver/workspace.h"
#include "checker/program/cache_store.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {

ExitCode RunClean(const GlobalOptions& global) {
  const ConfigLoader config(global.config);
  const std::shared_ptr<const Settings> settings = config.SettingsFor(global.config.start() + "/.");
  if (ReportProblems(config.problems())) return ExitCode::kUsage;
  const std::string folder = CacheFolderFor(global, *settings);
  const std::string shown = EscapeForTerminal(folder);
  struct stat status{};
  if (lstat(folder.c_str(), &status) != 0) {
    WriteAll(STDOUT_FILENO, absl::StrCat("there is no cache at ", shown, "\n"));
    return ExitCode::kClean;
  }
  std::string why_not;
  const uint64_t freed = program::CacheStore::Clean(folder, &why_not);
  if (!why_not.empty()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", shown, " is left alone: ", why_not, "\n"));
    return ExitCode::kUsage;
  }
  constexpr double kMebi = 1u << 20;
  const std::string size = absl::StrFormat("%.1f MiB", static_cast<double>(freed) / kMebi);
  WriteAll(STDOUT_FILENO, absl::StrCat("removed ", shown, ", ", size, "\n"));
  return ExitCode::kClean;
}

}  // namespace overt::driver
