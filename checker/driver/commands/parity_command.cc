// `overt doctor --parity`: whether the hook and the language server say of the project what the command line says.
//
// Each looks at it in its own way: at the disk, at git's index as if pre-commit had started it, over the protocol. All
// for the first target of the project, which is the only one that an editor looks at.
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/baseline_run.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/scope.h"
#include "checker/driver/workspace.h"
#include "checker/resolve/shown_path.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using ParityJson = nlohmann::ordered_json;
using SeenFindings = std::vector<SeenFinding>;  // sorted

// What one of them says.
struct ProjectLook {
  SeenFindings findings;
  std::vector<std::string> files;  // absolute, sorted: that it looked at
  std::string remark;              // behind the verdict; empty: none
};

SeenFindings FindingsOf(const CheckResult& result) {
  SeenFindings findings;
  for (const FileReport& report : result.files) {
    if (report.diagnostics.empty()) continue;
    const program::FileText text = report.program->Text(report.file);
    const SourceView source{report.display, text.text, text.line_starts};
    for (const Diagnostic& one : report.diagnostics) {
      const LineColumn at = PositionOf(source, one.primary.span.range.begin, ColumnUnit::kCodePoint);
      findings.push_back({report.path, at.line, at.column, std::string(NameOf(one.rule)), one.severity});
    }
  }
  absl::c_sort(findings);
  return findings;
}

// The files checked, without what a baseline accepts.
absl::StatusOr<ProjectLook> Look(Workspace& work, const std::vector<std::string>& files, const GlobalOptions& global) {
  for (const std::string& file : files) work.config().SettingsFor(file);
  if (work.ReportConfigProblems()) return absl::FailedPreconditionError("the configuration has mistakes");
  ProjectLook look{{}, files, ""};
  if (files.empty()) return look;
  if (const std::string error = work.session().EnvironmentError(files.front()); !error.empty()) {
    return absl::FailedPreconditionError(error);
  }
  BaselineRequest request;
  request.start = work.start_folder();
  const auto settings_for = [&work](const std::string& path) { return work.config().SettingsFor(path); };
  absl::StatusOr<BaselineRun> baseline = BaselineRun::Open(request, settings_for, files, work.current_folder());
  if (!baseline.ok()) return baseline.status();
  CheckResult result = CheckWithProgress(work.session(), files, global, nullptr);
  baseline->Compare(work.session(), result);
  baseline->HideAccepted(result);
  look.findings = FindingsOf(result);
  return look;
}

absl::StatusOr<ProjectLook> LookAsCommandLine(const GlobalOptions& global) {
  const absl::StatusOr<std::unique_ptr<Workspace>> work = Workspace::Make(global, nullptr, nullptr);
  if (!work.ok()) return work.status();
  return Look(**work, (*work)->session().FindFiles({global.config.start()}).files, global);
}

// From here on this process sees configurations as git's index has them, so whoever else looks has looked before.
absl::StatusOr<ProjectLook> LookAsHook(const GlobalOptions& global) {
  setenv("PRE_COMMIT", "1", /*overwrite=*/1);
  absl::StatusOr<StagedChange> staged = SeeStaged(global.config.start(), nullptr);
  if (!staged.ok()) return staged.status();
  const absl::StatusOr<std::unique_ptr<Workspace>> work = Workspace::Make(global, nullptr, nullptr);
  if (!work.ok()) return work.status();
  ScopeRequest request;
  request.staged = true;
  request.scope = Scope::kProject;
  const absl::StatusOr<Focus> focus = FindFocus(**work, {}, request, *std::move(staged), nullptr);
  if (!focus.ok()) return focus.status();
  absl::StatusOr<ProjectLook> look = Look(**work, focus->found.files, global);
  if (look.ok() && !focus->partly_staged.empty()) {
    look->remark = absl::StrCat(Counted(focus->partly_staged.size(), "file"),
                                focus->partly_staged.size() == 1 ? " has" : " have", " changes that are not staged");
  }
  return look;
}

SeenFindings InFiles(const SeenFindings& findings, const std::vector<std::string>& files) {
  SeenFindings kept;
  absl::c_copy_if(findings, std::back_inserter(kept),
                  [&](const SeenFinding& one) { return absl::c_binary_search(files, one.path); });
  return kept;
}

SeenFindings Without(const SeenFindings& all, const SeenFindings& others) {
  SeenFindings rest;
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(), std::back_inserter(rest));
  return rest;
}

// One of the others beside the command line.
struct ParityVerdict {
  absl::string_view who;
  std::string not_compared;  // why; empty: it was
  SeenFindings missing, added;
  std::string remark;
  bool is_same() const { return missing.empty() && added.empty(); }
};

ParityVerdict VerdictOn(absl::string_view who, const ProjectLook& command_line,
                        const absl::StatusOr<ProjectLook>& other) {
  if (!other.ok()) return {who, std::string(other.status().message()), {}, {}, ""};
  const SeenFindings expected = InFiles(command_line.findings, other->files);
  std::vector<std::string> remarks;
  if (!other->remark.empty()) remarks.push_back(other->remark);
  const auto less = absl::c_count_if(
      command_line.files, [&](const std::string& file) { return !absl::c_binary_search(other->files, file); });
  if (less > 0)
    remarks.push_back(absl::StrCat("without ", Counted(static_cast<size_t>(less), "file"), " that git does not track"));
  return {who, "", Without(expected, other->findings), Without(other->findings, expected),
          absl::StrJoin(remarks, ", ")};
}

std::string PlaceText(const SeenFinding& one, const std::string& folder) {
  return absl::StrCat(EscapePathAtLineStart(resolve::ShownPath(one.path, folder)), ":", one.line + 1, ":",
                      one.column + 1, ": ", SeverityName(one.severity), "[", EscapeForTerminal(one.rule), "]");
}

std::string VerdictText(const ParityVerdict& verdict, const std::string& folder) {
  if (!verdict.not_compared.empty()) {
    return absl::StrCat(verdict.who, ": not compared: ", EscapeForTerminal(verdict.not_compared), "\n");
  }
  std::string out = absl::StrCat(verdict.who, ": ", verdict.is_same() ? "the same" : "differs",
                                 verdict.remark.empty() ? "" : "; ", EscapeForTerminal(verdict.remark), "\n");
  for (const SeenFinding& one : verdict.missing) {
    absl::StrAppend(&out, "  not there: ", PlaceText(one, folder), "\n");
  }
  for (const SeenFinding& one : verdict.added) {
    absl::StrAppend(&out, "  only there: ", PlaceText(one, folder), "\n");
  }
  return out;
}

ParityJson VerdictJson(const ParityVerdict& verdict, const std::string& folder) {
  const auto list = [&](const SeenFindings& findings) {
    ParityJson places = ParityJson::array();
    for (const SeenFinding& one : findings) places.push_back(PlaceText(one, folder));
    return places;
  };
  if (!verdict.not_compared.empty()) return {{"who", verdict.who}, {"not_compared", verdict.not_compared}};
  return {{"who", verdict.who},
          {"same", verdict.is_same()},
          {"not_there", list(verdict.missing)},
          {"only_there", list(verdict.added)}};
}

}  // namespace

ExitCode RunParity(const GlobalOptions& global, const DoctorOptions& options, const ServerFindings& server) {
  absl::StatusOr<ProjectLook> command_line = LookAsCommandLine(global);
  if (!command_line.ok()) return Refuse(command_line.status().message());
  const std::string& folder = global.config.current_folder;
  absl::StatusOr<ProjectLook> in_editor = ProjectLook{{}, command_line->files, ""};
  if (absl::StatusOr<SeenFindings> seen = server(global); seen.ok()) {
    in_editor->findings = *std::move(seen);
    absl::c_sort(in_editor->findings);
  } else {
    in_editor = seen.status();
  }
  const std::vector<ParityVerdict> verdicts = {VerdictOn("language server", *command_line, in_editor),
                                               VerdictOn("hook", *command_line, LookAsHook(global))};
  if (options.output_format == "json") {
    ParityJson json = {{"schema_version", 1},
                       {"findings", command_line->findings.size()},
                       {"files", command_line->files.size()},
                       {"others", ParityJson::array()}};
    for (const ParityVerdict& one : verdicts) json["others"].push_back(VerdictJson(one, folder));
    WriteAll(STDOUT_FILENO, JsonDocument(json));
  } else {
    std::string out = absl::StrCat("command line: ", Counted(command_line->findings.size(), "finding"), " in ",
                                   Counted(command_line->files.size(), "file"), "\n");
    for (const ParityVerdict& one : verdicts) out += VerdictText(one, folder);
    WriteAll(STDOUT_FILENO, out);
  }
  return absl::c_all_of(verdicts, [](const ParityVerdict& one) { return one.is_same(); }) ? ExitCode::kClean
                                                                                          : ExitCode::kFindings;
}

}  // namespace overt::driver
