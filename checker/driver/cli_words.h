// What the words of a command line say, command by command; `cli_options.cc` says which words there are.
#ifndef OVERT_CHECKER_DRIVER_CLI_WORDS_H_
#define OVERT_CHECKER_DRIVER_CLI_WORDS_H_

#include <string>

#include "checker/driver/commands/commands.h"

namespace overt::driver {

struct CommandWords {
  GlobalOptions global;
  CheckOptions check;
  ExplainOptions explain;
  RulesOptions rules;
  EnvOptions env;
  TreeOptions tree;
  ImpactOptions impact;
  DiffOptions diff;
  FilesOptions files;
  ConfigOptions config;
  BaselineOptions baseline;
  ServerOptions server;
  SuppressOptions suppress;
  DoctorOptions doctor;
  InitOptions init;
  std::string project;     // `--project`: a folder; empty: the current one
  std::string shell;       // `completions SHELL`
  std::string input_name;  // `--stdin-filename`
  std::string version_format = "text";
  std::string color = "auto";
  std::string add_ignore;       // `--add-ignore`: a reason, or `:` without one
  std::string scope;            // `--scope`; empty: the default
  std::string baseline_mode;    // `--baseline-mode`; empty: the project's
  std::string summary;          // `--summary`; empty: the default
  bool shows_files = false;     // `--show-files`: instead of a check
  bool shows_settings = false;  // `--show-settings`: instead of a check
  std::string changed;          // `--changed`: a revision, or `:` without one
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CLI_WORDS_H_
