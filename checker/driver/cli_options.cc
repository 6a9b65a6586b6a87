#include "checker/driver/cli_options.h"

#include <CLI/CLI.hpp>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "diagnostics/preset.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

// An option that takes a word. Repeated, it takes another one, if `value` has room for many.
template <typename T>
CLI::Option* Word(CLI::App& app, const char* names, T& value, const char* placeholder, std::string description) {
  return app.add_option(names, value, std::move(description))->option_text(placeholder)->allow_extra_args(false);
}

template <typename T>
CLI::Option* Operand(CLI::App& app, const char* name, T& value, const char* placeholder) {
  return app.add_option(name, value)->option_text(placeholder);
}

// Shown as its choices: "auto|always|never".
CLI::Option* OneOf(CLI::App& app, const char* names, std::string& value, std::vector<std::string> choices,
                   const char* description) {
  std::string placeholder = absl::StrJoin(choices, "|");
  return app.add_option(names, value, description)
      ->check(CLI::IsMember(std::move(choices)))
      ->option_text(std::move(placeholder));
}

void AddFormat(CLI::App& command, std::string& format, std::vector<std::string> choices) {
  format = choices.front();
  OneOf(command, "--output-format", format, std::move(choices), "how the answer is written")->group("options");
}

void AddLevels(CLI::App& app, ConfigRequest& config) {
  const auto level = [&](const char* flag, Severity severity, const char* description) {
    app.add_option_function<std::vector<std::string>>(
           flag,
           [&config, severity](const std::vector<std::string>& names) {
             for (const std::string& name : names) config.levels.emplace_back(name, severity);
           },
           description)
        ->allow_extra_args(false)
        ->delimiter(',')
        ->trigger_on_parse()
        ->option_text("RULE,…");
  };
  level("--error", Severity::kError, "report the rule, group or `all` as errors; later options win");
  level("--warn", Severity::kWarning, "as warnings");
  level("--info", Severity::kInfo, "as information");
  level("--ignore", Severity::kIgnore, "not at all");
}

// Options that every command takes.
void AddGlobalOptions(CLI::App& app, CommandWords& p) {
  ConfigRequest& config = p.global.config;
  app.option_defaults()->group("rules");
  const std::string presets = absl::StrJoin(
      AllPresets(), ", ", [](std::string* out, const PresetInfo& one) { absl::StrAppend(out, one.name); });
  Word(app, "--preset", config.preset, "NAME", absl::StrCat("the levels that others stand on: ", presets));
  AddLevels(app, config);

  app.option_defaults()->group("files");
  Word(app, "--exclude,--extend-exclude", config.exclude, "PATTERN",
       "leave out what matches, beside what is configured");
  app.add_flag("--force-exclude", config.force_exclude, "leave it out even if it is named");
  app.add_flag("--no-respect-ignore-files", config.ignore_gitignore, "look at files that git ignores, too");

  app.option_defaults()->group("target");
  Word(app, "--python", config.python, "PATH", "environment, prefix or interpreter; never started");
  Word(app, "--python-version", config.python_version, "3.N[..3.M]",
       "the Python that the code is for; of a range every one is checked");
  Word(app, "--python-platform", config.python_platforms, "NAME,…", "linux, darwin, win32 and others; all: these three")
      ->delimiter(',');
  Word(app, "--root", config.roots, "DIR", "where the project's own modules are imported from");
  Word(app, "--extra-search-path", config.extra_paths, "DIR", "and further modules");
  Word(app, "--typeshed", config.typeshed, "DIR", "stubs instead of the bundled ones");
  Word(app, "--config", config.config, "FILE|KEY=VALUE",
       "this file instead of the nearest one; or one setting, as in a file");
  Word(app, "--project", p.project, "DIR", "begin there, as if it were the current folder; paths stay as they are");
  app.add_flag("--isolated", config.isolated, "read no configuration");

  app.option_defaults()->group("output");
  OneOf(app, "--color", p.color, {"auto", "always", "never"},
        "auto: on a terminal, unless the environment says otherwise");
  app.add_flag_callback("-q,--quiet", [&p] { p.global.verbosity = -1; }, "no summary");
  app.add_flag_function(
      "-v,--verbose", [&p](int64_t count) { p.global.verbosity = static_cast<int>(count); },
      "say more: where levels come from, what the cache had; of `version`, how it was built");
  app.add_flag_callback("--no-progress", [&p] { p.global.show_progress = false; }, "no progress on a terminal");
  CLI::Option* fails = app.add_flag("--error-on-warning", config.error_on_warning, "warnings make exit code 1, too");
  app.add_flag("--exit-zero-on-warning", config.exit_zero_on_warning, "they do not, whatever is configured")
      ->excludes(fails);

  app.option_defaults()->group("run");
  app.add_option_function<std::string>(
         "-j,--threads",
         [&p](const std::string& word) {
           constexpr unsigned kMostThreads = 512;
           if (absl::SimpleAtoi(word, &p.global.threads) && p.global.threads <= kMostThreads) return;
           throw CLI::ValidationError(
               absl::StrCat("-j ", word),
               absl::StrCat("a number of threads from 0 to ", kMostThreads, " is wanted; 0: one for each processor"));
         },
         "threads; 0: one for each processor")
      ->option_text("N");
  app.add_flag_callback("--no-cache", [&p] { p.global.use_cache = false; }, "neither read nor write the cache");
  Word(app, "--cache-dir", p.global.cache_dir, "DIR", "the cache, instead of .overt_cache");
}

void AddOutput(const std::vector<std::string>& words, CommandWords& p) {
  for (const std::string& word : words) {
    p.check.outputs.push_back(ParseReportTarget(word));
    if (!p.check.outputs.back().path.empty()) continue;
    throw CLI::ValidationError("-o", absl::StrCat("`", word, "` names no file"));
  }
}

// Of `check`, `fix` and `suppress`.
void AddInputOptions(CLI::App& command, CommandWords& p) {
  Operand(command, "paths", p.check.paths, "[PATH…|-]");
  Word(command, "--stdin-filename", p.input_name, "NAME", "the file that `-`, standard input, stands for")
      ->group("files");
  command
      .add_option_function<std::vector<std::string>>(
          "-o,--output", [&p](const std::vector<std::string>& words) { AddOutput(words, p); },
          "write the report, or the patch, there; with FORMAT: one in that format, beside the usual one")
      ->allow_extra_args(false)
      ->trigger_on_parse()
      ->option_text("[FORMAT:]FILE")
      ->group("output");
}

void AddFixOptions(CLI::App& command, CommandWords& p) {
  AddInputOptions(command, p);
  Word(command, "--select", p.global.config.selected, "RULE,…", "these rules alone; turns on what is off by default")
      ->delimiter(',')
      ->group("rules");
  command.option_defaults()->group("fixes");
  Word(command, "--fixable", p.global.config.fixable, "RULE,…", "fix these alone, whatever is configured")
      ->delimiter(',');
  Word(command, "--unfixable", p.global.config.unfixable, "RULE,…", "do not fix these")->delimiter(',');
  command.add_flag("--diff", p.check.diff, "show the safe fixes as a patch, write nothing");
  command.add_flag("--unsafe-fixes", p.check.unsafe_fixes, "fixes that may change what the code does, too");
  command.add_flag("--exit-non-zero-on-fix", p.check.exit_non_zero_on_fix, "1 if anything was fixed");
  command.add_flag("--show-fixes", p.check.shows_fixes, "a line for each fix that was made");
  command.add_flag("-e,--exit-zero", p.check.exit_zero, "0 though there are findings")->group("output");
  command
      .add_flag("-s,--silent", p.check.is_silent, "print nothing; the exit code says it, unless no run was possible")
      ->group("output");
  command.add_flag("--error-on-no-files", p.check.error_on_no_files, "2 if no file was there to check, in hooks too")
      ->group("files");
}

void AddBaselineChoice(CLI::App& command, CommandWords& p) {
  command.option_defaults()->group("baseline");
  Word(command, "--baseline", p.check.baseline.file, "FILE", "the findings that are accepted for now");
  command.add_flag("--no-baseline", p.check.baseline.is_off, "accept none");
}

// How much of the findings is said, and what else.
void AddReportOptions(CLI::App& check, CommandWords& p) {
  check
      .add_option_function<std::string>(
          "--min-severity",
          [&p](const std::string& word) { p.check.filter.least = ParseSeverity(word).value_or(Severity::kIgnore); },
          "neither report nor fail over what is below; only count it")
      ->check(CLI::IsMember({"error", "warning", "warn", "info"}))
      ->option_text("error|warning|info");
  Word(check, "--only", p.check.filter.only, "RULE,…", "report these alone; turns nothing on and limits no fixes")
      ->delimiter(',');
  check
      .add_option_function<std::string>(
          "--max-diagnostics",
          [&p](const std::string& word) {
            size_t most = 0;
            if (!absl::SimpleAtoi(word, &most)) {
              throw CLI::ValidationError(absl::StrCat("--max-diagnostics ", word), "a number is wanted");
            }
            p.check.max_diagnostics = most;
          },
          "print so many findings; all are counted")
      ->option_text("N");
  check.add_flag_callback("--no-source", [&p] { p.check.shows_source = false; }, "full: places without their code");
  OneOf(check, "--summary", p.summary, {"none", "line", "full"},
        "full: also by level and rule, and what is not reported");
  // A flag: the word after it is a path.
  check.add_flag("--statistics{rule}", p.check.statistics, "how many findings each has, instead of findings")
      ->check(CLI::IsMember({"rule", "class", "base", "path"}))
      ->option_text("[=rule|class|base|path]");
}

void AddCheck(CLI::App& app, CommandWords& p) {
  CLI::App* check = app.add_subcommand("check", "Reports findings.");
  check->option_defaults()->group("fixes");
  check->add_flag("--fix", p.check.fix, "make the safe fixes, report what is left");
  check->add_flag("--fix-only", p.check.fix_only, "make the safe fixes, report nothing");
  AddFixOptions(*check, p);
  check->add_flag("--add-ignore{:}", p.add_ignore, "a comment at each finding that silences it")
      ->option_text("[=REASON]");
  check->add_flag("--no-suppressions", p.global.config.no_suppressions, "as if there were no such comments");

  check->option_defaults()->group("files");
  check->add_flag("--show-files", p.shows_files, "list the files instead, as `overt files` does");
  check->option_defaults()->group("scope");
  check->add_flag("--staged", p.check.scope.staged, "what a commit would break, subclasses too");
  // A flag: the word after it is a path, a revision is `--changed=REF`. No revision is called `:`.
  check->add_flag("--changed{:}", p.changed, "the same of all work since REF or the main branch")
      ->option_text("[=REF]");
  OneOf(*check, "--scope", p.scope, {"project", "files", "affected"},
        "affected: the classes of the change, or of PATH, and all below");

  AddBaselineChoice(*check, p);
  OneOf(*check, "--baseline-mode", p.baseline_mode, {"auto", "lock", "discard"},
        "what happens about entries that are gone");

  check->option_defaults()->group("output");
  std::vector<std::string> formats;
  for (const absl::string_view format : RenderFormats()) formats.emplace_back(format);
  check
      ->add_option("--output-format", p.global.config.output_format,
                   absl::StrCat(absl::StrJoin(formats, ", "), "; or ", kFormatVariable))
      ->check(CLI::IsMember(formats))
      ->option_text("NAME");
  AddReportOptions(*check, p);
  check->add_flag("--show-settings", p.shows_settings, "print them instead, as `overt config show` does");
  Word(*check, "--print", p.check.print, "PRODUCT",
       "source, syntax, ast, symbols, flow or classes instead of findings");
  check->option_defaults()->group("run");
  check->add_flag("-w,-W,--watch", p.check.watch, "stay, and check again when a file changes");
  Word(*check, "--timings", p.check.timings, "FILE", "write how long the phases of the run took there, as JSON");
}

void AddFix(CLI::App& app, CommandWords& p) {
  CLI::App* fix = app.add_subcommand("fix", "Makes the safe fixes, and reports nothing else.");
  AddFixOptions(*fix, p);
}

void AddBaseline(CLI::App& app, CommandWords& p) {
  CLI::App* baseline = app.add_subcommand("baseline", "Keeps findings that are accepted for now.");
  OneOf(*baseline, "action", p.baseline.action, {"create", "update", "prune", "check", "show", "accept"}, "")
      ->required();
  Operand(*baseline, "ids", p.baseline.ids, "[ID…]");
  baseline->option_defaults()->group("options");
  Word(*baseline, "--path", p.baseline.path, "FILE", "the baseline, instead of the configured one");
  Word(*baseline, "--reason", p.baseline.reason, "TEXT", "create, update, accept: why it is accepted");
  baseline->add_flag("--force", p.baseline.force, "create: over a baseline that is there");
  OneOf(*baseline, "--by", p.baseline.by, {"rule", "class", "base", "owner", "path"},
        "show: counts instead of entries");
  AddFormat(*baseline, p.baseline.output_format, {"text", "json"});
}

void AddSuppress(CLI::App& app, CommandWords& p) {
  CLI::App* suppress = app.add_subcommand("suppress", "Writes, removes and lists comments that silence findings.");
  OneOf(*suppress, "action", p.suppress.action, {"add", "remove-unused", "list"}, "")->required();
  AddInputOptions(*suppress, p);
  suppress->option_defaults()->group("options");
  Word(*suppress, "--rule,--select", p.global.config.selected, "RULE,…", "only of these rules")->delimiter(',');
  Word(*suppress, "--from", p.suppress.from, "FILE", "add: at the findings of an earlier `--output-format json`");
  Word(*suppress, "--reason", p.suppress.style.reason, "TEXT", "add: stands behind `--` in the comment");
  suppress
      ->add_option_function<std::string>(
          "--location",
          [&p](const std::string& word) {
            p.suppress.style.location =
                word == "above" ? fixes::IgnoreStyle::Location::kAbove : fixes::IgnoreStyle::Location::kLine;
          },
          "add: behind the code, or on a line of its own")
      ->check(CLI::IsMember({"line", "above"}))
      ->option_text("line|above");
  suppress->add_flag("--diff", p.check.diff, "show the change as a patch, write nothing");
  suppress->add_flag("--dry-run", p.check.is_count_only, "say how much would change");
  AddFormat(*suppress, p.suppress.output_format, {"text", "json"});
  AddBaselineChoice(*suppress, p);
}

// Questions about rules and classes.
void AddQuestions(CLI::App& app, CommandWords& p) {
  CLI::App* explain = app.add_subcommand("explain", "Says what a rule finds and how to fix it.");
  Operand(*explain, "rule", p.explain.name, "RULE|GROUP|CODE");
  explain->option_defaults()->group("options");
  explain->add_flag("--list", p.explain.list, "every name that can be explained");
  explain->add_flag("--all", p.explain.all, "every rule");
  AddFormat(*explain, p.explain.output_format, {"text", "markdown", "json"});
  CLI::App* rules = app.add_subcommand("rules", "Lists all rules with their levels here.");
  rules->add_option("--diff-preset", p.rules.diff_presets, "the rules whose levels differ between two presets")
      ->expected(2)
      ->option_text("A B")
      ->group("options");
  AddFormat(*rules, p.rules.output_format, {"text", "json"});

  CLI::App* tree = app.add_subcommand("tree", "Shows a class, its ancestors and its subclasses.");
  Operand(*tree, "class", p.tree.class_name, "CLASS")->required();
  Operand(*tree, "paths", p.tree.paths, "[PATH…]");
  tree->option_defaults()->group("options");
  Word(*tree, "--member", p.tree.member, "NAME", "mark who defines it");
  CLI::Option* up = tree->add_flag("--up", p.tree.is_up_only, "the ancestors alone");
  tree->add_flag("--down", p.tree.is_down_only, "the subclasses alone")->excludes(up);
  AddFormat(*tree, p.tree.output_format, {"text", "json", "dot", "mermaid"});

  CLI::App* impact = app.add_subcommand("impact", "Says what depends on a member of a class.");
  Operand(*impact, "member", p.impact.member, "CLASS.MEMBER")->required();
  Operand(*impact, "paths", p.impact.paths, "[PATH…]");
  AddFormat(*impact, p.impact.output_format, {"text", "json"});

  CLI::App* diff = app.add_subcommand("diff", "Says what changed for those who derive from the classes.");
  Operand(*diff, "revision", p.diff.revision, "REF")->required();
  Operand(*diff, "paths", p.diff.paths, "[PATH…]");
  diff->option_defaults()->group("options");
  diff->add_flag("--public-only", p.diff.public_only, "without classes and members whose names begin with `_`");
  p.diff.fail_on = "break";
  OneOf(*diff, "--fail-on", p.diff.fail_on, {"break", "any", "never"}, "what makes exit code 1");
  AddFormat(*diff, p.diff.output_format, {"text", "json"});
}

// Questions about a project and its surroundings.
void AddProjectCommands(CLI::App& app, CommandWords& p) {
  CLI::App* env = app.add_subcommand("env", "Shows the environment in use, and why it is.");
  Operand(*env, "file", p.env.file, "[FILE]");
  Word(*env, "--import", p.env.import_name, "NAME", "where this module is looked for")->group("options");
  AddFormat(*env, p.env.output_format, {"text", "json"});

  CLI::App* files = app.add_subcommand("files", "Lists the files that would be checked.");
  Operand(*files, "paths", p.files.paths, "[PATH…]");
  Word(*files, "--why", p.files.why, "PATH", "whether this one is, and why")->group("options");

  CLI::App* config = app.add_subcommand("config", "Shows and checks the configuration.");
  OneOf(*config, "action", p.config.action, {"show", "validate", "schema", "path"}, "")->required();
  Operand(*config, "file", p.config.file, "[FILE]");
  AddFormat(*config, p.config.output_format, {"toml", "json"});

  app.add_subcommand("clean", "Removes the cache.");
  CLI::App* doctor = app.add_subcommand("doctor", "Says all that a bug report needs.");
  doctor->add_flag("--parity", p.doctor.parity, "whether the hook and the language server find what `check` finds")
      ->group("options");
  doctor->add_flag("--redact", p.doctor.redact, "without home folders and names of users")->group("options");
  AddFormat(*doctor, p.doctor.output_format, {"text", "json"});

  CLI::App* init = app.add_subcommand("init", "Writes a configuration, from those of other checkers if there are any.");
  init->option_defaults()->group("options");
  OneOf(*init, "--from", p.init.from, {"mypy", "pyright", "pyrefly", "ty"}, "only of this one");
  init->add_flag("--dry-run", p.init.is_dry_run, "show what would change, write nothing");
  init->add_flag("--non-interactive")->description("ask nothing, which it never does");
  init->add_flag("--print-config", p.init.print_config, "print only what would be written");
}

void AddProgramCommands(CLI::App& app, CommandWords& p) {
  OneOf(*app.add_subcommand("completions", "Prints a script with which a shell completes commands and options."),
        "shell", p.shell, ShellsWithCompletions(), "")
      ->required();
  CLI::App* server =
      app.add_subcommand("server", "Is the language server, on standard input and output.")->alias("lsp");
  server->option_defaults()->group("options");
  Word(*server, "--log-file", p.server.log_file, "FILE", "write all messages there");
  // What clients add of their own accord.
  server->add_flag("--stdio")->group("");
  server->add_option("--clientProcessId")->group("");
  AddFormat(*app.add_subcommand("version", "Says the versions of overt and of its stubs."), p.version_format,
            {"text", "json"});
}

}  // namespace

void DescribeCommandLine(CLI::App& app, CommandWords& words) {
  app.set_help_flag();
  app.fallthrough();
  app.require_subcommand(1);
  AddGlobalOptions(app, words);
  AddCheck(app, words);
  AddFix(app, words);
  AddSuppress(app, words);
  AddBaseline(app, words);
  AddQuestions(app, words);
  AddProjectCommands(app, words);
  AddProgramCommands(app, words);
}

}  // namespace overt::driver
