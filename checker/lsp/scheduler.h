// Which thread does what.
//
//   reader      takes messages, edits texts, posts                (the caller's thread)
//   analysis    one; jobs in the order of posting, then `idle`    (workspace, sessions, pushed diagnostics)
//   helpers     a few; jobs in any order                          (requests, each over an immutable snapshot)
//
// `idle` is called while no job waits, again and again until it says that nothing is left for now: what it does is
// short, so that an edit never waits long.
#ifndef OVERT_CHECKER_LSP_SCHEDULER_H_
#define OVERT_CHECKER_LSP_SCHEDULER_H_

#include <functional>
#include <memory>

#include "absl/time/time.h"

namespace overt::lsp {

class Scheduler {
 public:
  // `idle`: after which time there is more to do; forever if only a job can bring it.
  explicit Scheduler(std::function<absl::Duration()> idle);
  ~Scheduler();  // as Stop, without a limit

  void Post(std::function<void()> job);
  void PostAside(std::function<void()> job);
  // The analysis thread does nothing before `Release`, or before the time has passed.
  void Hold(absl::Duration most);
  void Release();
  // Until nothing is queued, running or left to do at once. For tests.
  void WaitUntilIdle();
  // What is queued is dropped. False if something still runs after `limit`.
  bool Stop(absl::Duration limit);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_SCHEDULER_H_
