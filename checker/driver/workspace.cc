#include "checker/driver/workspace.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "checker/driver/terminal.h"
#include "diagnostics/render/renderer.h"
#include "stubs/locate.h"

namespace overt::driver {
namespace {

std::string ShowProblem(const ConfigProblem& problem) {
  std::string text = "overt: ";
  if (!problem.file.empty()) {
    absl::StrAppend(&text, EscapeForTerminal(problem.file));
    if (problem.line > 0) absl::StrAppend(&text, ":", problem.line, ":", problem.column);
    absl::StrAppend(&text, ": ");
  }
  return absl::StrCat(text, EscapeForTerminal(problem.message), "\n");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Workspace>> Workspace::Make(const GlobalOptions& global,
                                                           std::shared_ptr<const ConfigLoader> config,
                                                           std::shared_ptr<program::TreeStore> trees) {
  auto stubs = stubs::StubIndex::Open(stubs::FindBundledStubs());
  if (!stubs.ok()) return stubs.status();
  std::unique_ptr<Workspace> workspace(new Workspace());
  workspace->request_ = global.config;
  workspace->is_quiet_ = global.verbosity < 0;
  workspace->stubs_ = std::make_shared<program::BoundStubs>(*std::move(stubs));
  workspace->config_ = config ? std::move(config) : std::make_shared<const ConfigLoader>(global.config);
  SessionOptions options;
  options.current_folder = workspace->current_folder();
  options.threads = global.threads;
  options.stubs = workspace->stubs_;
  options.crashed = global.crashed;
  options.trees = std::move(trees);
  options.settings_for = [loader = workspace->config_](const std::string& path) { return loader->SettingsFor(path); };
  options.without_config = [loader = workspace->config_](const std::string& folder) {
    loader->NoteFolderWithoutConfig(folder);
  };
  options.complete_environment = CompleteEnvironment;
  workspace->session_ = std::make_unique<Session>(std::move(options));
  return workspace;
}

absl::StatusOr<Workspace*> Workspace::Open(const GlobalOptions& global, std::shared_ptr<const ConfigLoader> config,
                                           std::shared_ptr<program::TreeStore> trees) {
  absl::StatusOr<std::unique_ptr<Workspace>> made = Make(global, std::move(config), std::move(trees));
  if (!made.ok()) return made.status();
  static Workspace* workspace;  // leak checkers see that it is still in use
  workspace = made->release();
  return workspace;
}

std::vector<std::string> AbsolutePaths(const std::vector<std::string>& paths, const ConfigRequest& request) {
  if (paths.empty()) return {request.start()};
  std::vector<std::string> absolute;
  absolute.reserve(paths.size());
  for (const std::string& path : paths) absolute.push_back(AbsolutePath(path, request.current_folder));
  return absolute;
}

bool Workspace::ReportConfigProblems() const {
  if (!is_quiet_) ReportProblems(config_->remarks());
  return ReportProblems(config_->problems());
}

bool ReportProblems(const std::vector<ConfigProblem>& problems) {
  for (const ConfigProblem& problem : problems) WriteAll(STDERR_FILENO, ShowProblem(problem));
  return !problems.empty();
}

void CompleteEnvironment(resolve::EnvironmentRequest& request) {
  request.virtual_env = EnvironmentVariable("VIRTUAL_ENV");
  request.conda_prefix = EnvironmentVariable("CONDA_PREFIX");
  request.path = EnvironmentVariable("PATH");
  request.home = EnvironmentVariable("HOME");
  request.cache_home = EnvironmentVariable("XDG_CACHE_HOME");
  request.data_home = EnvironmentVariable("XDG_DATA_HOME");
  request.pyenv_root = EnvironmentVariable("PYENV_ROOT");
  request.own_executable = stubs::ProgramPath();
  request.inside_pre_commit = EnvironmentVariable("PRE_COMMIT").has_value();
}

}  // namespace overt::driver
