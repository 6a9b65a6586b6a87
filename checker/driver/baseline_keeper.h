// The baselines of a server's projects, read again when their files changed.
//
//   BaselineKeeper keeper;
//   if (auto baseline = keeper.For(*settings, folder)) MarkAccepted(session, *baseline, report);
//
// A baseline that is broken accepts nothing: the command line says what is wrong with it. All functions may be called
// from any thread.
#ifndef OVERT_CHECKER_DRIVER_BASELINE_KEEPER_H_
#define OVERT_CHECKER_DRIVER_BASELINE_KEEPER_H_

#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "checker/driver/baseline_run.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {

class BaselineKeeper {
 public:
  using Pointer = std::shared_ptr<const BaselineFile>;

  // The project's; null if it has none that can be read.
  Pointer For(const Settings& settings, const std::string& current_folder);

 private:
  struct Kept {
    grammar::FileStamp stamp;
    bool is_settled = false;  // the stamp stands for what was read
    Pointer baseline;
  };

  absl::Mutex mutex_;
  std::map<std::string, Kept> by_path_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_BASELINE_KEEPER_H_
