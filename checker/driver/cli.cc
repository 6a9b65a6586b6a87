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
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/cli_help.h"
#include "checker/driver/cli_options.h"
#include "checker/driver/cli_usage.h"
#include "checker/driver/cli_words.h"
#include "checker/driver/version.h"
#include "diagnostics/render/renderer.h"
#include "diagnostics/spelling.h"

namespace overt::driver {
namespace {

constexpr absl::string_view kCommands[] = {"check",  "fix",         "suppress", "explain", "rules",    "env",  "tree",
                                           "impact", "diff",        "files",    "config",  "baseline", "init", "doctor",
                                           "clean",  "completions", "server",   "lsp",     "version"};

bool IsCommand(const std::string& word) { return absl::c_linear_search(kCommands, absl::string_view(word)); }

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
  const bool is_command = first != words.end() && IsCommand(*first);
  if (!is_command && (first == words.end() || PathExists(*first) || absl::StrContains(*first, "/"))) {
    words.insert(words.begin(), "check");
  }
}

void ReadScope(CommandWords& p) {
  ScopeRequest& scope = p.check.scope;
  if (p.scope == "project") scope.scope = Scope::kProject;
  if (p.scope == "files") scope.scope = Scope::kFiles;
  if (p.scope == "affected") scope.scope = Scope::kAffected;
  scope.changed = !p.changed.empty();
  if (scope.changed && p.changed != ":") scope.revision = p.changed;
}

void ReadSummary(CommandWords& p) {
  if (p.summary == "none") p.check.summary = SummaryForm::kNone;
  if (p.summary == "full") p.check.summary = SummaryForm::kFull;
  if (p.check.is_silent) p.global.verbosity = -1;
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

// `check --show-settings [PATH]`.
ConfigOptions SettingsToShow(const CommandWords& p) {
  return {"show", p.check.paths.empty() ? "" : p.check.paths.front(),
          p.global.config.output_format == "json" ? "json" : "toml"};
}

// `-`: without a name it is shown as `-`, in the current folder.
ExitCode RunCheckOfWords(CommandWords& p) {
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

ExitCode Dispatch(const CLI::App& app, CommandWords& p, const ServerLayer& server) {
  if (app.got_subcommand("fix")) p.check.fix_only = true;
  if (p.check.is_count_only) p.check.diff = true;
  if (const std::string problem = WhyWrongUsage(app, p); !problem.empty()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(problem), "\n"));
    return ExitCode::kUsage;
  }
  if (app.got_subcommand("completions")) return RunCompletions(app, p.shell);
  if (app.got_subcommand("explain")) return RunExplain(p.global, p.explain);
  if (app.got_subcommand("rules")) return RunRules(p.global, p.rules);
  if (app.got_subcommand("env")) return RunEnv(p.global, p.env);
  if (app.got_subcommand("tree")) return RunTree(p.global, p.tree);
  if (app.got_subcommand("impact")) return RunImpact(p.global, p.impact);
  if (app.got_subcommand("diff")) return RunDiff(p.global, p.diff);
  if (app.got_subcommand("files")) return RunFiles(p.global, p.files);
  if (app.got_subcommand("config")) return RunConfig(p.global, p.config);
  if (app.got_subcommand("baseline")) return RunBaseline(p.global, p.baseline);
  if (app.got_subcommand("clean")) return RunClean(p.global);
  if (p.doctor.parity) return RunParity(p.global, p.doctor, server.findings);
  if (app.got_subcommand("doctor")) return RunDoctor(p.global, p.doctor);
  if (app.got_subcommand("init")) return RunInit(p.global, p.init);
  if (app.got_subcommand("version")) return RunVersion(p.global, p.version_format);
  if (p.shows_files) return RunFiles(p.global, {p.check.paths, std::nullopt});
  if (p.shows_settings) return RunConfig(p.global, SettingsToShow(p));
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
  if (first == words.end() || IsCommand(*first)) return "";
  const absl::string_view near = NearestBySpelling(*first, kCommands);
  return absl::StrCat("no such file: ", *first, "; nor is it a command",
                      near.empty() ? absl::StrCat(": there are ", absl::StrJoin(kCommands, ", ")) : DidYouMean(near));
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
    if (!near.empty()) return DidYouMean(near);
  }
  return "";
}

// The command that the words name; empty if they name none.
std::string NamedCommand(const std::vector<std::string>& words, const CLI::App& app) {
  const auto first = FirstOperand(words, app);
  return first != words.end() && IsCommand(*first) ? *first : "";
}

// `overt --help`, `overt tree --help`, `overt help tree`. Empty if no help is asked for.
std::string AskedHelp(std::vector<std::string> words, const CLI::App& app) {
  const bool is_word = !words.empty() && words[0] == "help";
  if (is_word) words.erase(words.begin());
  const bool asks =
      is_word || words.empty() || absl::c_linear_search(words, "--help") || absl::c_linear_search(words, "-h");
  if (!asks) return "";
  const std::string command = NamedCommand(words, app);
  return command.empty() ? std::string(HelpOverview()) : HelpOf(app, *app.get_subcommand(command));
}

ExitCode RefuseWords(absl::string_view problem, const std::vector<std::string>& words, const CLI::App& app) {
  const std::string command = NamedCommand(words, app);
  WriteAll(STDERR_FILENO,
           absl::StrCat("overt: ", EscapeForTerminal(problem),
                        command.empty() ? "\n`overt --help` lists the commands\n"
                                        : absl::StrCat("\n`overt ", command, " --help` lists its options\n")));
  return ExitCode::kUsage;
}

int Run(std::vector<std::string> words, CrashedFiles crashed, const ServerLayer& server) {
  CommandWords parsed;
  CLI::App app;
  DescribeCommandLine(app, parsed);
  if (const std::string help = AskedHelp(words, app); !help.empty()) {
    WriteAll(STDOUT_FILENO, help);
    return static_cast<int>(ExitCode::kClean);
  }
  if (words[0] == "--version" || words[0] == "-V") words[0] = "version";
  parsed.global.crashed = std::move(crashed);
  parsed.global.words = words;
  parsed.global.config.current_folder = CurrentFolder();
  InsertCheck(words, app);
  if (const std::string problem = UnknownFirstWord(words, app); !problem.empty()) {
    return static_cast<int>(RefuseWords(problem, words, app));
  }
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return static_cast<int>(RefuseWords(absl::StrCat(error.what(), Suggestion(words, app)), words, app));
  }
  if (!parsed.project.empty()) {
    parsed.global.config.start_folder = AbsolutePath(parsed.project, parsed.global.config.current_folder);
  }
  ReadScope(parsed);
  ReadSummary(parsed);
  parsed.check.baseline.mode = ParseBaselineMode(parsed.baseline_mode);
  parsed.global.color = parsed.color == "always"  ? ColorChoice::kAlways
                        : parsed.color == "never" ? ColorChoice::kNever
                                                  : ColorChoice::kAuto;
  if (app.got_subcommand("server")) return server.run(parsed.global, parsed.server);
  return static_cast<int>(Dispatch(app, parsed, server));
}

}  // namespace

int RunCommandLine(int argc, char** argv, const ServerLayer& server) {
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
