// The cache as one run of `overt check` uses it: where it is, whether the whole run is in it, what is kept at the end.
//
//   RunCache cache(global, paths, config);          // opens it, or does without
//   if (auto code = cache.Replay(start)) return *code;
//   … Workspace::Open(global, config, cache.trees()) … check, print …
//   cache.Finish(result);
//
// `--cache-dir`, then OVERT_CACHE_DIR, then `cache-dir` of the configuration, then `.overt_cache` in the project; none
// with `--no-cache` or OVERT_NO_CACHE. Findings are the same with and without it. A folder that looks meddled with is
// left alone, and in one that cannot be written nothing is kept: either is said in one line, unless with `-q`.
#ifndef OVERT_CHECKER_DRIVER_RUN_CACHE_H_
#define OVERT_CHECKER_DRIVER_RUN_CACHE_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/driver/cli.h"
#include "checker/driver/config.h"
#include "checker/driver/run_record.h"
#include "checker/program/cache_store.h"
#include "checker/program/tree_store.h"

namespace overt::driver {

using RunClock = std::chrono::steady_clock;

// The folder in which runs under these settings keep their cache; absolute.
std::string CacheFolderFor(const GlobalOptions& global, const Settings& settings);

// Writes the last line of a run, with the time that it took.
void WriteSummary(absl::string_view summary, RunClock::time_point start);

// What of the cache a run may use.
enum class CacheUse : uint8_t {
  kNothing,  // nothing is read or written below the cache's folder
  kTrees,    // the trees of files; the run itself depends on more than the log of the disk knows: git, written files
  kRuns,     // whole runs as well
};

class RunCache {
 public:
  RunCache(const GlobalOptions& global, const std::vector<std::string>& paths, const ConfigLoader& config,
           CacheUse use);

  // Null if there is no cache.
  std::shared_ptr<program::TreeStore> trees() const { return trees_; }

  // Prints what the same run printed before, if nothing that it saw has changed.
  std::optional<ExitCode> Replay(RunClock::time_point start);

  // At the end of a run that went its whole way, with everything printed. `summary` as in `RunRecord`.
  void Finish(ExitCode code, std::string summary, size_t files);

 private:
  void Open(const std::string& folder);
  void Keep(ExitCode code, std::string summary, size_t files);
  void Say(const std::string& text) const;                               // with -v
  void Notify(absl::string_view what, const std::string& reason) const;  // without -q

  const GlobalOptions& global_;
  const CacheUse use_;
  std::string folder_;
  RunRequest request_;
  std::shared_ptr<program::CacheStore> store_;
  std::shared_ptr<program::TreeStore> trees_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_RUN_CACHE_H_
