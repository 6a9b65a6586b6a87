// A script for each shell that completes the words of the command line. One file a shell; private to
// `overt completions`.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_COMPLETIONS_SHELLS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_COMPLETIONS_SHELLS_H_

#include <string>

#include "checker/driver/commands/completions/vocabulary.h"

namespace overt::driver {

std::string ScriptForBash(const Vocabulary& words);
std::string ScriptForElvish(const Vocabulary& words);
std::string ScriptForFish(const Vocabulary& words);
std::string ScriptForNushell(const Vocabulary& words);
std::string ScriptForPowerShell(const Vocabulary& words);
std::string ScriptForZsh(const Vocabulary& words);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_COMPLETIONS_SHELLS_H_
