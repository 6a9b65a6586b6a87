// A progress bar on a terminal, for runs that take a while; nothing for quick ones.
#ifndef OVERT_CHECKER_DRIVER_PROGRESS_H_
#define OVERT_CHECKER_DRIVER_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "absl/synchronization/mutex.h"

namespace overt::driver {

class Progress {
 public:
  enum class Mode : uint8_t { kShown, kHidden };
  explicit Progress(Mode mode) : enabled_(mode == Mode::kShown), start_(std::chrono::steady_clock::now()) {}

  void Show(size_t done, size_t total);  // from any thread
  void Clear();

 private:
  bool enabled_;
  std::chrono::steady_clock::time_point start_;
  absl::Mutex mutex_;
  std::chrono::steady_clock::time_point last_ ABSL_GUARDED_BY(mutex_);
  bool shown_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_PROGRESS_H_
