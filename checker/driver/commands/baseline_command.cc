// `overt baseline create|update|prune|check|accept`: the whole project against its baseline. `show` is a command of its
// own file, for it checks nothing.
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/baseline_file.h"
#include "checker/driver/commands/baseline_show.h"
#include "checker/driver/commands/check_baseline.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/workspace.h"
#include "checker/resolve/disk.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using BaselineJson = nlohmann::ordered_json;

// The project that governs the current folder, checked as a whole, and what its baselines say of it.
struct BaselineWork {
  const GlobalOptions& global;
  const BaselineOptions& options;
  Workspace* workspace = nullptr;
  CheckResult result;
  BaselineRun run;

  bool is_json() const { return options.output_format == "json"; }
  bool is_named() const { return options.path.has_value(); }
};

BaselineRequest::Purpose PurposeOf(const BaselineOptions& options) {
  return options.action == "create" ? BaselineRequest::Purpose::kOverwrite : BaselineRequest::Purpose::kWrite;
}

// An exit code where the project cannot be looked at as a whole.
std::optional<ExitCode> LookAtProject(BaselineWork& work) {
  absl::StatusOr<Workspace*> workspace = Workspace::Open(work.global);
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  work.workspace = *workspace;
  const ConfigLoader& config = work.workspace->config();
  const FoundFiles found = work.workspace->session().FindFiles({config.SettingsFor(work.workspace->start())->project});
  for (const std::string& file : found.files) config.SettingsFor(file);
  if (work.workspace->ReportConfigProblems()) return ExitCode::kUsage;
  if (found.files.empty()) return Refuse("no Python files to check");
  if (const std::string error = work.workspace->session().EnvironmentError(found.files.front()); !error.empty()) {
    return Refuse(error);
  }
  SayWhatIsIncomplete(work.workspace->session(), found.files.front(), work.global);
  BaselineRequest request;
  request.start = work.workspace->start_folder();
  request.file = work.options.path;
  request.purpose = PurposeOf(work.options);
  absl::StatusOr<BaselineRun> run = BaselineRun::Open(
      request, [&config](const std::string& path) { return config.SettingsFor(path); }, found.files,
      work.workspace->current_folder());
  if (!run.ok()) return Refuse(run.status().message());
  work.run = *std::move(run);
  work.result = CheckWithProgress(work.workspace->session(), found.files, work.global, nullptr);
  for (const std::string& error : SummaryOf(work.result).internal_errors) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: internal error in ", EscapeForTerminal(error), "\n"));
  }
  if (work.result.internal_errors > 0) return ExitCode::kInternal;
  work.run.Compare(work.workspace->session(), work.result);
  return std::nullopt;
}

// --- What changes a baseline -----------------------------------------------------------------------------------------

struct BaselineChange {
  const BaselineFile* file = nullptr;
  std::vector<BaselineEntry> entries;
  size_t added = 0, removed = 0, kept = 0;  // findings
};

size_t FindingsIn(const std::vector<BaselineEntry>& entries) {
  size_t count = 0;
  for (const BaselineEntry& entry : entries) count += entry.count;
  return count;
}

// What the action makes of one baseline. `accepts`: whether a finding that is not in it is taken in.
BaselineChange ChangeOf(const BaselineFile& file, const BaselineOptions& options,
                        absl::FunctionRef<bool(const BaselineEntry&)> accepts) {
  const bool takes_out = options.action != "accept";
  std::vector<BaselineEntry> findings = file.findings;
  BaselineChange change{&file, {}, 0, 0, 0};
  for (size_t i = 0; i < findings.size(); ++i) {
    if (file.match.entry_of[i] != BaselineMatch::kNone || !accepts(findings[i])) continue;
    findings[i].reason = options.reason;
    ++change.added;
  }
  const auto is_stale = [&](size_t entry) { return takes_out && file.stale[entry] > 0; };
  change.entries = RenewedEntries(file.entries, findings, file.match, is_stale, accepts);
  change.removed = takes_out ? file.stale_count() : 0;
  change.kept = FindingsIn(change.entries) - change.added;
  return change;
}

std::string ChangeText(const BaselineChange& change, const BaselineOptions& options) {
  if (options.action == "create") return absl::StrCat(Counted(change.added, "finding"), " accepted");
  std::vector<std::string> parts;
  if (change.added > 0) parts.push_back(absl::StrCat(change.added, " added"));
  if (change.removed > 0) parts.push_back(absl::StrCat(change.removed, " removed"));
  parts.push_back(absl::StrCat(change.kept, " kept"));
  return absl::StrJoin(parts, ", ");
}

ExitCode WriteChanges(const BaselineWork& work, const std::vector<BaselineChange>& changes) {
  BaselineJson list = BaselineJson::array();
  for (const BaselineChange& change : changes) {
    const absl::Status written = WriteBaseline(*change.file, change.entries);
    if (!written.ok()) {
      return Refuse(absl::StrCat(change.file->shown, ": cannot be written: ", written.message()));
    }
    list.push_back(
        {{"path", change.file->shown}, {"added", change.added}, {"removed", change.removed}, {"kept", change.kept}});
    if (work.is_json() || work.global.verbosity < 0) continue;
    WriteAll(STDOUT_FILENO,
             absl::StrCat(EscapePathAtLineStart(change.file->shown), ": ", ChangeText(change, work.options), "\n"));
  }
  if (work.is_json()) {
    const BaselineJson json = {{"schema_version", 1}, {"baselines", std::move(list)}};
    WriteAll(STDOUT_FILENO, JsonDocument(json));
  }
  return ExitCode::kClean;
}

// The baseline of the current folder's project is made even if there is nothing to accept, for then it keeps so.
bool IsOfCurrentFolder(const BaselineWork& work, const BaselineFile& file) {
  const std::string& folder = work.workspace->current_folder();
  return file.is_named ||
         file.path == BaselineFileOf(*work.workspace->config().SettingsFor(work.workspace->start()), {}, folder).path;
}

ExitCode CreateBaselines(const BaselineWork& work) {
  std::vector<BaselineChange> changes;
  for (const BaselineFile& file : work.run.files()) {
    if (file.findings.empty() && !IsOfCurrentFolder(work, file)) continue;
    if (file.is_there && !work.options.force) {
      return Refuse(absl::StrCat(file.shown,
                                 ": there is a baseline already: `overt baseline update` brings it "
                                 "up to date, `create --force` makes it anew"));
    }
    changes.push_back(ChangeOf(file, work.options, [](const BaselineEntry&) { return true; }));
  }
  return WriteChanges(work, changes);
}

ExitCode UpdateBaselines(const BaselineWork& work) {
  const bool adds = work.options.action == "update";
  std::vector<BaselineChange> changes;
  for (const BaselineFile& file : work.run.files()) {
    if (file.is_there) changes.push_back(ChangeOf(file, work.options, [&](const BaselineEntry&) { return adds; }));
  }
  return changes.empty() ? RefuseWithoutBaseline(work.run.files().front()) : WriteChanges(work, changes);
}

// --- accept ----------------------------------------------------------------------------------------------------------

// The ids of findings and entries that begin with what was written.
std::set<std::string> IdsThatBegin(const BaselineWork& work, absl::string_view written) {
  std::set<std::string> ids;
  for (const BaselineFile& file : work.run.files()) {
    for (const std::vector<BaselineEntry>* list : {&file.findings, &file.entries}) {
      for (const BaselineEntry& one : *list) {
        const std::string id = IdOf(one);
        if (absl::StartsWith(id, written)) ids.insert(id);
      }
    }
  }
  return ids;
}

ExitCode AcceptFindings(const BaselineWork& work) {
  std::set<std::string> accepted;
  for (const std::string& written : work.options.ids) {
    const std::set<std::string> ids = IdsThatBegin(work, written);
    if (ids.size() != 1) {
      return Refuse(absl::StrCat(
          "`", written, "`: ", ids.empty() ? "no finding has this id" : absl::StrCat(ids.size(), " ids begin so"),
          "; `overt baseline check` lists new findings, `overt baseline show` accepted ones"));
    }
    accepted.insert(*ids.begin());
  }
  const auto is_meant = [&](const BaselineEntry& one) { return accepted.contains(IdOf(one)); };
  std::vector<BaselineChange> changes;
  for (const BaselineFile& file : work.run.files()) {
    if (absl::c_none_of(file.findings, is_meant) && absl::c_none_of(file.entries, is_meant)) continue;
    changes.push_back(ChangeOf(file, work.options, is_meant));
    for (BaselineEntry& entry : changes.back().entries) {
      if (is_meant(entry) && !work.options.reason.empty()) entry.reason = work.options.reason;
    }
  }
  return WriteChanges(work, changes);
}

// --- check -----------------------------------------------------------------------------------------------------------

LineColumn PlaceOf(const FileReport& report, const Diagnostic& finding) {
  const program::FileText text = report.program->Text(report.file);
  return PositionOf({report.display, text.text, text.line_starts}, finding.primary.span.range.begin,
                    ColumnUnit::kCodePoint);
}

// Every baseline of the project against it: what is new, and what is gone.
class BaselineCheck {
 public:
  explicit BaselineCheck(const BaselineWork& work) : work_(work) {}

  ExitCode Run() {
    for (const BaselineFile& file : work_.run.files()) LookAt(file);
    if (work_.is_json()) {
      const BaselineJson json = {
          {"schema_version", 1}, {"new", std::move(new_)}, {"stale", std::move(stale_)}, {"accepted", accepted_}};
      text_ = JsonDocument(json);
    }
    WriteAll(STDOUT_FILENO, text_);
    if (work_.global.verbosity >= 0) {
      WriteAll(STDERR_FILENO, absl::StrCat("overt: baseline: ", new_count_, " new, ", stale_count_, " stale, ",
                                           accepted_, " accepted\n"));
    }
    return new_count_ + stale_count_ > 0 ? ExitCode::kFindings : ExitCode::kClean;
  }

 private:
  void LookAt(const BaselineFile& file) {
    // Reports of this baseline, in the order in which its places count them.
    std::vector<const FileReport*> reports;
    for (const FileReport& report : work_.result.files) {
      if (work_.run.IsOf(report.path, file)) reports.push_back(&report);
    }
    for (size_t i = 0; i < file.findings.size(); ++i) {
      if (file.match.entry_of[i] != BaselineMatch::kNone) {
        ++accepted_;
      } else {
        const auto [report, place] = file.places[i];
        AddNew(file.findings[i], *reports[report], reports[report]->diagnostics[place]);
      }
    }
    for (size_t i = 0; i < file.entries.size(); ++i) {
      if (file.stale[i] > 0) AddStale(file, file.entries[i], file.stale[i]);
    }
  }

  void AddNew(const BaselineEntry& entry, const FileReport& report, const Diagnostic& finding) {
    ++new_count_;
    const LineColumn at = PlaceOf(report, finding);
    absl::StrAppend(&text_, EscapePathAtLineStart(report.display), ":", at.line + 1, ":", at.column + 1,
                    ": new: ", SeverityName(finding.severity), "[", NameOf(finding.rule), "] ",
                    EscapeForTerminal(finding.title), " (", IdOf(entry), ")\n");
    BaselineJson json = EntryJson(entry);
    json["line"] = at.line + 1;
    json["column"] = at.column + 1;
    new_.push_back(std::move(json));
  }

  void AddStale(const BaselineFile& file, const BaselineEntry& entry, size_t count) {
    stale_count_ += count;
    absl::StrAppend(&text_, StaleLine(file, entry), " (", IdOf(entry), ")\n");
    BaselineJson json = EntryJson(entry);
    json["count"] = count;
    json["baseline"] = file.shown;
    json["baseline_line"] = entry.line;
    stale_.push_back(std::move(json));
  }

  const BaselineWork& work_;
  std::string text_;
  BaselineJson new_ = BaselineJson::array(), stale_ = BaselineJson::array();
  size_t new_count_ = 0, stale_count_ = 0, accepted_ = 0;
};

}  // namespace

ExitCode RunBaseline(const GlobalOptions& global, const BaselineOptions& options) {
  if (options.action == "show") return ShowBaseline(global, options);
  BaselineWork work{global, options, nullptr, {}, {}};
  if (const std::optional<ExitCode> code = LookAtProject(work)) return *code;
  if (options.action == "create") return CreateBaselines(work);
  if (options.action == "accept") return AcceptFindings(work);
  if (options.action != "check") return UpdateBaselines(work);
  const bool is_one_there = absl::c_any_of(work.run.files(), [](const BaselineFile& file) { return file.is_there; });
  return is_one_there ? BaselineCheck(work).Run() : RefuseWithoutBaseline(work.run.files().front());
}

}  // namespace overt::driver
