// Steps that several commands take in the same way.
//
//   if (files.empty()) return Refuse("no Python files to check");
//   SayWhatIsIncomplete(session, files.front(), global);
//   CheckResult result = CheckWithProgress(session, files, global, &interrupted);
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_STEPS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_STEPS_H_

#include <atomic>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "checker/driver/cli.h"
#include "checker/driver/session.h"

namespace overt::driver {

// "overt: WHY" on standard error, and the code of a run that cannot be made as it was asked for.
ExitCode Refuse(absl::string_view why);
// The same where what came with the program cannot be used: `Workspace::Open`.
ExitCode RefuseDamaged(const absl::Status& status);

// Says on standard error what the environment of a file (absolute path) lacks, unless the user asked for quiet.
void SayWhatIsIncomplete(const Session& session, const std::string& file, const GlobalOptions& global);

// With a progress bar where people look on. `cancel`: may be null.
CheckResult CheckWithProgress(Session& session, const std::vector<std::string>& files, const GlobalOptions& global,
                              const std::atomic<bool>* cancel);

// What `--select` names; empty: everything.
std::vector<Rule> RulesSelected(const GlobalOptions& global);

// A whole document for programs, with its line end. Paths and texts need not be UTF-8: what is none is replaced.
std::string JsonDocument(const nlohmann::ordered_json& json);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_STEPS_H_
