// `overt check`: find files, check them, print what was found, say in one line what was done.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "checker/driver/commands/check_baseline.h"
#include "checker/driver/commands/check_once.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/check_targets.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/report_set.h"
#include "checker/driver/commands/run_summary.h"
#include "checker/driver/commands/statistics.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/commands/timings.h"
#include "checker/driver/commands/watch.h"
#include "checker/driver/debug_print.h"
#include "checker/driver/family.h"
#include "checker/driver/fix_run.h"
#include "checker/driver/run_cache.h"
#include "checker/driver/why_not.h"
#include "checker/driver/workspace.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

std::atomic<bool> interrupted{false};

// The check ends at the next file. Whoever interrupts again does not want to wait for that.
void OnInterrupt(int) {
  if (interrupted.exchange(true)) _exit(static_cast<int>(ExitCode::kInterrupted));
}

// Whether the run may go on: nothing that the user named is missing.
bool ReportSkipped(const FoundFiles& found, const GlobalOptions& global) {
  bool may_go_on = true;
  for (const FoundFiles::Skipped& one : found.skipped) {
    if (!one.is_error && global.verbosity < 0) continue;
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(one.path), ": ", one.reason,
                                         one.is_error ? "\n" : ", skipped\n"));
    may_go_on &= !one.is_error;
  }
  return may_go_on;
}

// Said on standard error unless the user asked for quiet: the run goes on, but its answers may surprise.
void ReportWhatMayMislead(const Session& session, const std::vector<std::string>& files /* sorted */,
                          const GlobalOptions& global) {
  SayWhatIsIncomplete(session, files.front(), global);
  if (global.verbosity < 0) return;
  for (const std::string& package : files) {
    absl::string_view folder = package;
    if (!absl::ConsumeSuffix(&folder, "/__init__.py") && !absl::ConsumeSuffix(&folder, "/__init__.pyi")) continue;
    const std::string module = absl::StrCat(folder, ".py");
    if (!std::binary_search(files.begin(), files.end(), module)) continue;
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(module), ": never imported, the package ",
                                         EscapeForTerminal(package), " goes before it\n"));
  }
}

ExitCode CodeOf(const CheckResult& result, const Settings& settings, bool all_named_found, bool exit_zero) {
  if (result.internal_errors > 0) return ExitCode::kInternal;
  if (!all_named_found) return ExitCode::kUsage;
  const bool failed =
      result.errors > 0 || (settings.terminal.error_on_warning && result.warnings > result.accepted_warnings);
  return failed && !exit_zero ? ExitCode::kFindings : ExitCode::kClean;
}

// "12 fixes in 3 files"; "would make" what a diff shows.
std::string FixLine(const FixRun& run, const CheckOptions& options) {
  const size_t fixes = run.fix_count();
  const std::optional<OtherFixes>& other = options.other;
  if (fixes == 0) return absl::StrCat("overt: ", other ? other->nothing : "nothing to fix", "\n");
  const std::string made =
      other          ? absl::StrCat(options.diff ? other->would : other->done, " ", Counted(fixes, other->what))
      : options.diff ? absl::StrCat("would make ", fixes, fixes == 1 ? " fix" : " fixes")
                     : absl::StrCat(fixes, fixes == 1 ? " fix" : " fixes");
  return absl::StrCat("overt: ", made, " in ", Counted(run.file_count(), "file"), "\n");
}

// `--show-fixes`: "overt: pkg/a.py:4: fixed missing-override: add `@override`", for each.
std::string FixLines(const FixRun& run) {
  std::string out;
  for (const NotedFix& one : run.Noted()) {
    absl::StrAppend(&out, "overt: ", EscapeForTerminal(one.shown), ":", one.line, ": fixed ", NameOf(one.rule), ": ",
                    EscapeForTerminal(one.title), "\n");
  }
  return out;
}

// "pkg/a.py: would silence 2 findings", for each file.
std::string ShowCounts(const FixRun& run, const CheckOptions& options) {
  std::string out;
  for (const auto& [shown, fixes] : run.Counts()) {
    absl::StrAppend(&out, EscapePathAtLineStart(shown), ": ", options.other->would, " ",
                    Counted(fixes, options.other->what), "\n");
  }
  return out;
}

// What fixing did, besides the findings that are left.
struct FixOutcome {
  bool has_fixed = false;
  bool has_failed = false;                                 // a file could not be written
  bool is_broken = false;                                  // a fix was wrong: a mistake of overt
  std::vector<std::pair<std::string, std::string>> texts;  // the new ones, by path
};

// The files of the check that a fix may write: with `--staged` and `--changed` those of the change alone.
std::vector<std::string> FilesToFix(const CheckResult& result, const Focus& focus) {
  std::vector<std::string> files;
  for (const FileReport& report : result.files) {
    if (!focus.is_change || absl::c_binary_search(focus.touched, report.path)) files.push_back(report.path);
  }
  return files;
}

// Says which of the files have other text in the working tree than in the index: a fix of the one is none of the other.
bool RefusePartlyStaged(const FixRun& run, const Focus& focus) {
  bool is_refused = false;
  for (const auto& [path, text] : run.Texts()) {
    if (!absl::c_linear_search(focus.partly_staged, path)) continue;
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(path),
                                         ": not fixed, it is staged in part; stage or stash the rest first\n"));
    is_refused = true;
  }
  return is_refused;
}

void SayNotFixed(const FixRun::Failures& failures) {
  for (const auto& [path, reason] : failures) {
    WriteAll(STDERR_FILENO,
             absl::StrCat("overt: ", EscapeForTerminal(path), ": not fixed, ", EscapeForTerminal(reason), "\n"));
  }
}

// Everything about a run that its steps ask for.
struct CheckRun {
  const Workspace& work;
  Session& session;
  const Focus& focus;
  const GlobalOptions& global;
  const CheckOptions& options;
  ReportSet& reports;  // for findings, or for a diff
  Timings* timings;    // null: nobody asks

  bool is_of_input() const { return options.input.has_value(); }
};

// The fixed text to standard output, where no file was named that it could be written to.
FixRun::Failures PrintFixedInput(const CheckRun& of, const FixRun& run) {
  const std::string& path = of.focus.found.files.front();
  const absl::StatusOr<std::string> bytes = run.NewBytes(path, 0);
  if (!bytes.ok()) return {{of.options.input->shown, std::string(bytes.status().message())}};
  WriteAll(STDOUT_FILENO, *bytes);
  return {};
}

FixRequest FixRequestOf(const CheckRun& of, BaselineRun& baseline, const SomeTargets& some) {
  FixRequest request;
  request.bytes = of.focus.bytes;
  if (of.options.unsafe_fixes) request.most = Fix::Applicability::kUnsafe;
  if (of.options.other) {
    request.plan = of.options.other->plan;
    request.most_rounds = of.options.other->most_rounds;
  }
  request.judge = [&](CheckResult& found) {
    if (of.options.other && of.options.other->leaves_accepted) baseline.Compare(of.session, found);
    some.RemoveFrom(found);
  };
  request.only = RulesSelected(of.global);
  request.notes_fixes = of.options.shows_fixes;
  if (!of.is_of_input()) request.bounds.emplace(AbsolutePaths(of.options.paths, of.global.config));
  return request;
}

// Whoever asks for the fixes of one rule that is spared here may wonder why there are none.
void SayWhatIsSpared(const CheckRun& of) {
  if (of.global.verbosity < 0 || of.options.other) return;
  const std::shared_ptr<const Settings> settings = of.work.config().SettingsFor(of.focus.found.files.front());
  for (const std::string& name : of.global.config.selected) {
    const absl::Span<const Rule> named = RulesNamed(name);
    if (named.size() != 1 || settings->fix.options.fixable.contains(named.front())) continue;
    const bool is_unfixable = RuleSetOf(settings->fix.unfixable).contains(named.front());
    const std::string key = is_unfixable ? "fix.unfixable" : "fix.fixable";
    WriteAll(STDERR_FILENO, absl::StrCat("overt: `", NameOf(named.front()), "` is not fixed here: `", key, "` (",
                                         EscapeForTerminal(settings->origins.at(key)), ")\n"));
  }
}

// Fixes as the options say. `result`: what was found; afterwards what is left in the files that may be fixed.
FixOutcome FixFiles(const CheckRun& of, BaselineRun& baseline, const SomeTargets& some, CheckResult& result) {
  std::vector<std::string> files = FilesToFix(result, of.focus);
  FixOutcome outcome;
  SayWhatIsSpared(of);
  if (files.size() < result.files.size()) result = CheckWithProgress(of.session, files, of.global, &interrupted);
  FixRun run(of.session, std::move(files), FixRequestOf(of, baseline, some));
  CheckHooks hooks;
  hooks.cancel = &interrupted;
  result = run.Fix(std::move(result), hooks);
  if (result.cancelled) return outcome;
  FixRun::Failures failures;
  if (of.options.diff) {
    std::string diff;
    failures = run.Diff(of.reports.usual().PatchStyleFor(of.global.color), diff);
    of.reports.usual().Write(of.options.is_count_only ? ShowCounts(run, of.options) : diff);
    outcome.has_fixed = !diff.empty();
  } else if (RefusePartlyStaged(run, of.focus)) {
    run.TakeBack();
    outcome.has_failed = true;
    return outcome;
  } else {
    failures = of.is_of_input() ? PrintFixedInput(of, run) : run.Write();
    outcome.has_fixed = run.fix_count() > 0;
  }
  outcome.texts = run.Texts();
  SayNotFixed(failures);
  outcome.has_failed = !failures.empty();
  for (const std::string& path : run.broken()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: internal error in ", EscapeForTerminal(path),
                                         ": a fix made Python refuse the file, so it was left alone\n"));
  }
  outcome.is_broken = !run.broken().empty();
  if (of.options.other && !of.options.is_silent) {
    for (const std::string& remark : of.options.other->remarks()) WriteAll(STDERR_FILENO, remark);
  }
  if (of.options.shows_fixes) WriteAll(STDERR_FILENO, FixLines(run));
  if (of.global.verbosity >= 0) WriteAll(STDERR_FILENO, FixLine(run, of.options));
  return outcome;
}

ExitCode CodeOfFixing(const CheckResult& result, const FixOutcome& outcome, bool all_named_found,
                      const CheckOptions& options) {
  if (result.internal_errors > 0 || outcome.is_broken) return ExitCode::kInternal;
  if (!all_named_found || outcome.has_failed) return ExitCode::kUsage;
  const bool is_failure = outcome.has_fixed && !options.exit_zero && (options.diff || options.exit_non_zero_on_fix);
  return is_failure ? ExitCode::kFindings : ExitCode::kClean;
}

CacheUse CacheUseFor(const CheckOptions& options) {
  if (!options.print.empty()) return CacheUse::kNothing;
  const bool is_more_than_a_question = options.fixes() || options.scope.staged || options.scope.changed ||
                                       options.input.has_value() || !options.outputs.empty() ||
                                       !options.timings.empty();
  return is_more_than_a_question ? CacheUse::kTrees : CacheUse::kRuns;
}

// Nothing to check is what a hook meets every day, and a mistake of somebody who names files. A report is a whole
// document all the same.
ExitCode SayNothingToCheck(const Workspace& work, const CheckRun& of, bool all_named_found) {
  const std::shared_ptr<const Settings> settings = work.config().SettingsFor(work.start());
  const bool is_fine =
      all_named_found && !of.options.error_on_no_files && (of.focus.is_change || settings->source.force_exclude);
  if (!of.options.fixes()) of.reports.Print({}, FormatsFor(of.global, *settings, of.reports.usual()));
  // Whoever excluded the file that came in wants it back as it was.
  if (of.is_of_input() && of.options.fixes() && !of.options.diff) WriteAll(STDOUT_FILENO, of.options.input->bytes);
  if (!is_fine || of.global.verbosity >= 0) {
    const std::string why =
        of.focus.is_change ? "" : WhyNothingFound(of.focus.found, of.options.paths, work.current_folder());
    WriteAll(STDERR_FILENO, of.focus.nothing_changed
                                ? "overt: no changed Python files\n"
                                : absl::StrCat("overt: no Python files to check", EscapeForTerminal(why), "\n"));
  }
  return is_fine ? ExitCode::kClean : ExitCode::kUsage;
}

ExitCode SayWhyNot(const absl::Status& problem) {
  if (absl::IsCancelled(problem)) {
    WriteAll(STDERR_FILENO, "overt: interrupted\n");
    return ExitCode::kInterrupted;
  }
  return Refuse(problem.message());
}

// The exit code that stands, if every report reached its place.
ExitCode FinishReports(ReportSet& reports, ExitCode code) {
  const std::vector<absl::Status> problems = reports.Finish();
  for (const absl::Status& problem : problems) SayWhyNot(problem);
  return !problems.empty() && code <= ExitCode::kFindings ? ExitCode::kUsage : code;
}

absl::StatusOr<Focus> FocusFor(Workspace& work, const CheckOptions& options, std::optional<StagedChange> staged) {
  if (options.input) return FocusOfInput(work, options.input->path, options.input->bytes);
  return FindFocus(work, options.paths, options.scope, std::move(staged), &interrupted);
}

// From what is looked at to findings, fixes made on the way.
struct Checked {
  CheckResult result;
  FixOutcome fixed;
};

absl::StatusOr<Checked> CheckAndFix(const CheckRun& of, const std::vector<std::string>& files, const Family* family,
                                    BaselineRun& baseline) {
  Checked checked;
  SomeTargets some;
  FileView seen = of.focus.seen;
  const auto check = [&] {
    const Timings::Phase phase(of.timings, "check");
    checked.result = CheckWithProgress(of.session, files, of.global, &interrupted);
    const absl::Status others =
        CheckOtherTargets(of.global, of.work.config(), seen, &interrupted, checked.result, some);
    if (family != nullptr) family->Narrow(checked.result);
    return others;
  };
  if (absl::Status done = check(); !done.ok()) return done;
  if (of.options.fixes()) {
    const Timings::Phase phase(of.timings, "fix");
    checked.fixed = FixFiles(of, baseline, some, checked.result);
  }
  if (of.options.fix && !checked.result.cancelled) {
    for (auto& [path, text] : checked.fixed.texts)
      seen.texts[path] = std::make_shared<const std::string>(std::move(text));
    if (absl::Status done = check(); !done.ok()) return done;
  }
  if (!of.options.fixes()) KeepSelected(RulesSelected(of.global), checked.result);
  return checked;
}

// Findings and the last line. The number of findings that can be fixed stands in it.
std::string Report(const CheckRun& of, const std::vector<std::string>& formats, CheckResult& result) {
  const Timings::Phase phase(of.timings, "report");
  const size_t fixable = AttachFixes(of.session, result);
  const size_t left_out = of.reports.Print(result, formats);
  for (const std::string& error : SummaryOf(result).internal_errors) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: internal error in ", EscapeForTerminal(error), "\n"));
  }
  if (of.global.verbosity < 0) return "";
  if (left_out > 0) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", left_out, " more ", left_out == 1 ? "finding is" : "findings are",
                                         " not shown: --max-diagnostics ", *of.options.max_diagnostics, "\n"));
  }
  switch (of.options.summary) {
    case SummaryForm::kNone: return "";
    case SummaryForm::kLine: break;
    case SummaryForm::kFull: WriteAll(STDERR_FILENO, SummaryTables(result)); break;
  }
  return SummaryLine(result, fixable);
}

absl::StatusOr<BaselineRun> OpenBaselines(const Workspace& work, const std::vector<std::string>& files,
                                          const CheckOptions& options) {
  const auto settings_for = [&work](const std::string& path) { return work.config().SettingsFor(path); };
  BaselineRequest request = options.baseline;
  request.start = work.start_folder();
  const bool reports = !options.fix_only && !options.diff;
  request.is_off |= !reports && !(options.other && options.other->leaves_accepted);
  absl::StatusOr<BaselineRun> run = BaselineRun::Open(request, settings_for, files, work.current_folder());
  if (run.ok() && !request.is_off && request.file && !run->files().front().is_there) {
    return absl::NotFoundError(absl::StrCat("--baseline ", *options.baseline.file,
                                            ": no such file; `overt baseline create --path ", *options.baseline.file,
                                            "` makes it"));
  }
  return run;
}

// Takes out of the findings what a baseline accepts. Whether the run fails over what a baseline has too much.
bool ApplyBaselines(const CheckRun& of, BaselineRun& baseline, CheckResult& result) {
  const Timings::Phase phase(of.timings, "baseline");
  baseline.Compare(of.session, result);
  const bool is_old = result.internal_errors == 0 && SettleBaselines(baseline, of.options, of.global);
  baseline.HideAccepted(result);
  return is_old;
}

// Takes out what the user asked not to see, when all that it means has been drawn from it.
void ApplyFilter(const CheckRun& of, CheckResult& result) {
  const FindingFilter& filter = of.options.filter;
  HideUnwanted(filter, result);
  if (of.global.verbosity < 0) return;
  for (const Rule rule : NamedThoughOff(filter, result, of.session)) {
    WriteAll(STDERR_FILENO,
             absl::StrCat("overt: `", NameOf(rule), "` is off here: `--only` turns nothing on, `--select` does\n"));
  }
}

// What went wrong before anything could be checked; empty if nothing did.
std::string WhyNotToCheck(const CheckRun& of, const std::vector<std::string>& formats) {
  std::string environment_error = of.session.EnvironmentError(of.focus.found.files.front());
  if (!environment_error.empty()) return environment_error;
  if (of.options.other && of.options.other->lacks_reason) {
    const auto requires_reason = [&](const std::string& file) {
      return of.session.SnapshotFor(file).settings->require_reason;
    };
    if (absl::c_any_of(of.focus.found.files, requires_reason)) {
      return "`suppressions.require-reason` is set: say with `--reason` why the findings stay";
    }
  }
  for (const std::string& format : formats) {
    if (const std::string problem = of.options.watch ? WhyNotToWatchIn(format) : ""; !problem.empty()) return problem;
  }
  if (of.options.statistics.empty() || HasStatistics(formats)) return "";
  return absl::StrCat("`--statistics` is a table, or JSON: `--output-format ", formats.front(),
                      "` has no place for it");
}

// The exit code that stands, if they could be written.
ExitCode WriteTimings(const Timings& timings, const GlobalOptions& global, const CheckOptions& options, ExitCode code) {
  ReportSink sink = ReportSink::ToFile(AbsolutePath(options.timings, global.config.current_folder),
                                       absl::StrCat("--timings ", options.timings));
  sink.Write(timings.Json(global.threads));
  const absl::Status written = sink.Finish();
  if (written.ok()) return code;
  SayWhyNot(written);
  return code <= ExitCode::kFindings ? ExitCode::kUsage : code;
}

}  // namespace

CheckEnd CheckOnce(Workspace& work, const GlobalOptions& global, const CheckOptions& options,
                   std::optional<StagedChange> staged, Timings* timings) {
  const absl::StatusOr<Focus> focus = [&] {
    const Timings::Phase phase(timings, "find");
    return FocusFor(work, options, std::move(staged));
  }();
  if (!focus.ok()) return {SayWhyNot(focus.status())};
  if (!focus->remark.empty() && global.verbosity >= 0) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", focus->remark, "\n"));
  }
  const FoundFiles& found = focus->found;
  for (const std::string& file : found.files) work.config().SettingsFor(file);
  if (work.ReportConfigProblems()) return {ExitCode::kUsage};
  const bool all_named_found = ReportSkipped(found, global);
  ReportSet reports(global, options);
  const CheckRun of{work, work.session(), *focus, global, options, reports, timings};
  if (found.files.empty() || focus->nothing_changed) {
    return {FinishReports(reports, SayNothingToCheck(work, of, all_named_found))};
  }
  const std::shared_ptr<const Settings> settings = work.config().SettingsFor(found.files.front());
  const std::vector<std::string> formats = FormatsFor(global, *settings, reports.usual());
  if (const std::string problem = WhyNotToCheck(of, formats); !problem.empty()) {
    return {SayWhyNot(absl::FailedPreconditionError(problem))};
  }
  std::optional<Family> family;
  if (focus->scope == Scope::kAffected) family.emplace(work.session(), *focus, global.threads);
  const std::vector<std::string> files = family ? family->files() : found.files;
  ReportWhatMayMislead(work.session(), found.files, global);
  if (!options.print.empty()) return {PrintProduct(work.session(), files, options.print)};
  absl::StatusOr<BaselineRun> baseline = OpenBaselines(work, found.files, options);
  if (!baseline.ok()) return {SayWhyNot(baseline.status())};

  absl::StatusOr<Checked> checked = CheckAndFix(of, files, family ? &*family : nullptr, *baseline);
  if (!checked.ok()) return {RefuseDamaged(checked.status())};
  CheckResult& result = checked->result;
  if (result.cancelled) return {SayInterrupted()};
  if (timings != nullptr) timings->Count(result);
  const ExitCode code_of_fixing = CodeOfFixing(result, checked->fixed, all_named_found, options);
  if (options.fix_only || options.diff) return {FinishReports(reports, code_of_fixing)};

  const bool is_baseline_old = ApplyBaselines(of, *baseline, result);
  ApplyFilter(of, result);
  CheckEnd end;
  end.summary = Report(of, formats, result);
  end.code = code_of_fixing;
  if (end.code == ExitCode::kClean) end.code = CodeOf(result, *settings, all_named_found, options.exit_zero);
  if (end.code == ExitCode::kClean && is_baseline_old && !options.exit_zero) end.code = ExitCode::kFindings;
  end.code = FinishReports(reports, end.code);
  end.is_whole = true;
  end.files = result.files.size();
  return end;
}

void LetInterruptsEndTheCheck() {
  signal(SIGINT, OnInterrupt);
  signal(SIGTERM, OnInterrupt);
}

bool WasInterrupted() { return interrupted; }

ExitCode SayInterrupted() { return SayWhyNot(absl::CancelledError()); }

ExitCode RunCheck(const GlobalOptions& global, const CheckOptions& options) {
  if (options.watch) return RunWatch(global, options);
  const RunClock::time_point start = RunClock::now();
  if (options.print.empty()) LetInterruptsEndTheCheck();
  std::optional<StagedChange> staged;
  if (options.scope.staged) {
    absl::StatusOr<StagedChange> seen = SeeStaged(global.config.start(), &interrupted);
    if (!seen.ok()) return SayWhyNot(seen.status());
    staged = *std::move(seen);
  }
  std::optional<Timings> timings;
  if (!options.timings.empty()) timings.emplace();
  Timings* const asked = timings ? &*timings : nullptr;
  std::optional<Timings::Phase> start_up(std::in_place, asked, "start");
  const auto config = std::make_shared<const ConfigLoader>(global.config);
  RunCache cache(global, options.paths, *config, CacheUseFor(options));
  if (const std::optional<ExitCode> code = cache.Replay(start)) return *code;
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global, config, cache.trees());
  start_up.reset();
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  CheckEnd end = CheckOnce(**workspace, global, options, std::move(staged), asked);
  if (!end.summary.empty()) WriteSummary(end.summary, start);
  if (end.is_whole) {
    const Timings::Phase phase(asked, "cache");
    cache.Finish(end.code, std::move(end.summary), end.files);
  }
  return timings ? WriteTimings(*timings, global, options, end.code) : end.code;
}

}  // namespace overt::driver
