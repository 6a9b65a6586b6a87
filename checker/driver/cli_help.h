// `overt --help`: the commands on one screen. `overt COMMAND --help`: all that a command takes, made from the
// description of the command line.
#ifndef OVERT_CHECKER_DRIVER_CLI_HELP_H_
#define OVERT_CHECKER_DRIVER_CLI_HELP_H_

#include <string>

#include "absl/strings/string_view.h"

namespace CLI {
class App;
}

namespace overt::driver {

absl::string_view HelpOverview();
// `app`: the whole program, for the options that every command takes.
std::string HelpOf(const CLI::App& app, const CLI::App& command);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CLI_HELP_H_
