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

// Paths as written on the command line, made absolute; where a run begins if there are none.
std::vector<std::string> AbsolutePaths(const std::vector<std::string>& paths, const ConfigRequest& request);

class Workspace {
 public:
  // Lives until the process ends: to give back its million blocks one by one would only delay that. Errors: the bundled
  // stubs are missing or damaged ("installation damaged: …").
  static absl::StatusOr<Workspace*> Open(const GlobalOptions& global) { return Open(global, nullptr, nullptr); }
  // With a configuration that was read already, and trees kept from run to run; either may be null.
  static absl::StatusOr<Workspace*> Open(const GlobalOptions& global, std::shared_ptr<const ConfigLoader> config,
                                         std::shared_ptr<program::TreeStore> trees);
  // For whoever needs several, one after the other.
  static absl::StatusOr<std::unique_ptr<Workspace>> Make(const GlobalOptions& global,
                                                         std::shared_ptr<const ConfigLoader> config,
                                                         std::shared_ptr<program::TreeStore> trees);

  Session& session() { return *session_; }
  const ConfigLoader& config() const { return *config_; }
  const std::string& current_folder() const { return request_.current_folder; }  // paths are shown from there
  const std::string& start_folder() const { return request_.start(); }
  // What stands for the start folder where a file is asked for.
  std::string start() const { return request_.start() + "/."; }
  const stubs::StubIndex& stubs() const { return *stubs_->index(); }

  std::vector<std::string> Absolute(const std::vector<std::string>& paths) const {
    return AbsolutePaths(paths, request_);
  }
  // Prints what there is to say of the configuration; true if it has problems, for then nothing may be checked.
  bool ReportConfigProblems() const;

 private:
  Workspace() = default;
  ConfigRequest request_;
  bool is_quiet_ = false;
  std::shared_ptr<const ConfigLoader> config_;
  std::shared_ptr<program::BoundStubs> stubs_;
  std::unique_ptr<Session> session_;
};

// Prints the problems of a configuration; false if there are none.
bool ReportProblems(const std::vector<ConfigProblem>& problems);

// The environment request, completed with VIRTUAL_ENV, PATH and the like of this process.
void CompleteEnvironment(resolve::EnvironmentRequest& request);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_WORKSPACE_H_
