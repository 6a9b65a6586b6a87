// Trees of files on disk, kept from run to run: what was parsed once is mapped, not parsed.
//
//   TreeStore trees(cache, build);
//   absl::StatusOr<grammar::Ast> ast = trees.Tree("/p/a.py", grammar::FileKind::kSource, 50 << 20);
//
// The answer is that of reading and parsing the file, byte for byte. A file whose stamp was seen before is not even
// opened; one that was touched is read, and parsed only if no file with these bytes was met before. Stamps of files
// that were written within the last two seconds are not trusted. Keys hold the program's own stamp, since another build
// may lower differently, and since nobody can make up entries for a key that he cannot know; trees are checked as
// strangers all the same. Not for buffers of an editor and not for the bundled stubs.
#ifndef OVERT_CHECKER_PROGRAM_TREE_STORE_H_
#define OVERT_CHECKER_PROGRAM_TREE_STORE_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "checker/program/cache_store.h"
#include "grammar/ast/ast.h"
#include "grammar/lower/lower.h"
#include "grammar/source/disk_log.h"

namespace overt::program {

// XXH3-128 of what a value depends on, piece by piece; the pieces' lengths count.
class CacheKeyMaker {
 public:
  CacheKeyMaker();
  ~CacheKeyMaker();
  CacheKeyMaker(const CacheKeyMaker&) = delete;
  CacheKeyMaker& operator=(const CacheKeyMaker&) = delete;
  CacheKeyMaker& Add(absl::string_view piece);
  CacheKeyMaker& Add(uint64_t piece);
  CacheKeyMaker& Add(const grammar::FileStamp& stamp);
  CacheKey Finish() const;

 private:
  void* state_;
};

class TreeStore {
 public:
  // `build` stands for this very program: its file's stamp.
  TreeStore(std::shared_ptr<CacheStore> cache, const grammar::FileStamp& build);

  // Errors are those of `grammar::ReadFileBytes`. Thread-safe.
  absl::StatusOr<grammar::Ast> Tree(const std::string& path, grammar::FileKind kind, size_t max_bytes);

  size_t asked() const { return asked_.load(std::memory_order_relaxed); }
  size_t found() const { return found_.load(std::memory_order_relaxed); }  // of them without parsing

 private:
  // What is kept for a path: the content that a stamp stands for.
  struct KnownContent {
    grammar::FileStamp stamp;
    grammar::ContentId id;
  };

  CacheKey PathKey(const std::string& path) const;
  CacheKey TreeKey(const grammar::ContentId& id, grammar::FileKind kind) const;
  absl::StatusOr<grammar::Ast> Find(const CacheKey& key);
  absl::StatusOr<grammar::Ast> FindByStamp(const std::string& path, grammar::FileKind kind, size_t max_bytes);
  void NoteStamp(const std::string& path, const grammar::FileContents& contents);

  std::shared_ptr<CacheStore> cache_;
  grammar::FileStamp build_;
  std::atomic<size_t> asked_{0};
  std::atomic<size_t> found_{0};
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_TREE_STORE_H_
