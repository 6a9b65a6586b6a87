#include "checker/driver/parallel.h"

#include <map>

#include "absl/synchronization/mutex.h"

namespace overt::driver {

tbb::task_arena& ArenaFor(unsigned threads) {
  static absl::Mutex* const mutex = new absl::Mutex;
  static auto* const arenas = new std::map<unsigned, tbb::task_arena>;  // threads may outlive main
  absl::MutexLock lock(mutex);
  const int most = threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads);
  return arenas->try_emplace(threads, most).first->second;
}

}  // namespace overt::driver
