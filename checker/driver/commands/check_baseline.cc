#include "checker/driver/commands/check_baseline.h"

#include <unistd.h>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/workspace.h"
#include "checker/resolve/disk.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

// Whether the options leave the run what the project's configuration makes it.
bool IsPlainRun(const CheckOptions& options, const GlobalOptions& global) {
  const ConfigRequest& config = global.config;
  const bool is_partial = options.input || options.scope.staged || options.scope.changed ||
                          options.scope.scope.value_or(Scope::kProject) != Scope::kProject || !config.selected.empty();
  const bool has_settings =
      absl::c_any_of(config.config, [](const std::string& word) { return absl::StrContains(word, "="); });
  return !is_partial && !has_settings && !config.python_version && config.python_platforms.empty();
}

bool CoversProject(const BaselineFile& file, const CheckOptions& options, const GlobalOptions& global) {
  return absl::c_any_of(AbsolutePaths(options.paths, global.config),
                        [&](const std::string& path) { return resolve::IsInside(file.folder, path); });
}

// Also where nothing is stale: a class that moved is called by its new name from here on.
bool WouldChange(const BaselineFile& file, const std::vector<BaselineEntry>& entries) {
  return !absl::c_equal(file.entries, entries, [](const BaselineEntry& left, const BaselineEntry& right) {
    return CompareEntries(left, right) == 0 && left.count == right.count && left.path == right.path;
  });
}

void Shrink(const BaselineFile& file, const GlobalOptions& global) {
  const std::vector<BaselineEntry> entries = file.Shrunk();
  if (!WouldChange(file, entries)) return;
  const absl::Status written = WriteBaseline(file, entries);
  const size_t removed = file.stale_count();
  std::string text = removed > 0 ? absl::StrCat(Counted(removed, "finding"), " gone, taken out") : "entries have moved";
  if (!written.ok()) text = absl::StrCat("not updated: ", written.message());
  if (written.ok() && global.verbosity < 0) return;
  WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(file.shown), ": ", EscapeForTerminal(text), "\n"));
}

void Complain(const BaselineFile& file) {
  for (size_t i = 0; i < file.entries.size(); ++i) {
    if (file.stale[i] > 0) WriteAll(STDERR_FILENO, absl::StrCat("overt: ", StaleLine(file, file.entries[i]), "\n"));
  }
  WriteAll(STDERR_FILENO, absl::StrCat("overt: ", Counted(file.stale_count(), "finding"),
                                       " of the baseline gone: `overt baseline prune` takes them out\n"));
}

}  // namespace

std::string StaleLine(const BaselineFile& file, const BaselineEntry& entry) {
  return EscapeForTerminal(
      absl::StrCat(file.shown, ":", entry.line, ": stale: `", SubjectText(entry), "`, ", NameOf(entry.rule)));
}

bool SettleBaselines(const BaselineRun& run, const CheckOptions& options, const GlobalOptions& global) {
  if (!IsPlainRun(options, global)) return false;
  bool fails = false;
  for (const BaselineFile& file : run.files()) {
    if (!file.is_there || !CoversProject(file, options, global)) continue;
    switch (file.mode) {
      case BaselineMode::kAuto:
        // While somebody types, what is not found now may be there again in a moment.
        if (!options.watch) Shrink(file, global);
        break;
      case BaselineMode::kLock:
        if (file.stale_count() == 0) break;
        if (!options.is_silent) Complain(file);
        fails = true;
        break;
      case BaselineMode::kDiscard: break;
    }
  }
  return fails;
}

}  // namespace overt::driver
