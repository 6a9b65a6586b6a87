// A session with everything that a command needs around it: configuration, bundled stubs, the process environment.
//
//   absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
//   workspace->session().Check(…)
#ifndef OVERT_CHECKER_DRIVER_WORKSPACE_H_
#define OVERT_CHECKER_DRIVER_WORKSPACE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "checker/driver/cli.h"
#include "checker/driver/session.h"

namespace overt::driver {

class Workspace {
 public:
  // Lives until the process ends: to give back its million blocks one by one would only delay that. Errors: the bundled
  // stubs are missing or damaged ("installation damaged: …").
  static absl::StatusOr<Workspace*> Open(const GlobalOptions& global);

  Session& session() { return *session_; }
  const ConfigLoader& config() const { return *config_; }
  const std::string& current_folder() const { return current_folder_; }
  const stubs::StubIndex& stubs() const { return *stubs_; }

  std::vector<std::string> Absolute(const std::vector<std::string>& paths) const;
  // Prints the problems of the configuration, if there are any; then nothing may be checked.
  bool ReportConfigProblems() const;

 private:
  Workspace() = default;
  std::string current_folder_;
  std::shared_ptr<const ConfigLoader> config_;
  std::shared_ptr<const stubs::StubIndex> stubs_;
  std::unique_ptr<Session> session_;
};

// The environment request, completed with VIRTUAL_ENV, PATH and the like of this process.
void CompleteEnvironment(resolve::EnvironmentRequest& request);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_WORKSPACE_H_
