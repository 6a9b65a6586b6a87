// Every command and option, with what it is for: the parser, the help, the completions and the suggestions all read
// this one description.
//
//   CLI::App app;
//   CommandWords words;
//   DescribeCommandLine(app, words);     // parsing fills `words`, which must live as long as `app`
#ifndef OVERT_CHECKER_DRIVER_CLI_OPTIONS_H_
#define OVERT_CHECKER_DRIVER_CLI_OPTIONS_H_

#include "checker/driver/cli_words.h"

namespace overt::driver {

// What the help puts together, in its order.
inline constexpr const char* kOptionGroups[] = {"options",  "rules",  "fixes",  "files", "scope",
                                                "baseline", "target", "output", "run"};

void DescribeCommandLine(CLI::App& app, CommandWords& words);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CLI_OPTIONS_H_
