#include "checker/driver/commands/steps.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "checker/driver/commands/finding_filter.h"
#include "checker/driver/progress.h"
#include "checker/driver/terminal.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {

ExitCode Refuse(absl::string_view why) {
  WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(why), "\n"));
  return ExitCode::kUsage;
}

ExitCode RefuseDamaged(const absl::Status& status) {
  Refuse(status.message());
  return ExitCode::kInternal;
}

void SayWhatIsIncomplete(const Session& session, const std::string& file, const GlobalOptions& global) {
  const Snapshot snapshot = session.SnapshotFor(file);
  const std::string& lack = snapshot.program->resolver().environment().incomplete;
  if (lack.empty() || global.verbosity < 0) return;
  WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(lack), "\n"));
}

CheckResult CheckWithProgress(Session& session, const std::vector<std::string>& files, const GlobalOptions& global,
                              const std::atomic<bool>* cancel) {
  CheckHooks hooks;
  hooks.cancel = cancel;
  const bool has_progress = global.show_progress && global.verbosity == 0 && IsTerminal(STDERR_FILENO);
  Progress progress(has_progress ? Progress::Mode::kShown : Progress::Mode::kHidden);
  hooks.progress = [&](size_t done, size_t total) { progress.Show(done, total); };
  CheckResult result = session.Check(files, hooks);
  progress.Clear();
  return result;
}

std::vector<Rule> RulesSelected(const GlobalOptions& global) { return RulesOf(global.config.selected); }

std::string JsonDocument(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace overt::driver
