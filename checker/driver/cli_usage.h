// What the parser of the command line cannot see: words that contradict each other, or that a command has no use for.
#ifndef OVERT_CHECKER_DRIVER_CLI_USAGE_H_
#define OVERT_CHECKER_DRIVER_CLI_USAGE_H_

#include <string>

#include "checker/driver/cli_words.h"

namespace overt::driver {

// One sentence for people; empty if nothing is wrong with the words.
std::string WhyWrongUsage(const CLI::App& app, const CommandWords& words);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CLI_USAGE_H_
