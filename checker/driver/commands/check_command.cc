// `overt check`: find files, check them, print what was found, say in one line what was done.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/debug_print.h"
#include "checker/driver/family.h"
#include "checker/driver/fix_run.h"
#include "checker/driver/progress.h"
#include "checker/driver/run_cache.h"
#include "checker/driver/version.h"
#include "checker/driver/workspace.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

std::atomic<bool> interrupted{false};

// The check ends at the next file. Whoever interrupts again does not want to wait for that.
void OnInterrupt(int) {
  if (interrupted.exchange(true)) _exit(static_cast<int>(ExitCode::kInterrupted));
}

void HandleInterruptsWith(void (*handler)(int)) {
  signal(SIGINT, handler);
  signal(SIGTERM, handler);
}

// Texts of the files that diagnostics point into, read once each.
class SourceCache {
 public:
  SourceView Get(const program::Program& program, FileId file) {
    auto& text = texts_[{&program, file}];
    if (text == nullptr) text = std::make_unique<program::FileText>(program.Text(file));
    return {program.file(file).display, text->text, text->line_starts};
  }

 private:
  absl::flat_hash_map<std::pair<const program::Program*, FileId>, std::unique_ptr<program::FileText>> texts_;
};

// More than one where nobody chose: GitHub's runner reads annotations out of the log, people read the lines around
// them.
std::vector<std::string> FormatsFor(const GlobalOptions& global, const Settings& settings) {
  if (global.config.output_format) return {*global.config.output_format};
  if (!settings.terminal.output_format.empty()) return {settings.terminal.output_format};
  if (EnvironmentVariable("GITHUB_ACTIONS") == "true") return {"concise", "github"};
  return {IsTerminal(STDOUT_FILENO) ? "full" : "concise"};
}

// Of one file, in the order of their places; what is more is counted only. Nobody reads so many, and what a report
// holds must have a bound.
constexpr size_t kMostShownOfAFile = 10'000;

RenderSummary SummaryOf(const CheckResult& result) {
  RenderSummary summary;
  summary.errors = result.errors;
  summary.warnings = result.warnings;
  summary.infos = result.infos;
  summary.files = result.files.size();
  for (const FileReport& file : result.files) {
    summary.classes += file.classes;
    summary.override_pairs += file.override_pairs;
    if (file.diagnostics.size() > kMostShownOfAFile) {
      summary.omitted.push_back({file.display, file.diagnostics.size() - kMostShownOfAFile});
    }
    if (!file.internal_error.empty()) {
      summary.internal_errors.push_back(absl::StrCat(file.display, ": ", file.internal_error));
    }
  }
  for (const auto& [path, reason] : result.crashed_elsewhere) {
    summary.internal_errors.push_back(absl::StrCat(path, ": ", reason));
  }
  return summary;
}

void Print(const CheckResult& result, const std::vector<std::unique_ptr<Renderer>>& renderers) {
  SourceCache sources;
  std::string out;
  for (const auto& renderer : renderers) renderer->Begin(out);
  constexpr size_t kEnough = 1u << 16;
  for (const FileReport& file : result.files) {
    const size_t shown = std::min(file.diagnostics.size(), kMostShownOfAFile);
    for (const Diagnostic& diagnostic : absl::MakeConstSpan(file.diagnostics).first(shown)) {
      for (const auto& renderer : renderers) {
        renderer->Add(diagnostic, [&](FileId id) { return sources.Get(*file.program, id); }, out);
      }
      if (out.size() < kEnough) continue;
      WriteAll(STDOUT_FILENO, out);
      out.clear();
    }
  }
  for (const auto& renderer : renderers) renderer->End(SummaryOf(result), out);
  WriteAll(STDOUT_FILENO, out);
}

std::string Count(size_t number, absl::string_view what) {
  return absl::StrCat(number, " ", what, number == 1 ? "" : "s");
}

// Up to the time that the run took. `fixable` of the findings can be fixed safely; 0 also where nobody asked.
std::string SummaryLine(const CheckResult& result, size_t fixable) {
  const RenderSummary summary = SummaryOf(result);
  std::string line = "overt: ";
  if (summary.errors + summary.warnings + summary.infos == 0) {
    line += "no findings";
  } else {
    std::vector<std::string> parts;
    if (summary.errors > 0) parts.push_back(Count(summary.errors, "error"));
    if (summary.warnings > 0) parts.push_back(Count(summary.warnings, "warning"));
    if (summary.infos > 0) parts.push_back(Count(summary.infos, "info"));
    absl::StrAppend(&line, absl::StrJoin(parts, ", "));
    if (fixable > 0) absl::StrAppend(&line, " (", fixable, " fixable with `overt fix`)");
  }
  return absl::StrCat(line, " in ", Count(summary.files, "file"), ", ", summary.classes,
                      summary.classes == 1 ? " class, " : " classes, ", Count(summary.override_pairs, "override pair"));
}

std::vector<std::unique_ptr<Renderer>> RenderersFor(const GlobalOptions& global,
                                                    const std::vector<std::string>& formats) {
  RenderOptions render;
  render.color = UseColor(global.color, STDOUT_FILENO) ? Color::kAnsi : Color::kPlain;
  render.width = TerminalWidth(STDOUT_FILENO);
  render.version = kVersion;
  std::vector<std::unique_ptr<Renderer>> renderers;
  renderers.reserve(formats.size());
  for (const std::string& format : formats) renderers.push_back(MakeRenderer(format, render));
  return renderers;
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
  if (global.verbosity < 0) return;
  const Snapshot snapshot = session.SnapshotFor(files.front());
  if (const std::string& lack = snapshot.program->resolver().environment().incomplete; !lack.empty()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(lack), "\n"));
  }
  for (const std::string& package : files) {
    absl::string_view folder = package;
    if (!absl::ConsumeSuffix(&folder, "/__init__.py") && !absl::ConsumeSuffix(&folder, "/__init__.pyi")) continue;
    const std::string module = absl::StrCat(folder, ".py");
    if (!std::binary_search(files.begin(), files.end(), module)) continue;
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(module), ": never imported, the package ",
                                         EscapeForTerminal(package), " goes before it\n"));
  }
}

CheckResult CheckWithProgress(Session& session, const std::vector<std::string>& files, const GlobalOptions& global) {
  CheckHooks hooks;
  hooks.cancel = &interrupted;
  const bool has_progress = global.show_progress && global.verbosity == 0 && IsTerminal(STDERR_FILENO);
  Progress progress(has_progress ? Progress::Mode::kShown : Progress::Mode::kHidden);
  hooks.progress = [&](size_t done, size_t total) { progress.Show(done, total); };
  CheckResult result = session.Check(files, hooks);
  progress.Clear();
  return result;
}

ExitCode CodeOf(const CheckResult& result, const Settings& settings, bool all_named_found, bool exit_zero) {
  if (result.internal_errors > 0) return ExitCode::kInternal;
  if (!all_named_found) return ExitCode::kUsage;
  const bool failed = result.errors > 0 || (settings.terminal.error_on_warning && result.warnings > 0);
  return failed && !exit_zero ? ExitCode::kFindings : ExitCode::kClean;
}

// Formats that have a place for fixes.
bool ShowsFixes(const std::vector<std::string>& formats) {
  constexpr absl::string_view kWithFixes[] = {"full", "json", "json-lines", "sarif", "rdjson"};
  return absl::c_any_of(formats, [&](const std::string& one) { return absl::c_linear_search(kWithFixes, one); });
}

// "12 fixes in 3 files"; "would make" what a diff shows.
std::string FixLine(const FixRun& run, bool is_diff) {
  const size_t fixes = run.fix_count();
  if (fixes == 0) return "overt: nothing to fix\n";
  return absl::StrCat("overt: ", is_diff ? "would make " : "", fixes, fixes == 1 ? " fix" : " fixes", " in ",
                      Count(run.file_count(), "file"), "\n");
}

// What fixing did, besides the findings that are left.
struct FixOutcome {
  bool has_fixed = false;
  bool has_failed = false;  // a file could not be written
  bool is_broken = false;   // a fix was wrong: a mistake of overt
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

// Fixes as the options say. `result`: what was found; afterwards what is left in the files that may be fixed.
FixOutcome FixFiles(Session& session, const Focus& focus, const GlobalOptions& global, const CheckOptions& options,
                    CheckResult& result) {
  FixRequest request;
  if (options.unsafe_fixes) request.most = Fix::Applicability::kUnsafe;
  for (const std::string& name : global.config.selected) {
    const absl::Span<const Rule> rules = RulesNamed(name);
    request.only.insert(request.only.end(), rules.begin(), rules.end());
  }
  std::vector<std::string> files = FilesToFix(result, focus);
  FixOutcome outcome;
  if (files.size() < result.files.size()) result = CheckWithProgress(session, files, global);
  FixRun run(session, std::move(files), std::move(request));
  CheckHooks hooks;
  hooks.cancel = &interrupted;
  result = run.Fix(std::move(result), hooks);
  if (result.cancelled) return outcome;
  if (options.diff) {
    const std::string diff = run.Diff();
    WriteAll(STDOUT_FILENO, diff);
    outcome.has_fixed = !diff.empty();
  } else if (RefusePartlyStaged(run, focus)) {
    run.TakeBack();
    outcome.has_failed = true;
    return outcome;
  } else {
    const auto failures = run.Write();
    for (const auto& [path, reason] : failures) {
      WriteAll(STDERR_FILENO,
               absl::StrCat("overt: ", EscapeForTerminal(path), ": not fixed, ", EscapeForTerminal(reason), "\n"));
    }
    outcome.has_failed = !failures.empty();
    outcome.has_fixed = run.fix_count() > 0;
  }
  for (const std::string& path : run.broken()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: internal error in ", EscapeForTerminal(path),
                                         ": a fix made Python refuse the file, so it was left alone\n"));
  }
  outcome.is_broken = !run.broken().empty();
  if (global.verbosity >= 0) WriteAll(STDERR_FILENO, FixLine(run, options.diff));
  return outcome;
}

ExitCode CodeOfFixing(const CheckResult& result, const FixOutcome& outcome, bool all_named_found,
                      const CheckOptions& options) {
  if (result.internal_errors > 0 || outcome.is_broken) return ExitCode::kInternal;
  if (!all_named_found || outcome.has_failed) return ExitCode::kUsage;
  const bool is_failure = outcome.has_fixed && (options.diff || options.exit_non_zero_on_fix);
  return is_failure ? ExitCode::kFindings : ExitCode::kClean;
}

CacheUse CacheUseFor(const CheckOptions& options) {
  if (!options.print.empty()) return CacheUse::kNothing;
  const bool is_more_than_a_question = options.fixes() || options.scope.staged || options.scope.changed;
  return is_more_than_a_question ? CacheUse::kTrees : CacheUse::kRuns;
}

// Nothing to check is what a hook meets every day, and a mistake of somebody who names files.
ExitCode SayNothingToCheck(const Workspace& work, const Focus& focus, const GlobalOptions& global,
                           bool all_named_found) {
  const std::shared_ptr<const Settings> settings = work.config().SettingsFor(work.current_folder() + "/.");
  const bool is_fine = all_named_found && (focus.is_change || settings->source.force_exclude);
  if (is_fine) Print({}, RenderersFor(global, FormatsFor(global, *settings)));
  if (!is_fine || global.verbosity >= 0) {
    WriteAll(STDERR_FILENO,
             focus.nothing_changed ? "overt: no changed Python files\n" : "overt: no Python files to check\n");
  }
  return is_fine ? ExitCode::kClean : ExitCode::kUsage;
}

ExitCode SayWhyNot(const absl::Status& problem) {
  if (absl::IsCancelled(problem)) {
    WriteAll(STDERR_FILENO, "overt: interrupted\n");
    return ExitCode::kInterrupted;
  }
  WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(problem.message()), "\n"));
  return ExitCode::kUsage;
}

}  // namespace

ExitCode RunCheck(const GlobalOptions& global, const CheckOptions& options) {
  const RunClock::time_point start = RunClock::now();
  if (options.print.empty()) HandleInterruptsWith(OnInterrupt);
  const auto config = std::make_shared<const ConfigLoader>(global.config);
  RunCache cache(global, options.paths, *config, CacheUseFor(options));
  if (const std::optional<ExitCode> code = cache.Replay(start)) return *code;
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global, config, cache.trees());
  if (!workspace.ok()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", workspace.status().message(), "\n"));
    return ExitCode::kInternal;
  }
  Workspace& work = **workspace;
  const absl::StatusOr<Focus> focus = FindFocus(work, options.paths, options.scope, &interrupted);
  if (!focus.ok()) return SayWhyNot(focus.status());
  if (!focus->remark.empty() && global.verbosity >= 0) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", focus->remark, "\n"));
  }
  const FoundFiles& found = focus->found;
  for (const std::string& file : found.files) work.config().SettingsFor(file);
  if (work.ReportConfigProblems()) return ExitCode::kUsage;
  const bool all_named_found = ReportSkipped(found, global);
  if (found.files.empty() || focus->nothing_changed) return SayNothingToCheck(work, *focus, global, all_named_found);
  const std::string environment_error = work.session().EnvironmentError(found.files.front());
  if (!environment_error.empty()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(environment_error), "\n"));
    return ExitCode::kUsage;
  }
  std::optional<Family> family;
  if (focus->scope == Scope::kAffected) family.emplace(work.session(), *focus, global.threads);
  const std::vector<std::string> files = family ? family->files() : found.files;
  ReportWhatMayMislead(work.session(), found.files, global);
  if (!options.print.empty()) return PrintProduct(work.session(), files, options.print);

  CheckResult result = CheckWithProgress(work.session(), files, global);
  if (family) family->Narrow(result);
  FixOutcome fixed;
  if (options.fixes()) fixed = FixFiles(work.session(), *focus, global, options, result);
  if (options.fix && !result.cancelled) {
    result = CheckWithProgress(work.session(), files, global);
    if (family) family->Narrow(result);
  }
  if (result.cancelled) {
    WriteAll(STDERR_FILENO, "overt: interrupted\n");
    return ExitCode::kInterrupted;
  }
  const ExitCode code_of_fixing = CodeOfFixing(result, fixed, all_named_found, options);
  if (options.fix_only || options.diff) return code_of_fixing;

  const std::shared_ptr<const Settings> settings = work.config().SettingsFor(found.files.front());
  const std::vector<std::string> formats = FormatsFor(global, *settings);
  const size_t fixable = ShowsFixes(formats) ? AttachFixes(work.session(), result) : 0;
  Print(result, RenderersFor(global, formats));
  for (const std::string& error : SummaryOf(result).internal_errors) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: internal error in ", EscapeForTerminal(error), "\n"));
  }
  std::string summary = global.verbosity >= 0 ? SummaryLine(result, fixable) : "";
  if (!summary.empty()) WriteSummary(summary, start);
  const ExitCode code = code_of_fixing != ExitCode::kClean
                            ? code_of_fixing
                            : CodeOf(result, *settings, all_named_found, options.exit_zero);
  cache.Finish(code, std::move(summary), result.files.size());
  return code;
}

}  // namespace overt::driver
