// `overt completions SHELL`: a script that completes commands, options and their values, made from the command line's
// own description.
#include <unistd.h>

#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/completions/shells.h"
#include "checker/driver/terminal.h"

namespace overt::driver {
namespace {

struct CompletionShell {
  const char* name;
  std::string (*script)(const Vocabulary& words);
};

constexpr CompletionShell kCompletionShells[] = {
    {"bash", ScriptForBash},     {"zsh", ScriptForZsh},
    {"fish", ScriptForFish},     {"powershell", ScriptForPowerShell},
    {"elvish", ScriptForElvish}, {"nushell", ScriptForNushell},
};

}  // namespace

std::vector<std::string> ShellsWithCompletions() {
  std::vector<std::string> names;
  for (const CompletionShell& shell : kCompletionShells) names.emplace_back(shell.name);
  return names;
}

ExitCode RunCompletions(const CLI::App& app, const std::string& shell) {
  for (const CompletionShell& one : kCompletionShells) {
    if (one.name == shell) WriteAll(STDOUT_FILENO, one.script(ReadVocabulary(app)));
  }
  return ExitCode::kClean;
}

}  // namespace overt::driver
