// Folders listed once: what is in them, and of which sort. Thread-safe; what was seen first stays seen.
//
//   cache.Has("/p/src", "csv.py") == FolderCache::Kind::kFile
//
// One listing answers many questions, where a stat for each would ask the system again and again.
#ifndef OVERT_CHECKER_RESOLVE_FOLDER_CACHE_H_
#define OVERT_CHECKER_RESOLVE_FOLDER_CACHE_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace overt::resolve {

class FolderCache {
 public:
  enum class Kind : uint8_t { kNothing, kFile, kFolder };

  using Listing = absl::flat_hash_map<std::string, Kind>;

  // Links are followed. Empty for what is no folder or cannot be listed.
  const Listing& List(const std::string& folder);
  Kind Has(const std::string& folder, absl::string_view name);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::unique_ptr<const Listing>> listings_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_FOLDER_CACHE_H_
