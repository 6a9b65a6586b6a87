// One question for each of many items, on as many threads as the user wants.
//
//   ParallelForEach(jobs, global.threads, [&](Job& job) { … });     // returns when all are done
//
// The order is nobody's business: what a question answers must not depend on it.
#ifndef OVERT_CHECKER_DRIVER_PARALLEL_H_
#define OVERT_CHECKER_DRIVER_PARALLEL_H_

#include <tbb/global_control.h>
#include <tbb/parallel_for_each.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace overt::driver {

// Where the work of so many threads is done, for the rest of the process. Threads that have been at work somewhere look
// for more there for a while: the next question of a program that asks several in a row finds them awake.
tbb::task_arena& ArenaFor(unsigned threads);

// `threads`: 0 is one for each processor, 1 is this thread alone.
template <typename Item, typename Run>
void ParallelForEach(std::vector<Item>& items, unsigned threads, const Run& run) {
  if (threads == 1) {
    std::for_each(items.begin(), items.end(), run);
    return;
  }
  // As many as were asked for, also where the machine has fewer processors: tests rely on it.
  std::optional<tbb::global_control> workers;
  if (threads != 0) workers.emplace(tbb::global_control::max_allowed_parallelism, threads);
  ArenaFor(threads).execute([&] { tbb::parallel_for_each(items.begin(), items.end(), run); });
}

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_PARALLEL_H_
