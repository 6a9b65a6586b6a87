// `overt config show|validate|schema|path`, `overt files` and `overt version`.
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/version.h"
#include "checker/driver/why_not.h"
#include "checker/driver/workspace.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/shown_path.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

// `overt files --why PATH`: whether a check would come to the path, and what keeps it from there.
ExitCode SayWhy(const Workspace& work, const FoundFiles& found, const FilesOptions& options) {
  const std::string& folder = work.current_folder();
  const std::string path = AbsolutePath(*options.why, folder);
  const std::string shown = EscapePathAtLineStart(resolve::ShownPath(path, folder));
  struct stat status{};
  if (options.why->empty() || stat(path.c_str(), &status) != 0) {
    const std::string reason = options.why->empty() ? "`--why` needs a path" : shown + ": no such file or folder";
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", reason, "\n"));
    return ExitCode::kUsage;
  }
  const auto below =
      absl::c_count_if(found.files, [&](const std::string& file) { return resolve::IsInside(file, path); });
  const bool is_folder = S_ISDIR(status.st_mode);
  std::string answer;
  if (below == 0) {
    const auto settings_for = [&](const std::string& one) { return work.config().SettingsFor(one); };
    answer = absl::StrCat("not checked: ", WhyNotFound(path, work.Absolute(options.paths), settings_for, folder));
  } else if (is_folder) {
    answer = absl::StrCat("searched: ", below, below == 1 ? " file" : " files");
  } else {
    answer = "checked";
  }
  WriteAll(STDOUT_FILENO, absl::StrCat(shown, ": ", EscapeForTerminal(answer), "\n"));
  return ExitCode::kClean;
}

// What stands for a folder is a file in it.
std::string FileAskedFor(const Workspace& work, const std::string& written) {
  if (written.empty()) return work.start();
  std::string path = AbsolutePath(written, work.current_folder());
  return resolve::IsFolder(path) ? path + "/." : path;
}

}  // namespace

ExitCode RunConfig(const GlobalOptions& global, const ConfigOptions& options) {
  if (options.action == "schema") {
    WriteAll(STDOUT_FILENO, ConfigSchema());
    return ExitCode::kClean;
  }
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  const std::string path = FileAskedFor(**workspace, options.file);
  const std::shared_ptr<const Settings> settings = (*workspace)->config().SettingsFor(path);
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  if (options.action == "validate") {
    // What is there may still be no environment, or no copy of typeshed.
    if (const std::string error = (*workspace)->session().EnvironmentError(path); !error.empty()) {
      return Refuse(error);
    }
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
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  const FoundFiles found = (*workspace)->session().FindFiles((*workspace)->Absolute(options.paths));
  if (options.why) {
    // Its own configuration may be one that the search never came to.
    (*workspace)->config().SettingsFor(AbsolutePath(*options.why, global.config.current_folder));
  }
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  if (options.why) return SayWhy(**workspace, found, options);
  std::string out;
  for (const std::string& path : found.files) {
    absl::StrAppend(&out, EscapePathAtLineStart(resolve::ShownPath(path, (*workspace)->current_folder())), "\n");
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
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
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
