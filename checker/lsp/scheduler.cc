#include "checker/lsp/scheduler.h"

#include <deque>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

namespace overt::lsp {

struct Scheduler::Impl {
  // More than processors: some wait for others, for the index of who derives from whom above all.
  static constexpr int kHelpers = 4;

  std::function<absl::Duration()> idle;
  absl::Mutex mutex;
  std::deque<std::function<void()>> jobs ABSL_GUARDED_BY(mutex);
  std::deque<std::function<void()>> aside ABSL_GUARDED_BY(mutex);
  bool is_held ABSL_GUARDED_BY(mutex) = false;
  absl::Time held_until ABSL_GUARDED_BY(mutex) = absl::InfinitePast();
  bool is_stopping ABSL_GUARDED_BY(mutex) = false;
  bool has_idle_work ABSL_GUARDED_BY(mutex) = false;
  absl::Time idle_at ABSL_GUARDED_BY(mutex) = absl::InfiniteFuture();  // when there is some again
  bool is_analysing ABSL_GUARDED_BY(mutex) = false;
  int helping ABSL_GUARDED_BY(mutex) = 0;
  int alive ABSL_GUARDED_BY(mutex) = 0;
  std::vector<std::thread> threads;

  bool HasAnalysis() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return !jobs.empty() || has_idle_work; }
  bool Wakes() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return is_stopping || is_held || HasAnalysis(); }
  bool IsReleased() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return is_stopping || !is_held; }
  bool MayHelp() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return is_stopping || !aside.empty(); }
  bool IsIdle() const ABSL_SHARED_LOCKS_REQUIRED(mutex) {
    return jobs.empty() && aside.empty() && !has_idle_work && !is_analysing && helping == 0;
  }
  bool IsOver() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return alive == 0; }

  // The next job, or an empty one for idle work; nothing at the end.
  bool NextAnalysis(std::function<void()>& job) ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    is_analysing = false;
    while (!is_stopping && (is_held || !HasAnalysis())) {
      if (!is_held) {
        if (!mutex.AwaitWithDeadline(absl::Condition(this, &Impl::Wakes), idle_at)) has_idle_work = true;
      } else if (!mutex.AwaitWithDeadline(absl::Condition(this, &Impl::IsReleased), held_until)) {
        is_held = false;
      }
    }
    if (is_stopping) return false;
    is_analysing = true;
    if (!jobs.empty()) {
      job = std::move(jobs.front());
      jobs.pop_front();
      has_idle_work = true;
    } else {
      job = nullptr;
    }
    return true;
  }

  void Analyse() {
    std::function<void()> job;
    while (NextAnalysis(job)) {
      if (job) {
        job();
        job = nullptr;
        continue;
      }
      const absl::Duration pause = idle();
      absl::MutexLock lock(&mutex);
      has_idle_work = pause <= absl::ZeroDuration();
      idle_at = absl::Now() + pause;
    }
    absl::MutexLock lock(&mutex);
    --alive;
  }

  void Help() {
    while (true) {
      std::function<void()> job;
      {
        absl::MutexLock lock(&mutex);
        mutex.Await(absl::Condition(this, &Impl::MayHelp));
        if (is_stopping) break;
        job = std::move(aside.front());
        aside.pop_front();
        ++helping;
      }
      job();
      absl::MutexLock lock(&mutex);
      --helping;
    }
    absl::MutexLock lock(&mutex);
    --alive;
  }
};

Scheduler::Scheduler(std::function<absl::Duration()> idle) : impl_(std::make_unique<Impl>()) {
  impl_->idle = std::move(idle);
  {
    absl::MutexLock lock(&impl_->mutex);
    impl_->alive = 1 + Impl::kHelpers;
  }
  impl_->threads.emplace_back([impl = impl_.get()] { impl->Analyse(); });
  for (int i = 0; i < Impl::kHelpers; ++i) impl_->threads.emplace_back([impl = impl_.get()] { impl->Help(); });
}

Scheduler::~Scheduler() {
  Stop(absl::InfiniteDuration());
  for (std::thread& thread : impl_->threads) thread.join();
}

void Scheduler::Post(std::function<void()> job) {
  absl::MutexLock lock(&impl_->mutex);
  impl_->jobs.push_back(std::move(job));
}

void Scheduler::PostAside(std::function<void()> job) {
  absl::MutexLock lock(&impl_->mutex);
  impl_->aside.push_back(std::move(job));
}

void Scheduler::Hold(absl::Duration most) {
  absl::MutexLock lock(&impl_->mutex);
  impl_->is_held = true;
  impl_->held_until = absl::Now() + most;
}

void Scheduler::Release() {
  absl::MutexLock lock(&impl_->mutex);
  impl_->is_held = false;
}

void Scheduler::WaitUntilIdle() {
  absl::MutexLock lock(&impl_->mutex);
  impl_->mutex.Await(absl::Condition(impl_.get(), &Impl::IsIdle));
}

bool Scheduler::Stop(absl::Duration limit) {
  absl::MutexLock lock(&impl_->mutex);
  impl_->is_stopping = true;
  impl_->jobs.clear();
  impl_->aside.clear();
  return impl_->mutex.AwaitWithTimeout(absl::Condition(impl_.get(), &Impl::IsOver), limit);
}

}  // namespace overt::lsp
