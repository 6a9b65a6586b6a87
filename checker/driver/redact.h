// A report without what says whose machine it is about.
//
//   Redactor redactor("/home/ada", {"ada"});
//   redactor.Redacted("/home/ada/p/a.py, /mnt/ada/q")      // "~/p/a.py, /mnt/<user>/q"
//
// Home folders become `~`, or `<user>` below `/home` and `/Users`; a user's name goes where it is a whole part of a
// path. Names of projects and files stay: a report is about them.
#ifndef OVERT_CHECKER_DRIVER_REDACT_H_
#define OVERT_CHECKER_DRIVER_REDACT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace overt::driver {

class Redactor {
 public:
  // `home`: absolute, may be empty; `users`: names, those that are empty do not count.
  Redactor(std::string home, std::vector<std::string> users);

  std::string Redacted(absl::string_view text) const;

 private:
  std::string WithoutUsers(absl::string_view text) const;

  std::string home_;
  std::vector<std::string> users_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_REDACT_H_
