#include "checker/lsp/root.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/terminal.h"
#include "checker/driver/workspace.h"

namespace overt::lsp {

Root::Root(std::string folder, EditorSettings settings, const Surroundings& surroundings)
    : folder_(std::move(folder)), settings_(std::move(settings)) {
  const std::string home = driver::EnvironmentVariable("HOME").value_or("");
  is_too_wide_ = folder_ == "/" || folder_ == home;
  driver::ConfigRequest request = surroundings.global.config;
  request.current_folder = folder_;
  if (settings_.configuration_file && !request.config_file) request.config_file = settings_.configuration_file;
  config_ = std::make_shared<const driver::ConfigLoader>(std::move(request));
  driver::SessionOptions options;
  options.current_folder = folder_;
  options.threads = surroundings.global.threads;
  options.stubs = surroundings.stubs;
  options.settings_for = [config = config_](const std::string& path) { return config->SettingsFor(path); };
  options.without_config = [config = config_](const std::string& path) { config->NoteFolderWithoutConfig(path); };
  options.complete_environment = [interpreter = settings_.interpreter](resolve::EnvironmentRequest& environment) {
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

bool Root::Governs(const std::string& path) const {
  return folder_ == "/" || path == folder_ || absl::StartsWith(path, absl::StrCat(folder_, "/"));
}

}  // namespace overt::lsp
