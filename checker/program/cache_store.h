// A database in a folder that keeps bytes by key from run to run: what was computed once need not be again.
//
//   auto store = CacheStore::Open("/p/.overt_cache", {}, &why_not);     // null: not to be used, and why in one phrase
//   absl::Span<const uint8_t> tree = store->Find(key);                  // empty: not there, or damaged
//   store->Add(key, bytes, owner);   …   store->Commit();               // once, at the end of the run
//
// LMDB writes it: one transaction a run, safe under `kill -9`. Reading maps the file and follows it by itself
// (`lmdb_check.h`). Nothing in it is trusted: the folder must be ours (no link, our owner, not writable for others),
// the pages are checked before anybody follows them, every value carries its key and a checksum. Whatever is wrong is a
// miss, and a damaged file is made anew. Bounded: when full, what was not used for longest goes first.
//
// Processes share a cache by a lock on a file beside it, which all hold as readers while they live; a writer needs it
// alone for a moment. One that does not get it drops what it would have added: the last of several runs at once writes.
// Knows nothing of what the bytes mean.
#ifndef OVERT_CHECKER_PROGRAM_CACHE_STORE_H_
#define OVERT_CHECKER_PROGRAM_CACHE_STORE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt::program {

using CacheKey = std::array<uint8_t, 16>;  // XXH3-128 of everything that the value depends on

class CacheStore {
 public:
  struct Options {
    size_t max_bytes = size_t{1} << 30;  // of all values; the file may be a quarter larger
  };

  // A folder that is not there is made by the `Commit` that has something to write, with a `.gitignore` and a
  // `CACHEDIR.TAG` of its own.
  static std::unique_ptr<CacheStore> Open(const std::string& folder, const Options& options, std::string* why_not);
  virtual ~CacheStore() = default;

  // 8-byte aligned; lives as long as the store. Thread-safe.
  virtual absl::Span<const uint8_t> Find(const CacheKey& key) = 0;
  // Remembered until `Commit`; `owner` keeps the bytes alive until then. The last one of a key wins. Thread-safe.
  virtual void Add(const CacheKey& key, absl::Span<const uint8_t> value, std::shared_ptr<const void> owner) = 0;
  // Writes all that was added, in one transaction, or nothing: if the disk is full, say, or another process keeps the
  // store busy. Waits for others a tenth of a second at most. What is added afterwards is not kept.
  // Returns why nothing was written, in one phrase; empty if all is well.
  virtual std::string Commit() = 0;
  // What `Commit` returns where others were in the way: nothing is wrong, and a later run will write.
  static constexpr absl::string_view kBusy = "other runs are using it";

  // Removes what is ours in a cache folder, and the folder if nothing else is in it; follows no links. Returns how many
  // bytes that freed; `why_not` is filled when nothing was removed though something is there.
  static uint64_t Clean(const std::string& folder, std::string* why_not);
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_CACHE_STORE_H_
