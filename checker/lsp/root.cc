#include "checker/lsp/root.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/terminal.h"
#include "checker/driver/workspace.h"

namespace overt::lsp {
namespace {

std::string HomeFolder() { return driver::EnvironmentVariable("HOME").value_or(""); }

}  // namespace

std::string PathFromSetting(const std::string& text, const std::string& folder) {
  const std::string home = HomeFolder();
  std::string path = absl::StrReplaceAll(text, {{"${workspaceFolder}", folder}, {"${userHome}", home}});
  if (path == "~" || absl::StartsWith(path, "~/")) path.replace(0, 1, home);
  return driver::AbsolutePath(path, folder);
}

Root::Root(std::string folder, EditorSettings settings, const Surroundings& surroundings)
    : folder_(std::move(folder)), settings_(std::move(settings)) {
  is_too_wide_ = folder_ == "/" || folder_ == HomeFolder();
  driver::ConfigRequest request = surroundings.global.config;
  request.current_folder = folder_;
  request.editor = settings_.configuration;
  if (settings_.configuration_file && !request.config_file) {
    configuration_file_ = PathFromSetting(*settings_.configuration_file, folder_);
    request.config_file = configuration_file_;
  }
  config_ = std::make_shared<const driver::ConfigLoader>(std::move(request));
  driver::SessionOptions options;
  options.current_folder = folder_;
  options.threads = surroundings.global.threads;
  options.stubs = surroundings.stubs;
  options.settings_for = [config = config_](const std::string& path) { return config->SettingsFor(path); };
  options.without_config = [config = config_](const std::string& path) { config->NoteFolderWithoutConfig(path); };
  std::optional<std::string> interpreter = settings_.interpreter;
  if (interpreter) interpreter = PathFromSetting(*interpreter, folder_);
  options.complete_environment = [interpreter](resolve::EnvironmentRequest& environment) {
    driver::CompleteEnvironment(environment);
    if (!environment.python) environment.python = interpreter;
  };
  session_ = std::make_shared<driver::Session>(std::move(options));
  // What is too wide to be looked through has a family of open documents only.
  families_ = std::make_shared<FamilyKeeper>(
      [session = session_, folder = folder_, is_too_wide = is_too_wide_] {
        return is_too_wide ? std::vector<std::string>() : session->FindFiles({folder}).files;
      },
      [config = config_](const std::string& path) { return config->SettingsFor(path); });
}

std::vector<std::string> Root::ConfigurationFiles() const {
  std::vector<std::string> files = config_->files();
  if (!configuration_file_.empty()) files.push_back(configuration_file_);
  return files;
}

bool Root::IsConfiguredBy(absl::string_view path) const { return absl::c_linear_search(ConfigurationFiles(), path); }

std::map<std::string, std::vector<driver::ConfigProblem>> Root::ConfigProblems() const {
  config_->SettingsFor(absl::StrCat(folder_ == "/" ? "" : folder_, "/overt.py"));
  std::map<std::string, std::vector<driver::ConfigProblem>> by_path;
  for (const driver::ConfigProblem& problem : config_->problems()) {
    if (!problem.file.empty() && problem.file != driver::kEditorConfigName)
      by_path[driver::AbsolutePath(problem.file, folder_)].push_back(problem);
  }
  return by_path;
}

std::vector<std::string> Root::EditorMistakes() const {
  std::vector<std::string> mistakes;
  for (const driver::ConfigProblem& problem : config_->problems()) {
    if (problem.file != driver::kEditorConfigName) continue;
    mistakes.push_back(absl::StrCat("`", problem.file, "`: ", problem.message));
  }
  return mistakes;
}

driver::BaselineKeeper::Pointer Root::BaselineFor(const std::string& path) const {
  return baselines_->For(*config_->SettingsFor(path), folder_);
}

driver::FileReport Root::Judged(driver::FileReport report) const {
  const driver::BaselineKeeper::Pointer baseline = BaselineFor(report.path);
  if (baseline != nullptr) driver::MarkAccepted(*session_, *baseline, report);
  std::erase_if(report.diagnostics, [this](const Diagnostic& one) {
    return (!settings_.show_syntax_errors && one.rule == Rule::kSyntaxError) ||
           (!settings_.show_baselined && one.standing == Standing::kAccepted);
  });
  return report;
}

bool Root::Holds(absl::string_view path) const {
  return folder_ == "/" || path == folder_ || absl::StartsWith(path, absl::StrCat(folder_, "/"));
}

const Root* InnermostRoot(const Roots& roots, absl::string_view path) {
  const Root* innermost = nullptr;
  for (const std::shared_ptr<const Root>& root : roots) {
    if (!root->Holds(path)) continue;
    if (innermost == nullptr || root->folder().size() > innermost->folder().size()) innermost = root.get();
  }
  return innermost;
}

std::vector<std::string> FilesOf(const Root& root, const Roots& roots) {
  std::vector<std::string> files = root.session()->FindFiles({root.folder()}).files;
  std::erase_if(files, [&](const std::string& path) { return InnermostRoot(roots, path) != &root; });
  return files;
}

}  // namespace overt::lsp
