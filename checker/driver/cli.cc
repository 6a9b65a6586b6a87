#include "checker/driver/cli.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/version.h"
#include "diagnostics/render/renderer.h"
#include "diagnostics/spelling.h"

namespace overt::driver {
namespace {

constexpr absl::string_view kCommands[] = {"check",  "fix",         "suppress", "explain", "rules",    "env",  "tree",
                                           "impact", "diff",        "files",    "config",  "baseline", "init", "doctor",
                                           "clean",  "completions", "server",   "lsp",     "version"};

constexpr char kHelp[] = R"(overt: a type checker for Python that knows its class hierarchies

usage: overt [COMMAND] [OPTIONS] [PATH…]        `overt src` means `overt check src`

commands
  check [PATH…|-]        report findings; `-`: in what comes from standard input
  fix [PATH…]            make the safe fixes; `check --fix` reports what is left as well
  suppress ACTION        comments that silence findings: add, remove-unused, list
  explain RULE           what a rule finds, how to fix it; other checkers' codes too   [--list]
  rules                  all rules with their levels here
  env [--import NAME]    the environment in use, and why; where an import is looked for
  tree CLASS             its ancestors and its subclasses   [--up] [--down] [--member NAME]
  impact CLASS.MEMBER    what depends on it: overrides, heirs, uses by super(), class and self
  diff REF [PATH…]       what changed for those who derive from the classes   [--public-only]
  files [PATH…]          the files that would be checked; or why one is not   [--why PATH]
  config ACTION [FILE]   show, validate, schema, path
  baseline ACTION        what is accepted for now: create, update, prune, check, show, accept ID…
  init [--dry-run]       a configuration here, from that of mypy, pyright, pyrefly or ty
  doctor [--redact]      all that a bug report needs
  completions SHELL      a script with which bash, zsh or fish complete these words
  server [--log-file F]  the language server, on standard input and output
  clean, version         remove the cache; versions of overt and of its stubs

rules     --error, --warn, --info, --ignore RULE,…     level of a rule, group or `all`; later wins
          --select RULE,…     report or fix these alone; turns on what is off by default
fixes     --fix   --fix-only   --diff   --unsafe-fixes   --exit-non-zero-on-fix
          --add-ignore[=REASON] (a comment at each finding)   --no-suppressions (as if none were)
files     --exclude PATTERN   --force-exclude   --no-respect-ignore-files   --stdin-filename NAME
scope     --staged   --changed[=REF]     what a commit or the work since REF breaks, subclasses too
          --scope project|files|affected (the classes of the change, or of PATH, and all below)
baseline  --baseline FILE   --no-baseline   --baseline-mode auto|lock|discard
          of `overt baseline`: --path FILE   --reason TEXT   --force   --by rule|base|owner|path
target    --python PATH   --python-version 3.N   --python-platform NAME   --root DIR
          --extra-search-path DIR   --typeshed DIR   --config FILE   --isolated
output    --output-format full|concise|grouped|json|json-lines|sarif|github|gitlab|azure|junit|
          rdjson|teamcity|pylint|markdown (or OVERT_OUTPUT_FORMAT)  -o, --output FILE  --statistics
          --color auto|always|never   -q   -v   --no-progress   -e, --exit-zero   --error-on-warning
          --print PRODUCT     source, syntax, ast, symbols, flow or classes instead of findings
run       -w, --watch (again, when a file changes)   -j N (threads)   --no-cache   --cache-dir DIR
exit      0 clean, 1 findings, 2 wrong usage or configuration, 101 internal error, 130 interrupted
)";

struct Parsed {
  GlobalOptions global;
  CheckOptions check;
  ExplainOptions explain;
  EnvOptions env;
  TreeOptions tree;
  ImpactOptions impact;
  DiffOptions diff;
  FilesOptions files;
  ConfigOptions config;
  BaselineOptions baseline;
  ServerOptions server;
  std::string shell;  // `completions SHELL`
  std::string input_name;
  std::string rules_format = "text";
  std::string version_format = "text";
  std::string color = "auto";
  SuppressOptions suppress;
  DoctorOptions doctor;
  InitOptions init;
  std::string add_ignore;     // `--add-ignore`: a reason, or `:` without one
  std::string scope;          // `--scope`; empty: the default
  std::string baseline_mode;  // `--baseline-mode`; empty: the project's
  std::string changed;        // `--changed`: a revision, or `:` without one
};

// Options that every command takes.
void AddGlobalOptions(CLI::App& app, Parsed& p) {
  ConfigRequest& config = p.global.config;
  const auto level = [&](const char* flag, Severity severity) {
    app.add_option_function<std::vector<std::string>>(flag,
                                                      [&config, severity](const std::vector<std::string>& names) {
                                                        for (const std::string& name : names)
                                                          config.levels.emplace_back(name, severity);
                                                      })
        ->allow_extra_args(false)
        ->delimiter(',')
        ->trigger_on_parse();
  };
  level("--error", Severity::kError);
  level("--warn", Severity::kWarning);
  level("--info", Severity::kInfo);
  level("--ignore", Severity::kIgnore);
  app.add_option("--python", config.python);
  app.add_option("--python-version", config.python_version);
  app.add_option("--python-platform", config.python_platform);
  app.add_option("--root", config.roots)->allow_extra_args(false);
  app.add_option("--extra-search-path", config.extra_paths)->allow_extra_args(false);
  app.add_option("--typeshed", config.typeshed);
  app.add_option("--exclude,--extend-exclude", config.exclude)->allow_extra_args(false);
  app.add_flag("--force-exclude", config.force_exclude);
  app.add_flag("--no-respect-ignore-files", config.ignore_gitignore);
  app.add_option("--config", config.config_file);
  app.add_flag("--isolated", config.isolated);
  app.add_flag("--error-on-warning", config.error_on_warning);
  app.add_option("--color", p.color)->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag_callback("-q,--quiet", [&p] { p.global.verbosity = -1; });
  app.add_flag_function("-v,--verbose", [&p](int64_t count) { p.global.verbosity = static_cast<int>(count); });
  app.add_flag_callback("--no-progress", [&p] { p.global.show_progress = false; });
  app.add_flag_callback("--no-cache", [&p] { p.global.use_cache = false; });
  app.add_option("--cache-dir", p.global.cache_dir);
  app.add_option_function<std::string>("-j,--threads", [&p](const std::string& word) {
    constexpr unsigned kMostThreads = 512;
    if (absl::SimpleAtoi(word, &p.global.threads) && p.global.threads <= kMostThreads) return;
    throw CLI::ValidationError(absl::StrCat("-j ", word), absl::StrCat("a number of threads from 0 to ", kMostThreads,
                                                                       " is wanted; 0: one for each processor"));
  });
}

void AddFormat(CLI::App& command, std::string& format, std::vector<std::string> choices) {
  format = choices.front();
  command.add_option("--output-format", format)->check(CLI::IsMember(std::move(choices)));
}

void AddScope(CLI::App& check, Parsed& p) {
  check.add_option("--scope", p.scope)->check(CLI::IsMember({"project", "files", "affected"}));
  check.add_flag("--staged", p.check.scope.staged);
  // A flag: the word after it is a path, a revision is `--changed=REF`. No revision is called `:`.
  check.add_flag("--changed{:}", p.changed);
}

void ReadScope(Parsed& p) {
  ScopeRequest& scope = p.check.scope;
  if (p.scope == "project") scope.scope = Scope::kProject;
  if (p.scope == "files") scope.scope = Scope::kFiles;
  if (p.scope == "affected") scope.scope = Scope::kAffected;
  scope.changed = !p.changed.empty();
  if (scope.changed && p.changed != ":") scope.revision = p.changed;
}

void AddFixOptions(CLI::App& command, Parsed& p) {
  command.add_flag("--diff", p.check.diff);
  command.add_flag("-e,--exit-zero", p.check.exit_zero);
  command.add_option("-o,--output", p.check.output);
  command.add_option("--stdin-filename", p.input_name);
  command.add_option("--select", p.global.config.selected)->allow_extra_args(false)->delimiter(',');
  command.add_flag("--unsafe-fixes", p.check.unsafe_fixes);
  command.add_flag("--exit-non-zero-on-fix", p.check.exit_non_zero_on_fix);
}

void AddBaselineChoice(CLI::App& command, Parsed& p) {
  command.add_option("--baseline", p.check.baseline.file);
  command.add_flag("--no-baseline", p.check.baseline.is_off);
}

void AddBaseline(CLI::App& app, CLI::App& check, Parsed& p) {
  AddBaselineChoice(check, p);
  check.add_option("--baseline-mode", p.baseline_mode)->check(CLI::IsMember({"auto", "lock", "discard"}));
  CLI::App* baseline = app.add_subcommand("baseline");
  baseline->add_option("action", p.baseline.action)
      ->required()
      ->check(CLI::IsMember({"create", "update", "prune", "check", "show", "accept"}));
  baseline->add_option("ids", p.baseline.ids);
  baseline->add_option("--path", p.baseline.path);
  baseline->add_option("--reason", p.baseline.reason);
  baseline->add_flag("--force", p.baseline.force);
  baseline->add_option("--by", p.baseline.by)->check(CLI::IsMember({"rule", "base", "owner", "path"}));
  AddFormat(*baseline, p.baseline.output_format, {"text", "json"});
}

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

void AddSuppress(CLI::App& app, Parsed& p) {
  CLI::App* suppress = app.add_subcommand("suppress");
  suppress->add_option("action", p.suppress.action)->required()->check(CLI::IsMember({"add", "remove-unused", "list"}));
  suppress->add_option("paths", p.check.paths);
  suppress->add_option("--rule,--select", p.global.config.selected)->allow_extra_args(false)->delimiter(',');
  suppress->add_option("--from", p.suppress.from);
  suppress->add_option("--reason", p.suppress.style.reason);
  suppress
      ->add_option_function<std::string>("--location",
                                         [&p](const std::string& word) {
                                           p.suppress.style.location = word == "above"
                                                                           ? fixes::IgnoreStyle::Location::kAbove
                                                                           : fixes::IgnoreStyle::Location::kLine;
                                         })
      ->check(CLI::IsMember({"line", "above"}));
  suppress->add_flag("--diff", p.check.diff);
  suppress->add_flag("--dry-run", p.check.is_count_only);
  suppress->add_option("-o,--output", p.check.output);
  suppress->add_option("--stdin-filename", p.input_name);
  AddBaselineChoice(*suppress, p);
  AddFormat(*suppress, p.suppress.output_format, {"text", "json"});
}

void AddCommands(CLI::App& app, Parsed& p) {
  CLI::App* check = app.add_subcommand("check");
  check->add_option("paths", p.check.paths);
  check->add_flag("--statistics", p.check.statistics);
  check->add_option("--print", p.check.print);
  check->add_flag("-w,-W,--watch", p.check.watch);
  AddScope(*check, p);
  std::vector<std::string> formats;
  for (const absl::string_view format : RenderFormats()) formats.emplace_back(format);
  check->add_option("--output-format", p.global.config.output_format)->check(CLI::IsMember(formats));

  check->add_flag("--fix", p.check.fix);
  check->add_flag("--fix-only", p.check.fix_only);
  AddFixOptions(*check, p);
  CLI::App* fix = app.add_subcommand("fix");
  fix->add_option("paths", p.check.paths);
  AddFixOptions(*fix, p);

  check->add_flag("--add-ignore{:}", p.add_ignore);
  check->add_flag("--no-suppressions", p.global.config.no_suppressions);
  AddSuppress(app, p);

  CLI::App* explain = app.add_subcommand("explain");
  explain->add_option("rule", p.explain.name);
  explain->add_flag("--list", p.explain.list);
  AddFormat(*explain, p.explain.output_format, {"text", "markdown", "json"});
  AddFormat(*app.add_subcommand("rules"), p.rules_format, {"text", "json"});

  CLI::App* env = app.add_subcommand("env");
  env->add_option("file", p.env.file);
  env->add_option("--import", p.env.import_name);
  AddFormat(*env, p.env.output_format, {"text", "json"});

  CLI::App* tree = app.add_subcommand("tree");
  tree->add_option("class", p.tree.class_name)->required();
  tree->add_option("paths", p.tree.paths);
  tree->add_option("--member", p.tree.member);
  CLI::Option* up = tree->add_flag("--up", p.tree.is_up_only);
  tree->add_flag("--down", p.tree.is_down_only)->excludes(up);
  AddFormat(*tree, p.tree.output_format, {"text", "json", "dot", "mermaid"});

  CLI::App* impact = app.add_subcommand("impact");
  impact->add_option("member", p.impact.member)->required();
  impact->add_option("paths", p.impact.paths);
  AddFormat(*impact, p.impact.output_format, {"text", "json"});
  CLI::App* diff = app.add_subcommand("diff");
  diff->add_option("revision", p.diff.revision)->required();
  diff->add_option("paths", p.diff.paths);
  diff->add_flag("--public-only", p.diff.public_only);
  p.diff.fail_on = "break";
  diff->add_option("--fail-on", p.diff.fail_on)->check(CLI::IsMember({"break", "any", "never"}));
  AddFormat(*diff, p.diff.output_format, {"text", "json"});

  CLI::App* files = app.add_subcommand("files");
  files->add_option("paths", p.files.paths);
  files->add_option("--why", p.files.why);

  CLI::App* config = app.add_subcommand("config");
  config->add_option("action", p.config.action)
      ->required()
      ->check(CLI::IsMember({"show", "validate", "schema", "path"}));
  config->add_option("file", p.config.file);
  AddFormat(*config, p.config.output_format, {"toml", "json"});
  AddBaseline(app, *check, p);
  app.add_subcommand("clean");
  CLI::App* doctor = app.add_subcommand("doctor");
  doctor->add_flag("--redact", p.doctor.redact);
  AddFormat(*doctor, p.doctor.output_format, {"text", "json"});
  CLI::App* init = app.add_subcommand("init");
  init->add_option("--from", p.init.from)->check(CLI::IsMember({"mypy", "pyright", "pyrefly", "ty"}));
  init->add_flag("--dry-run", p.init.is_dry_run);
  init->add_flag("--print-config", p.init.print_config);
  app.add_subcommand("completions")
      ->add_option("shell", p.shell)
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  CLI::App* server = app.add_subcommand("server")->alias("lsp");
  server->add_option("--log-file", p.server.log_file);
  // What clients add of their own accord.
  server->add_flag("--stdio");
  server->add_option("--clientProcessId");
  AddFormat(*app.add_subcommand("version"), p.version_format, {"text", "json"});
}

bool PathExists(const std::string& path) {
  struct stat status{};
  return lstat(path.c_str(), &status) == 0;
}

// Whether the word after this one belongs to it: `--error all`, `-j 4`, but not `--error=all`, `-j4` or `--isolated`.
bool TakesNextWord(const std::string& word, const CLI::App& app) {
  if (word.size() < 2 || word[0] != '-' || absl::StrContains(word, "=")) return false;
  if (word[1] != '-' && word.size() > 2) return false;  // `-j4`, `-qv`
  const auto takes = [&](const CLI::App& command) {
    const CLI::Option* option = command.get_option_no_throw(word);
    return option != nullptr && option->get_items_expected_max() > 0;
  };
  return takes(app) || absl::c_any_of(app.get_subcommands([](const CLI::App*) { return true; }),
                                      [&](const CLI::App* command) { return takes(*command); });
}

// The first word that is neither an option nor the value of one. After `--` only such words follow.
std::vector<std::string>::const_iterator FirstOperand(const std::vector<std::string>& words, const CLI::App& app) {
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (*word == "--") return word + 1;
    if (word->empty() || (*word)[0] != '-') return word;
    if (TakesNextWord(*word, app) && word + 1 != words.end()) ++word;
  }
  return words.end();
}

// `overt src` means `overt check src`: the first word that is no option decides.
void InsertCheck(std::vector<std::string>& words, const CLI::App& app) {
  const auto first = FirstOperand(words, app);
  const bool is_command = first != words.end() && absl::c_linear_search(kCommands, absl::string_view(*first));
  if (!is_command && (first == words.end() || PathExists(*first) || absl::StrContains(*first, "/"))) {
    words.insert(words.begin(), "check");
  }
}

// What `suppress` and `--add-ignore` cannot do; empty if it is nothing.
std::string WhyWrongSuppression(const CLI::App& app, const Parsed& p) {
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

// What `--watch` cannot do; empty if it is nothing.
std::string WhyWrongWatch(const Parsed& p) {
  const CheckOptions& check = p.check;
  if (absl::c_linear_search(check.paths, "-")) return "`--watch` waits for files to change: `-` is none";
  if (check.scope.staged || check.scope.changed) {
    return "`--watch` reports what is there, whatever git has of it: leave `--staged` and `--changed` out";
  }
  if (check.fixes() || !p.add_ignore.empty()) {
    return "`--watch` writes no files: leave `--fix`, `--fix-only`, `--diff` and `--add-ignore` out";
  }
  if (!check.output.empty()) return "`--watch` prints one report after the other: leave `--output` out";
  if (!check.print.empty()) return "`--watch` reports findings: leave `--print` out";
  std::optional<std::string> format = p.global.config.output_format;
  if (!format) format = EnvironmentVariable(kFormatVariable);
  return format ? WhyNotToWatchIn(*format) : "";
}

// What words that go together would contradict; empty if nothing is wrong with them.
std::string WhyWrongUsage(const CLI::App& app, const Parsed& p) {
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
  if (p.check.statistics && p.check.fixes() && !p.check.fix)
    return "`--statistics` counts findings, which are not reported";
  if (const std::string why = WhyWrongSuppression(app, p); !why.empty()) return why;
  if (app.got_subcommand("explain") && p.explain.name.empty() && !p.explain.list) {
    return "`overt explain` needs the name of a rule; `overt explain --list` has them all";
  }
  if (p.check.baseline.is_off && p.check.baseline.file) return "`--baseline` and `--no-baseline` exclude each other";
  if (app.got_subcommand("baseline")) return WhyWrongBaseline(p.baseline);
  const auto format = EnvironmentVariable(kFormatVariable);
  if (app.got_subcommand("check") && format && !absl::c_linear_search(RenderFormats(), *format)) {
    return absl::StrCat(kFormatVariable, "=", *format, ": formats are ", absl::StrJoin(RenderFormats(), ", "));
  }
  return p.check.watch ? WhyWrongWatch(p) : "";
}

// Everything that comes on standard input.
std::string ReadStandardInput() {
  std::string bytes;
  std::vector<char> buffer(1u << 16);
  while (true) {
    const ssize_t size = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return bytes;
    bytes.append(buffer.data(), static_cast<size_t>(size));
  }
}

// `-`: without a name it is shown as `-`, in the current folder.
ExitCode RunCheckOfWords(Parsed& p) {
  if (p.check.paths == std::vector<std::string>{"-"}) {
    const std::string shown = p.input_name.empty() ? "-" : p.input_name;
    const std::string path = AbsolutePath(shown, p.global.config.current_folder);
    p.check.paths = {path};
    p.check.input = CheckOptions::Input{path, shown, ReadStandardInput()};
  }
  if (!p.suppress.action.empty()) return RunSuppress(p.global, p.check, p.suppress);
  if (!p.add_ignore.empty()) {
    p.check.fix_only = true;
    p.check.other = AddIgnores({fixes::IgnoreStyle::Location::kLine, p.add_ignore == ":" ? "" : p.add_ignore}, nullptr);
  }
  return RunCheck(p.global, p.check);
}

ExitCode Dispatch(const CLI::App& app, Parsed& p) {
  if (app.got_subcommand("fix")) p.check.fix_only = true;
  if (p.check.is_count_only) p.check.diff = true;
  if (const std::string problem = WhyWrongUsage(app, p); !problem.empty()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(problem), "\n"));
    return ExitCode::kUsage;
  }
  if (app.got_subcommand("completions")) return RunCompletions(app, p.shell);
  if (app.got_subcommand("explain")) return RunExplain(p.global, p.explain);
  if (app.got_subcommand("rules")) return RunRules(p.global, p.rules_format);
  if (app.got_subcommand("env")) return RunEnv(p.global, p.env);
  if (app.got_subcommand("tree")) return RunTree(p.global, p.tree);
  if (app.got_subcommand("impact")) return RunImpact(p.global, p.impact);
  if (app.got_subcommand("diff")) return RunDiff(p.global, p.diff);
  if (app.got_subcommand("files")) return RunFiles(p.global, p.files);
  if (app.got_subcommand("config")) return RunConfig(p.global, p.config);
  if (app.got_subcommand("baseline")) return RunBaseline(p.global, p.baseline);
  if (app.got_subcommand("clean")) return RunClean(p.global);
  if (app.got_subcommand("doctor")) return RunDoctor(p.global, p.doctor);
  if (app.got_subcommand("init")) return RunInit(p.global, p.init);
  if (app.got_subcommand("version")) return RunVersion(p.global, p.version_format);
  return RunCheckOfWords(p);
}

// "--name" of everything that the program or one of its commands takes.
std::vector<std::string> LongOptions(const CLI::App& app) {
  std::vector<const CLI::App*> apps = app.get_subcommands([](const CLI::App*) { return true; });
  apps.push_back(&app);
  std::vector<std::string> names;
  for (const CLI::App* one : apps) {
    for (const CLI::Option* option : one->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

// The first word that is neither a command nor a path: "overt chekc", "overt nowhere.py". Empty if there is none.
std::string UnknownFirstWord(const std::vector<std::string>& words, const CLI::App& app) {
  const auto first = FirstOperand(words, app);
  if (first == words.end() || absl::c_linear_search(kCommands, absl::string_view(*first))) return "";
  const absl::string_view near = NearestBySpelling(*first, kCommands);
  return absl::StrCat("no such file: ", *first, "; nor is it a command",
                      near.empty() ? absl::StrCat(": there are ", absl::StrJoin(kCommands, ", "))
                                   : absl::StrCat("; did you mean `", near, "`?"));
}

// What can be said of the words beside what the parser says.
std::string Suggestion(const std::vector<std::string>& words, const CLI::App& app) {
  const auto is_of_change = [](absl::string_view word) {
    return word == "--staged" || absl::StartsWith(word, "--changed") || absl::StartsWith(word, "--scope");
  };
  if (app.got_subcommand("fix") && absl::c_any_of(words, is_of_change)) {
    return "; `fix` writes the files that it is given: `overt check --staged --fix` fixes those of a commit";
  }
  for (const std::string& word : words) {
    if (word.empty() || word == "check") continue;
    std::vector<std::string> owned;
    if (absl::StartsWith(word, "--")) {
      owned = LongOptions(app);
    } else if (word == words.front()) {
      for (const absl::string_view command : kCommands) owned.emplace_back(command);
    }
    const std::vector<absl::string_view> candidates(owned.begin(), owned.end());
    const absl::string_view plain = absl::string_view(word).substr(0, word.find('='));
    if (absl::c_linear_search(candidates, plain)) continue;
    const absl::string_view near = NearestBySpelling(plain, candidates);
    if (!near.empty()) return absl::StrCat("; did you mean `", near, "`?");
  }
  return "";
}

int Run(std::vector<std::string> words, CrashedFiles crashed, const ServerCommand& server) {
  if (words.empty() || absl::c_linear_search(words, "--help") || absl::c_linear_search(words, "-h") ||
      words[0] == "help") {
    WriteAll(STDOUT_FILENO, kHelp);
    return static_cast<int>(ExitCode::kClean);
  }
  if (words[0] == "--version" || words[0] == "-V") words[0] = "version";
  Parsed parsed;
  parsed.global.crashed = std::move(crashed);
  parsed.global.words = words;
  parsed.global.config.current_folder = CurrentFolder();
  CLI::App app;
  app.set_help_flag();
  app.fallthrough();
  app.require_subcommand(1);
  AddGlobalOptions(app, parsed);
  AddCommands(app, parsed);
  InsertCheck(words, app);
  if (const std::string problem = UnknownFirstWord(words, app); !problem.empty()) {
    WriteAll(STDERR_FILENO,
             absl::StrCat("overt: ", EscapeForTerminal(problem), "\n`overt --help` lists commands and options\n"));
    return static_cast<int>(ExitCode::kUsage);
  }
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(error.what()), Suggestion(words, app),
                                         "\n`overt --help` lists commands and options\n"));
    return static_cast<int>(ExitCode::kUsage);
  }
  ReadScope(parsed);
  parsed.check.baseline.mode = ParseBaselineMode(parsed.baseline_mode);
  parsed.global.color = parsed.color == "always"  ? ColorChoice::kAlways
                        : parsed.color == "never" ? ColorChoice::kNever
                                                  : ColorChoice::kAuto;
  if (app.got_subcommand("server")) return server(parsed.global, parsed.server);
  return static_cast<int>(Dispatch(app, parsed));
}

}  // namespace

int RunCommandLine(int argc, char** argv, const ServerCommand& server) {
  signal(SIGPIPE, SIG_IGN);  // a reader that went away is no error
  signal(SIGXFSZ, SIG_IGN);  // nor is a cache that may not grow
  try {
    std::vector<std::string> words(argv + 1, argv + argc);
    // A server that started again would not know what its client had said: the client starts it anew.
    const bool is_server = !words.empty() && (words[0] == "server" || words[0] == "lsp");
    CrashedFiles crashed;
    if (!is_server) crashed = InstallCrashGuard(argv);
    const int code = Run(std::move(words), std::move(crashed), server);
    if (OutputFailure() == 0) return code;
    WriteAll(STDERR_FILENO, absl::StrCat("overt: the output is not complete: ", strerror(OutputFailure()), "\n"));
    return code <= static_cast<int>(ExitCode::kFindings) ? static_cast<int>(ExitCode::kUsage) : code;
  } catch (const std::exception& problem) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: internal error: ", problem.what(), "\n"));
    return static_cast<int>(ExitCode::kInternal);
  }
}

}  // namespace overt::driver
