// `overt config show|validate|schema|path`, `overt files` and `overt version`.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/version.h"
#include "checker/driver/workspace.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

ExitCode Damaged(const absl::Status& status) {
  WriteAll(STDERR_FILENO, absl::StrCat("overt: ", status.message(), "\n"));
  return ExitCode::kInternal;
}

}  // namespace

ExitCode RunConfig(const GlobalOptions& global, const ConfigOptions& options) {
  if (options.action == "schema") {
    WriteAll(STDOUT_FILENO, ConfigSchema());
    return ExitCode::kClean;
  }
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return Damaged(workspace.status());
  const std::string path = options.file.empty() ? (*workspace)->current_folder() + "/."
                                                : AbsolutePath(options.file, (*workspace)->current_folder());
  const std::shared_ptr<const Settings> settings = (*workspace)->config().SettingsFor(path);
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  if (options.action == "validate") {
    WriteAll(STDOUT_FILENO, settings->config_file.empty() ? "no configuration file found; defaults are in force\n"
                                                          : absl::StrCat(settings->config_file, " is fine\n"));
  } else if (options.action == "path") {
    WriteAll(STDOUT_FILENO, absl::StrCat(settings->config_file.empty() ? "none" : settings->config_file, "\n"));
  } else {
    WriteAll(STDOUT_FILENO, ShowSettings(*settings, options.output_format));
  }
  return ExitCode::kClean;
}

ExitCode RunFiles(const GlobalOptions& global, const FilesOptions& options) {
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return Damaged(workspace.status());
  const FoundFiles found = (*workspace)->session().FindFiles((*workspace)->Absolute(options.paths));
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  std::string out;
  const std::string prefix = (*workspace)->current_folder() + "/";
  for (const std::string& path : found.files) {
    absl::string_view shown = path;
    absl::ConsumePrefix(&shown, prefix);
    absl::StrAppend(&out, EscapePathAtLineStart(shown), "\n");
  }
  WriteAll(STDOUT_FILENO, out);
  bool has_error = false;
  for (const FoundFiles::Skipped& one : found.skipped) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(one.path), ": ", one.reason, "\n"));
    has_error |= one.is_error;
  }
  return has_error ? ExitCode::kUsage : ExitCode::kClean;
}

ExitCode RunVersion(const GlobalOptions& global, const std::string& output_format) {
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return Damaged(workspace.status());
  const std::string typeshed((*workspace)->stubs().commit());
  if (output_format == "json") {
    const nlohmann::ordered_json json = {
        {"version", kVersion}, {"commit", Commit()}, {"typeshed", typeshed}, {"build", BuildDescription()}};
    WriteAll(STDOUT_FILENO, json.dump(2) + "\n");
  } else {
    const std::string more = absl::StrCat("commit ", Commit(), "\n", BuildDescription(), "\n");
    WriteAll(STDOUT_FILENO,
             absl::StrCat("overt ", kVersion, "\ntypeshed ", typeshed, "\n", global.verbosity > 0 ? more : ""));
  }
  return ExitCode::kClean;
}

}  // namespace overt::driver
