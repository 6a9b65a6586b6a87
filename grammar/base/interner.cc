#include "grammar/base/interner.h"

#include <array>
#include <deque>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace overt::grammar {
namespace {

constexpr uint32_t kShardBits = 4;
constexpr uint32_t kShards = 1u << kShardBits;

// An atom's low bits say which shard has its text.
struct Shard {
  mutable absl::Mutex mutex;
  std::deque<std::string> texts ABSL_GUARDED_BY(mutex);  // addresses stay
  absl::flat_hash_map<absl::string_view, uint32_t> numbers ABSL_GUARDED_BY(mutex);
};

uint32_t ShardOf(absl::string_view text) {
  return static_cast<uint32_t>(absl::Hash<absl::string_view>{}(text)) & (kShards - 1);
}

}  // namespace

struct Interner::Impl {
  std::array<Shard, kShards> shards;
};

Interner::Interner() : impl_(std::make_unique<Impl>()) {}
Interner::~Interner() = default;

Atom Interner::Intern(absl::string_view text) {
  const uint32_t number = ShardOf(text);
  Shard& shard = impl_->shards[number];
  {
    absl::ReaderMutexLock lock(&shard.mutex);
    const auto it = shard.numbers.find(text);
    if (it != shard.numbers.end()) return Atom(it->second << kShardBits | number);
  }
  absl::MutexLock lock(&shard.mutex);
  const auto it = shard.numbers.find(text);
  if (it != shard.numbers.end()) return Atom(it->second << kShardBits | number);
  const auto index = static_cast<uint32_t>(shard.texts.size());
  shard.texts.emplace_back(text);
  shard.numbers.emplace(shard.texts.back(), index);
  return Atom(index << kShardBits | number);
}

Atom Interner::Find(absl::string_view text) const {
  const uint32_t number = ShardOf(text);
  const Shard& shard = impl_->shards[number];
  absl::ReaderMutexLock lock(&shard.mutex);
  const auto it = shard.numbers.find(text);
  return it == shard.numbers.end() ? Atom() : Atom(it->second << kShardBits | number);
}

absl::string_view Interner::text(Atom atom) const {
  const Shard& shard = impl_->shards[atom.raw & (kShards - 1)];
  absl::ReaderMutexLock lock(&shard.mutex);
  return shard.texts[atom.raw >> kShardBits];
}

}  // namespace overt::grammar
