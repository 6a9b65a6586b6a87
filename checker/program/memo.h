// A table of answers, each computed once, asked for from any thread.
//
//   const ClassInfo& info = infos_.Get(ref, [&] { return ComputeInfo(ref); });
//
// The policy for cycles, for the whole program: no lock is held while an answer is computed, so nothing can deadlock;
// two threads may compute the same answer, then the first to finish is kept, and both were equal because an answer
// depends on the snapshot alone. A computation that meets itself (`class A(A)`, `X = Y; Y = X`) must detect that with
// the evaluation stack that it is given, answer "unknown: cycle" there, and must not memoise anything that it learnt
// below that point: what is kept never depends on who asked first. `tests/laws` shuffles files and threads to hold it.
#ifndef OVERT_CHECKER_PROGRAM_MEMO_H_
#define OVERT_CHECKER_PROGRAM_MEMO_H_

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/synchronization/mutex.h"

namespace overt::program {

template <typename Key, typename Value>
class Memo {
 public:
  // The kept answer, or null.
  const Value* Find(const Key& key) const {
    const Shard& shard = ShardOf(key);
    absl::ReaderMutexLock lock(&shard.mutex);
    const auto it = shard.values.find(key);
    return it == shard.values.end() ? nullptr : it->second.get();
  }

  // Keeps `value` unless another thread was first; returns what is kept. The reference lives as long as the memo.
  const Value& Keep(const Key& key, Value value) {
    Shard& shard = ShardOf(key);
    auto owned = std::make_unique<const Value>(std::move(value));
    absl::MutexLock lock(&shard.mutex);
    return *shard.values.try_emplace(key, std::move(owned)).first->second;
  }

  template <typename Compute>
  const Value& Get(const Key& key, Compute compute) {
    if (const Value* known = Find(key)) return *known;
    return Keep(key, compute());
  }

 private:
  static constexpr size_t kShards = 16;
  struct Shard {
    mutable absl::Mutex mutex;
    absl::flat_hash_map<Key, std::unique_ptr<const Value>> values ABSL_GUARDED_BY(mutex);
  };
  Shard& ShardOf(const Key& key) { return shards_[absl::Hash<Key>{}(key) % kShards]; }
  const Shard& ShardOf(const Key& key) const { return shards_[absl::Hash<Key>{}(key) % kShards]; }
  std::array<Shard, kShards> shards_;
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_MEMO_H_
