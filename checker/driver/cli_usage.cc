#include "checker/driver/cli_usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <initializer_list>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/commands/check_report.h"
#include "diagnostics/render/renderer.h"
#include "diagnostics/rule.h"
#include "diagnostics/spelling.h"

namespace overt::driver {
namespace {

// What `overt baseline ACTION` has no use for; empty if nothing is wrong.
std::string WhyWrongBaseline(const BaselineOptions& options) {
  const auto is = [&](std::initializer_list<absl::string_view> actions) {
    return absl::c_linear_search(actions, absl::string_view(options.action));
  };
  if (is({"accept"}) && options.ids.empty()) {
    return "`overt baseline accept` needs the ids of findings; `overt baseline check` lists them";
  }
  if (!is({"accept"}) && !options.ids.empty()) {
    return absl::StrCat("`overt baseline ", options.action, "` takes no words: it looks at the whole project");
  }
  if (!is({"show"}) && !options.by.empty()) return "`--by` belongs to `overt baseline show`";
  if (!is({"create"}) && options.force) return "`--force` belongs to `overt baseline create`";
  if (!is({"create", "update", "accept"}) && !options.reason.empty()) {
    return "`--reason` belongs to `overt baseline create`, `update` and `accept`";
  }
  return "";
}

// What `overt explain` is asked must be one thing.
std::string WhyWrongExplain(const ExplainOptions& options) {
  if (options.list && options.all) return "`--list` and `--all` exclude each other";
  if ((options.list || options.all) && !options.name.empty()) {
    return absl::StrCat("`", options.list ? "--list" : "--all", "` stands in place of `", options.name, "`");
  }
  if (options.name.empty() && !options.list && !options.all) {
    return "`overt explain` needs the name of a rule; `overt explain --list` has them all";
  }
  return "";
}

// The option of a run that reports no findings; empty if it reports them.
std::string InsteadOfReport(const CLI::App& app, const CommandWords& p) {
  if (p.check.diff) return "--diff";
  if (p.check.fix_only) return app.got_subcommand("fix") ? "overt fix" : "--fix-only";
  if (!p.add_ignore.empty()) return "--add-ignore";
  if (app.got_subcommand("suppress")) return "overt suppress";
  return p.check.print.empty() ? "" : "--print";
}

// What shapes a report of findings where none is made; empty if nothing is wrong.
std::string WhyWrongReport(const CLI::App& app, const CommandWords& p) {
  for (const std::string& name : p.check.filter.only) {
    if (!RulesNamed(name).empty()) continue;
    return absl::StrCat("--only: no rule is named `", name, "`", DidYouMean(NearestRuleName(name)));
  }
  const std::string instead = InsteadOfReport(app, p);
  if (instead.empty()) return "";
  const CLI::App* check = app.get_subcommand("check");
  for (const char* option : {"--only", "--min-severity"}) {
    if (check->count(option) == 0) continue;
    return absl::StrCat("`", option, "` narrows a report of findings, and `", instead,
                        "` makes none; `--select` limits what is fixed or silenced");
  }
  for (const char* option : {"--max-diagnostics", "--no-source", "--summary"}) {
    if (check->count(option) == 0) continue;
    return absl::StrCat("`", option, "` is about a report of findings, and `", instead, "` makes none");
  }
  for (const ReportTarget& one : p.check.outputs) {
    if (one.format.empty()) continue;
    return absl::StrCat("`-o ", one.format, ":", one.path, "` is a report of findings, and `", instead, "` makes none");
  }
  return "";
}

// Two reports in one place; empty if each has its own.
std::string WhyWrongOutputs(const CommandWords& p) {
  const std::vector<ReportTarget>& all = p.check.outputs;
  for (auto one = all.begin(); one != all.end(); ++one) {
    const auto path = [&](const ReportTarget& target) {
      return AbsolutePath(target.path, p.global.config.current_folder);
    };
    const auto collides = [&](const ReportTarget& earlier) { return path(earlier) == path(*one); };
    if (std::any_of(all.begin(), one, collides)) return absl::StrCat("`-o` names ", one->path, " twice");
    const auto is_usual = [](const ReportTarget& target) { return target.format.empty(); };
    if (is_usual(*one) && std::any_of(all.begin(), one, is_usual)) {
      return absl::StrCat("the usual report goes to one place: say which format ", one->path,
                          " gets, as in `-o json:", one->path, "`");
    }
  }
  return "";
}

// What has no use beside `--silent`, `--quiet` and `--statistics`; empty if nothing is wrong.
std::string WhyWrongAmount(const CLI::App& app, const CommandWords& p) {
  const CheckOptions& check = p.check;
  const bool shows_more = !check.statistics.empty() || !check.print.empty() || check.shows_fixes;
  if (check.is_silent && (shows_more || !p.summary.empty())) {
    return "`--silent` prints nothing: leave `--statistics`, `--print`, `--summary` and `--show-fixes` out";
  }
  if (check.is_silent && app.count("--verbose") > 0) return "`--silent` and `--verbose` exclude each other";
  if (check.is_silent && absl::c_linear_search(check.paths, "-") && check.fixes() && !check.diff) {
    return "`--silent` would swallow the text that is fixed: leave it out, or `-`";
  }
  if (p.global.verbosity < 0 && !p.summary.empty() && p.summary != "none") {
    return absl::StrCat("`--quiet` leaves the summary out, and `--summary ", p.summary, "` asks for it");
  }
  if (!check.statistics.empty() && check.max_diagnostics) {
    return "`--max-diagnostics` is about findings, and `--statistics` counts them instead";
  }
  if (check.shows_fixes && (check.diff || !check.fixes())) {
    return "`--show-fixes` is for `--fix`, `--fix-only` and `overt fix`, which make fixes";
  }
  return "";
}

// What `suppress` and `--add-ignore` cannot do; empty if it is nothing.
std::string WhyWrongSuppression(const CLI::App& app, const CommandWords& p) {
  const bool adds = !p.add_ignore.empty();
  if (adds && (p.check.fix || p.check.fix_only))
    return "`--add-ignore` writes comments instead of fixes: leave `--fix` and `--fix-only` out";
  if (adds && p.global.config.no_suppressions) {
    return "`--no-suppressions` has no use for the comments that `--add-ignore` writes";
  }
  if (p.suppress.action == "list" && p.check.fixes())
    return "`overt suppress list` writes nothing: leave `--diff` and `--dry-run` out";
  const CLI::App* suppress = app.get_subcommand("suppress");
  const bool is_add = p.suppress.action == "add";
  for (const char* option : {"--reason", "--from", "--location", "--baseline", "--no-baseline"}) {
    if (suppress->count(option) > 0 && !is_add) return absl::StrCat("`", option, "` is for `overt suppress add`");
  }
  const std::string reason = adds ? (p.add_ignore == ":" ? "" : p.add_ignore) : p.suppress.style.reason;
  const bool has_reason = adds ? p.add_ignore != ":" : suppress->count("--reason") > 0;
  const std::string why = has_reason ? fixes::WhyNoReason(reason) : "";
  if (!why.empty()) return absl::StrCat("`", reason, "` is no reason for a comment: ", why);
  if (p.suppress.action != "list" && suppress->count("--output-format") > 0)
    return "`--output-format` is for `overt suppress list`";
  return p.suppress.action == "remove-unused" && !p.global.config.selected.empty()
             ? "`overt suppress remove-unused` removes what is unused, whatever the rule: leave `--rule` out"
             : "";
}

// What has no place beside `--show-files` and `--show-settings`; empty if nothing is wrong.
std::string WhyWrongQuestion(const CommandWords& p) {
  if (!p.shows_files && !p.shows_settings) return "";
  if (p.shows_files && p.shows_settings) return "`--show-files` and `--show-settings` exclude each other";
  const absl::string_view name = p.shows_files ? "--show-files" : "--show-settings";
  const CheckOptions& check = p.check;
  if (check.fixes() || !p.add_ignore.empty() || check.watch || !check.outputs.empty() || !check.print.empty()) {
    return absl::StrCat("`", name, "` checks nothing: leave out what fixes, watches or writes reports");
  }
  if (check.scope.staged || check.scope.changed || !p.scope.empty() || absl::c_linear_search(check.paths, "-")) {
    return absl::StrCat("`", name,
                        "` is about files and folders: leave `-`, `--staged`, `--changed` and `--scope` out");
  }
  if (p.shows_settings && check.paths.size() > 1) return "`--show-settings` is about one file or folder at a time";
  return "";
}

// What `--watch` cannot do; empty if it is nothing.
std::string WhyWrongWatch(const CommandWords& p) {
  const CheckOptions& check = p.check;
  if (absl::c_linear_search(check.paths, "-")) return "`--watch` waits for files to change: `-` is none";
  if (check.scope.staged || check.scope.changed) {
    return "`--watch` reports what is there, whatever git has of it: leave `--staged` and `--changed` out";
  }
  if (check.fixes() || !p.add_ignore.empty()) {
    return "`--watch` writes no files: leave `--fix`, `--fix-only`, `--diff` and `--add-ignore` out";
  }
  if (!check.outputs.empty()) return "`--watch` prints one report after the other: leave `--output` out";
  if (check.is_silent) return "`--watch` is for the reports that it prints: leave `--silent` out";
  if (!check.timings.empty()) return "`--watch` is many runs, and `--timings` is about one";
  if (!check.print.empty()) return "`--watch` reports findings: leave `--print` out";
  std::optional<std::string> format = p.global.config.output_format;
  if (!format) format = EnvironmentVariable(kFormatVariable);
  return format ? WhyNotToWatchIn(*format) : "";
}

}  // namespace

std::string WhyWrongUsage(const CLI::App& app, const CommandWords& p) {
  for (const auto* paths : {&p.check.paths, &p.files.paths, &p.tree.paths, &p.impact.paths, &p.diff.paths}) {
    if (absl::c_linear_search(*paths, "")) return "a path is empty; leave it out, or write `.` for the current folder";
  }
  const bool has_input = absl::c_linear_search(p.check.paths, "-");
  if (has_input && p.check.paths.size() > 1) return "`-` stands for standard input and takes no other path beside it";
  if (has_input && (p.check.scope.staged || p.check.scope.changed || !p.scope.empty())) {
    return "`-` is one file: `--staged`, `--changed` and `--scope` have no use for it";
  }
  if (!has_input && !p.input_name.empty())
    return "`--stdin-filename` names the file that `-` stands for: give `-` as path";
  if (p.check.scope.staged && p.check.scope.changed) return "`--staged` and `--changed` exclude each other";
  if (!p.check.statistics.empty() && p.check.fixes() && !p.check.fix)
    return "`--statistics` counts findings, which are not reported";
  for (const std::string& why :
       {WhyWrongQuestion(p), WhyWrongReport(app, p), WhyWrongOutputs(p), WhyWrongAmount(app, p)}) {
    if (!why.empty()) return why;
  }
  if (const std::string why = WhyWrongSuppression(app, p); !why.empty()) return why;
  if (p.doctor.parity && p.doctor.redact) {
    return "`--redact` is about the report, and `--parity` compares findings in place of it";
  }
  if (app.got_subcommand("explain")) return WhyWrongExplain(p.explain);
  if (p.check.baseline.is_off && p.check.baseline.file) return "`--baseline` and `--no-baseline` exclude each other";
  if (app.got_subcommand("baseline")) return WhyWrongBaseline(p.baseline);
  const auto format = EnvironmentVariable(kFormatVariable);
  if (app.got_subcommand("check") && format && !absl::c_linear_search(RenderFormats(), *format)) {
    return absl::StrCat(kFormatVariable, "=", *format, ": formats are ", absl::StrJoin(RenderFormats(), ", "));
  }
  return p.check.watch ? WhyWrongWatch(p) : "";
}

}  // namespace overt::driver
