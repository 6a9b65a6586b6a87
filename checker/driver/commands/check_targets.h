// The part of a check that is about more than one target, a version of Python on a platform: one session for each
// beyond the first.
//
//   CheckResult result = work.session().Check(files, hooks);           // for the first
//   SomeTargets some;
//   absl::Status done = CheckOtherTargets(global, work.config(), focus.seen, cancel, result, some);
//
// Costs as much again for each target, and nothing where the settings name one.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_CHECK_TARGETS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_CHECK_TARGETS_H_

#include <atomic>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "checker/driver/cli.h"
#include "checker/driver/session.h"

namespace overt::driver {

// Findings that hold for some targets only: what one target wants mended, another one needs.
class SomeTargets {
 public:
  void Add(const std::string& path, const Diagnostic& finding) { keys_.insert(KeyOf(path, finding)); }
  // Takes them out, wherever an edit has moved them to.
  void RemoveFrom(CheckResult& result) const;

 private:
  static std::string KeyOf(const std::string& path, const Diagnostic& finding);
  std::set<std::string> keys_;
};

// `seen`: what the session of the first target sees otherwise than the disk has it. Puts all findings into `result`,
// and those of some targets into `some`. Errors: as of `Workspace::Make`.
absl::Status CheckOtherTargets(const GlobalOptions& global, const ConfigLoader& config, const FileView& seen,
                               const std::atomic<bool>* cancel, CheckResult& result, SomeTargets& some);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_CHECK_TARGETS_H_
