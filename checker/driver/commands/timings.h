// `--timings FILE`: how long the phases of one run took, and how much there was to do.
//
//   Timings timings;
//   { const Timings::Phase phase(&timings, "find"); … }     // times of one name add up
//   timings.Json(threads)
//
// With null in place of the timings a phase is one comparison. Phases are times on the wall, for whoever watches how a
// check behaves from day to day; what each file costs is a profiler's business.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_TIMINGS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_TIMINGS_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "checker/driver/session.h"

namespace overt::driver {

class Timings {
 public:
  // Lasts as long as its scope.
  class Phase {
   public:
    Phase(Timings* timings, const char* name) : timings_(timings), name_(name) {
      if (timings_ != nullptr) start_ = Clock::now();
    }
    ~Phase() {
      if (timings_ != nullptr) timings_->Add(name_, Clock::now() - start_);
    }
    Phase(const Phase&) = delete;
    Phase& operator=(const Phase&) = delete;

   private:
    Timings* const timings_;
    const char* const name_;
    std::chrono::steady_clock::time_point start_;
  };

  // Reads the files again for their sizes: not within a phase.
  void Count(const CheckResult& result);

  // A whole document. `threads`: 0 stands for one for each processor.
  std::string Json(unsigned threads) const;

 private:
  using Clock = std::chrono::steady_clock;

  void Add(const char* name, Clock::duration time);

  std::vector<std::pair<std::string, Clock::duration>> phases_;  // in the order of their beginnings
  size_t files_ = 0, bytes_ = 0, classes_ = 0;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_TIMINGS_H_
