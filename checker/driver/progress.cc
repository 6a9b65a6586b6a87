#include "checker/driver/progress.h"

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "checker/driver/terminal.h"

namespace overt::driver {

void Progress::Show(size_t done, size_t total) {
  using std::chrono::milliseconds;
  constexpr milliseconds kPatience{500};
  constexpr milliseconds kRefresh{100};
  constexpr size_t kBarWidth = 30;
  if (!enabled_ || total == 0) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - start_ < kPatience) return;
  absl::MutexLock lock(&mutex_);
  if (now - last_ < kRefresh) return;
  last_ = now;
  shown_ = true;
  const size_t filled = done * kBarWidth / total;
  WriteForNow(STDERR_FILENO, absl::StrCat("\r\x1b[K[", std::string(filled, '#'), std::string(kBarWidth - filled, '.'),
                                          "] ", done, "/", total, " files"));
}

void Progress::Clear() {
  absl::MutexLock lock(&mutex_);
  if (shown_) WriteForNow(STDERR_FILENO, "\r\x1b[K");
  shown_ = false;
}

}  // namespace overt::driver
