// Folders listed once: what is in them, and of which sort. Thread-safe; what was seen first stays seen.
//
//   cache.Has("/p/src", "csv.py") == FolderCache::Kind::kFile
//
// One listing answers many questions, where a stat for each would ask the system again and again. Files may be meant to
// be seen otherwise than the disk has them: as the next commit will, say.
#ifndef OVERT_CHECKER_RESOLVE_FOLDER_CACHE_H_
#define OVERT_CHECKER_RESOLVE_FOLDER_CACHE_H_

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace overt::resolve {

// By absolute path. What is in both is there.
struct DiskChanges {
  std::vector<std::string> hidden;   // files that are not there, whatever the disk says
  std::vector<std::string> present;  // files that are there, with the folders that lead to them
};

class FolderCache {
 public:
  enum class Kind : uint8_t { kNothing, kFile, kFolder };

  struct Listing {
    absl::flat_hash_map<std::string, Kind> entries;
    // Modules without text, by name: "_speedups" -> "_speedups.cpython-312-x86_64-linux-gnu.so". Of several files the
    // first by name, so that the order of the folder does not matter.
    absl::flat_hash_map<std::string, std::string> compiled;

    Kind Has(absl::string_view name) const {
      const auto it = entries.find(name);
      return it == entries.end() ? Kind::kNothing : it->second;
    }
  };

  FolderCache() = default;
  explicit FolderCache(const DiskChanges& changes);

  // Links are followed. Empty for what is no folder or cannot be listed.
  const Listing& List(absl::string_view folder);
  Kind Has(absl::string_view folder, absl::string_view name) { return List(folder).Has(name); }

 private:
  using Entries = absl::flat_hash_map<std::string, Kind>;
  absl::flat_hash_map<std::string, Entries> changed_;  // by folder; kNothing: hidden

  static constexpr size_t kShards = 16;
  struct Shard {
    absl::Mutex mutex;
    absl::flat_hash_map<std::string, std::unique_ptr<const Listing>> listings ABSL_GUARDED_BY(mutex);
  };
  std::array<Shard, kShards> shards_;
};

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_FOLDER_CACHE_H_
