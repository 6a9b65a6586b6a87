// The file of an LMDB database, read and checked without LMDB.
//
//   LmdbFile file(mapping);
//   if (!file.Read()) …                       // not what LMDB would have written
//   for (const LmdbFile::Entry& e : file.entries()) file.Value(e);
//
// LMDB trusts its file: a flipped bit in a page can make it crash, and so can a file that was made to. So reading never
// goes through LMDB, and before LMDB may write, all that it would follow is walked here first: both trees with their
// keys in order, every page used once, every run of a large value and every free page inside the file.
// Format: data version 1 of LMDB 0.9 (`man lmdb`, lmdb.h; the layout is that of `struct MDB_page` and `MDB_node`), as
// written by a 64-bit little-endian machine, for one unnamed database of 16-byte keys. What the values mean is
// `cache_store.h`'s.
#ifndef OVERT_CHECKER_PROGRAM_LMDB_CHECK_H_
#define OVERT_CHECKER_PROGRAM_LMDB_CHECK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace overt::program {

class LmdbFile {
 public:
  static constexpr size_t kKeyBytes = 16;

  struct Entry {
    std::array<uint8_t, kKeyBytes> key;
    uint64_t offset = 0;  // of the value's bytes in the file
    uint32_t size = 0;
    bool is_large = false;  // in pages of its own, which begin with a header that `Value` checks
  };

  // `bytes` is the whole file, borrowed. `most_pages` bounds what the file may claim to be.
  LmdbFile(absl::Span<const uint8_t> bytes, uint64_t most_pages);

  // Walks the database; false if anything is not as LMDB would have written it.
  bool Read();
  const std::vector<Entry>& entries() const { return entries_; }
  // Empty if the pages of a large value are not what they should be.
  absl::Span<const uint8_t> Value(const Entry& entry) const;

  // After `Read`: whether LMDB may open the file and change it. Walks the large values' headers and the free pages too.
  bool IsSafeToWrite();

 private:
  // The record of one tree in the file's head.
  struct Tree {
    uint16_t flags = 0, depth = 0;
    uint64_t branch_pages = 0, leaf_pages = 0, overflow_pages = 0, entries = 0, root = 0;
  };
  struct Node {
    uint64_t number = 0;  // of a branch: the child's page
    uint32_t size = 0;    // of a leaf's value
    uint16_t flags = 0, key_size = 0;
    uint64_t key_offset = 0;  // in the file
  };
  // One walk over a tree.
  struct Walk {
    const Tree& tree;
    size_t key_bytes;
    bool is_free_list;
    Tree counted;              // what was met
    std::vector<Entry> found;  // in the order of their keys
  };

  bool ReadHead();
  bool ReadTree(uint64_t offset, Tree& tree) const;
  bool WalkTree(Walk& walk);
  bool WalkPage(Walk& walk, uint64_t page, uint16_t level);
  bool ReadNodes(uint64_t page, bool is_branch, size_t key_bytes, std::vector<Node>& nodes) const;
  static int Compare(const Walk& walk, const uint8_t* a, const uint8_t* b);
  bool TakeLeaf(Walk& walk, const Node& node);
  bool TakeFreePages(const Entry& record);
  bool Use(uint64_t page);  // false if it is out of the file or used already

  template <typename T>
  T At(uint64_t offset) const;

  absl::Span<const uint8_t> bytes_;
  uint64_t most_pages_;
  uint64_t page_bytes_ = 0;
  uint64_t last_page_ = 0;
  uint64_t transaction_ = 0;
  Tree free_, main_;
  std::vector<bool> used_;
  std::vector<Entry> entries_;
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_LMDB_CHECK_H_
