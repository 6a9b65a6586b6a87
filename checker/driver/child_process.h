// One program, run to its end: what it is given, what it printed, how it ended.
//
//   RunChild({.program = "/usr/bin/git", .arguments = {"ls-files", "-z"}, .folder = "/p", …})->output
//
// No shell, no search for the program, the environment given in full. Both of its outputs are read as they come, so a
// program that prints much never waits for us; one that prints nothing and does not end is stopped. The process must
// ignore SIGPIPE (`cli.cc` sees to that). Only `git.cc` uses this: overt starts nothing else.
#ifndef OVERT_CHECKER_DRIVER_CHILD_PROCESS_H_
#define OVERT_CHECKER_DRIVER_CHILD_PROCESS_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace overt::driver {

struct ChildRequest {
  std::string program;                   // absolute
  std::vector<std::string> arguments;    // without the program's name
  std::vector<std::string> environment;  // "NAME=value"
  std::string folder;                    // where it runs; absolute
  std::string input;                     // its standard input
  size_t most_output = size_t{1} << 30;  // bytes; more is an error
  // So long may pass in which it neither reads, nor prints, nor ends.
  std::chrono::milliseconds most_silence = std::chrono::seconds(60);
  const std::atomic<bool>* cancel = nullptr;  // becomes true: the program is stopped
};

struct ChildResult {
  int status = 0;      // exit status; 128 and the signal if one ended it
  std::string output;  // standard output
  std::string errors;  // the first 64 KiB of standard error
};

// Errors are one phrase that begins with the program's name: it cannot be started, it was silent for too long, it
// printed too much. A status other than 0 is no error.
absl::StatusOr<ChildResult> RunChild(const ChildRequest& request);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CHILD_PROCESS_H_
