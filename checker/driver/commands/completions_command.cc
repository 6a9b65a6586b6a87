// `overt completions SHELL`: a script that completes commands and options, made from the command line's own
// description.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/terminal.h"

namespace overt::driver {
namespace {

std::vector<std::string> OptionWords(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    for (const std::string& name : option->get_snames()) words.push_back("-" + name);
  }
  return words;
}

struct CommandWords {
  std::string name;
  std::vector<std::string> options;  // its own, then those of every command
};

std::vector<CommandWords> AllCommandWords(const CLI::App& app) {
  const std::vector<std::string> common = OptionWords(app);
  std::vector<CommandWords> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    commands.push_back({command->get_name(), OptionWords(*command)});
    std::vector<std::string>& options = commands.back().options;
    options.insert(options.end(), common.begin(), common.end());
  }
  return commands;
}

std::string NamesOf(const std::vector<CommandWords>& commands) {
  return absl::StrJoin(commands, " ",
                       [](std::string* out, const CommandWords& one) { absl::StrAppend(out, one.name); });
}

// For both shells that have `compgen`; zsh gets it from bashcompinit.
std::string FunctionForBash(const std::vector<CommandWords>& commands) {
  std::string cases;
  for (const CommandWords& one : commands) {
    absl::StrAppend(&cases, "    ", one.name, ") options='", absl::StrJoin(one.options, " "), "' ;;\n");
  }
  return absl::StrReplaceAll(R"(_overt() {
  local word="${COMP_WORDS[COMP_CWORD]}" command=check one options
  for one in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " @NAMES@ " in *" $one "*) command="$one"; break ;; esac
  done
  case "$command" in
@CASES@  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ "$COMP_CWORD" -eq 1 ]]; then
    COMPREPLY=($(compgen -W "@NAMES@" -- "$word") $(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _overt overt
)",
                             {{"@NAMES@", NamesOf(commands)}, {"@CASES@", cases}});
}

std::string ScriptForFish(const std::vector<CommandWords>& commands) {
  std::string out;
  for (const CommandWords& one : commands) {
    absl::StrAppend(&out, "complete -c overt -n __fish_use_subcommand -a ", one.name, "\n");
    for (const std::string& option : one.options) {
      const bool is_long = option[1] == '-';
      absl::StrAppend(&out, "complete -c overt -n '__fish_seen_subcommand_from ", one.name, "' ",
                      is_long ? "-l " : "-s ", option.substr(is_long ? 2 : 1), "\n");
    }
  }
  return out;
}

}  // namespace

ExitCode RunCompletions(const CLI::App& app, const std::string& shell) {
  const std::vector<CommandWords> commands = AllCommandWords(app);
  std::string script;
  if (shell == "fish") {
    script = ScriptForFish(commands);
  } else {
    if (shell == "zsh") script = "#compdef overt\nautoload -U +X bashcompinit && bashcompinit\n";
    script += FunctionForBash(commands);
  }
  WriteAll(STDOUT_FILENO, script);
  return ExitCode::kClean;
}

}  // namespace overt::driver
