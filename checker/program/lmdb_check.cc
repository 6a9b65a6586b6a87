#include "checker/program/lmdb_check.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace overt::program {
namespace {

// struct MDB_page: number (8), pad (2), flags (2), then lower and upper (2 each) or the pages of an overflow run (4).
constexpr uint64_t kPageHeader = 16;
constexpr uint64_t kFlagsAt = 10;
constexpr uint64_t kLowerAt = 12;
constexpr uint64_t kUpperAt = 14;
constexpr uint16_t kBranch = 1;
constexpr uint16_t kLeaf = 2;
constexpr uint16_t kOverflow = 4;
constexpr uint16_t kHead = 8;

// struct MDB_meta, behind a page header: magic, version, address, size of the map, two trees, last page, transaction.
constexpr uint32_t kMagic = 0xBEEFC0DE;
constexpr uint32_t kVersion = 1;
constexpr uint64_t kVersionAt = kPageHeader + 4;
constexpr uint64_t kFreeTreeAt = kPageHeader + 24;
constexpr uint64_t kMainTreeAt = kFreeTreeAt + 48;
constexpr uint64_t kLastPageAt = kMainTreeAt + 48;
constexpr uint64_t kTransactionAt = kLastPageAt + 8;
constexpr uint64_t kHeads = 2;

// struct MDB_node: low and high half of the size (2 each), flags (2), size of the key (2).
constexpr uint64_t kNodeHeader = 8;
constexpr uint16_t kBigData = 1;

constexpr uint16_t kFreeTreeFlags = 0x4008;  // MDB_NOSUBDIR, as the store is opened, and MDB_INTEGERKEY
constexpr uint16_t kMainTreeFlags = 0;
constexpr uint64_t kNoPage = ~uint64_t{0};
constexpr uint16_t kMostLevels = 32;
constexpr size_t kFreeKeyBytes = 8;

constexpr uint64_t Even(uint64_t size) { return (size + 1) & ~uint64_t{1}; }

}  // namespace

template <typename T>
T LmdbFile::At(uint64_t offset) const {
  T value;
  std::memcpy(&value, bytes_.data() + offset, sizeof(value));
  return value;
}

LmdbFile::LmdbFile(absl::Span<const uint8_t> bytes, uint64_t most_pages)
    : bytes_(bytes), most_pages_(most_pages), page_bytes_(static_cast<uint64_t>(sysconf(_SC_PAGESIZE))) {}

bool LmdbFile::Read() {
  if (!ReadHead()) return false;
  used_.assign(last_page_ + 1, false);
  used_[0] = used_[1] = true;
  Walk walk{main_, kKeyBytes, /*is_free_list=*/false, {}, {}};
  if (!WalkTree(walk)) return false;
  entries_ = std::move(walk.found);
  return true;
}

bool LmdbFile::ReadHead() {
  if (bytes_.size() < kHeads * page_bytes_) return false;
  std::array<uint64_t, kHeads> transactions{};
  for (uint64_t i = 0; i < kHeads; ++i) {
    const uint64_t at = i * page_bytes_;
    if (At<uint64_t>(at) != i || At<uint16_t>(at + kFlagsAt) != kHead) return false;
    if (At<uint32_t>(at + kPageHeader) != kMagic || At<uint32_t>(at + kVersionAt) != kVersion) return false;
    if (At<uint32_t>(at + kFreeTreeAt) != page_bytes_) return false;  // where LMDB keeps the size of a page
    transactions[i] = At<uint64_t>(at + kTransactionAt);
  }
  // LMDB takes the newer head and overwrites the other next: transactions alternate between the two.
  const uint64_t head = transactions[0] < transactions[1] ? 1 : 0;
  transaction_ = transactions[head];
  if ((transaction_ & 1) != head || transaction_ > uint64_t{1} << 48) return false;
  const uint64_t at = head * page_bytes_;
  last_page_ = At<uint64_t>(at + kLastPageAt);
  if (last_page_ < kHeads - 1 || last_page_ >= most_pages_) return false;
  return ReadTree(at + kFreeTreeAt, free_) && ReadTree(at + kMainTreeAt, main_) && free_.flags == kFreeTreeFlags &&
         main_.flags == kMainTreeFlags;
}

bool LmdbFile::ReadTree(uint64_t offset, Tree& tree) const {
  tree.flags = At<uint16_t>(offset + 4);
  tree.depth = At<uint16_t>(offset + 6);
  tree.branch_pages = At<uint64_t>(offset + 8);
  tree.leaf_pages = At<uint64_t>(offset + 16);
  tree.overflow_pages = At<uint64_t>(offset + 24);
  tree.entries = At<uint64_t>(offset + 32);
  tree.root = At<uint64_t>(offset + 40);
  return tree.depth <= kMostLevels;
}

bool LmdbFile::WalkTree(Walk& walk) {
  const Tree& tree = walk.tree;
  if (tree.root == kNoPage) {
    return tree.depth == 0 && tree.branch_pages == 0 && tree.leaf_pages == 0 && tree.overflow_pages == 0 &&
           tree.entries == 0;
  }
  if (tree.depth == 0 || !WalkPage(walk, tree.root, 1)) return false;
  return walk.counted.branch_pages == tree.branch_pages && walk.counted.leaf_pages == tree.leaf_pages &&
         walk.counted.overflow_pages == tree.overflow_pages && walk.counted.entries == tree.entries;
}

bool LmdbFile::Use(uint64_t page) {
  if (page < kHeads || page > last_page_ || used_[page]) return false;
  used_[page] = true;
  return true;
}

// Numbers of transactions are compared as numbers, keys of the database as bytes.
int LmdbFile::Compare(const Walk& walk, const uint8_t* a, const uint8_t* b) {
  if (!walk.is_free_list) return std::memcmp(a, b, kKeyBytes);
  uint64_t left = 0;
  uint64_t right = 0;
  std::memcpy(&left, a, sizeof(left));
  std::memcpy(&right, b, sizeof(right));
  return left < right ? -1 : left > right ? 1 : 0;
}

// Recurses as deep as the tree, which `ReadTree` bounds.
bool LmdbFile::WalkPage(Walk& walk, uint64_t page, uint16_t level) {
  if (!Use(page) || (page + 1) * page_bytes_ > bytes_.size()) return false;
  const uint64_t at = page * page_bytes_;
  const bool is_branch = level < walk.tree.depth;
  if (At<uint64_t>(at) != page || At<uint16_t>(at + kFlagsAt) != (is_branch ? kBranch : kLeaf)) return false;
  std::vector<Node> nodes;
  if (!ReadNodes(page, is_branch, walk.key_bytes, nodes)) return false;
  if (!is_branch) {
    ++walk.counted.leaf_pages;
    return std::all_of(nodes.begin(), nodes.end(), [&](const Node& node) { return TakeLeaf(walk, node); });
  }
  ++walk.counted.branch_pages;
  for (size_t i = 0; i < nodes.size(); ++i) {
    // All before a branch's key is smaller than it, all behind is not.
    const size_t taken = walk.found.size();
    if (!WalkPage(walk, nodes[i].number, static_cast<uint16_t>(level + 1))) return false;
    if (walk.found.size() == taken) return false;
    if (i == 0) continue;
    const uint8_t* key = bytes_.data() + nodes[i].key_offset;
    if (Compare(walk, key, walk.found[taken].key.data()) > 0) return false;
    if (taken > 0 && Compare(walk, walk.found[taken - 1].key.data(), key) >= 0) return false;
  }
  return true;
}

// The nodes of a page, which must fill it from `upper` to its end without gap or overlap.
bool LmdbFile::ReadNodes(uint64_t page, bool is_branch, size_t key_bytes, std::vector<Node>& nodes) const {
  const uint64_t at = page * page_bytes_;
  const uint64_t lower = At<uint16_t>(at + kLowerAt);
  const uint64_t upper = At<uint16_t>(at + kUpperAt);
  if (lower < kPageHeader || lower % 2 != 0 || upper < lower || upper > page_bytes_) return false;
  const uint64_t count = (lower - kPageHeader) / 2;
  if (count < (is_branch ? 2 : 1)) return false;
  std::vector<std::pair<uint64_t, uint64_t>> places;  // begin, end
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t offset = At<uint16_t>(at + kPageHeader + i * 2);
    if (offset < upper || offset % 2 != 0 || offset + kNodeHeader > page_bytes_) return false;
    Node node;
    const uint64_t node_at = at + offset;
    node.size = At<uint32_t>(node_at);
    node.flags = At<uint16_t>(node_at + 4);
    node.key_size = At<uint16_t>(node_at + 6);
    node.key_offset = node_at + kNodeHeader;
    const bool may_lack_key = is_branch && i == 0;
    if (node.key_size != key_bytes && !(may_lack_key && node.key_size == 0)) return false;
    uint64_t size = kNodeHeader + node.key_size;
    if (is_branch) {
      node.number = node.size | uint64_t{node.flags} << 32;
    } else {
      if (node.flags != 0 && node.flags != kBigData) return false;
      size += node.flags == kBigData ? sizeof(uint64_t) : node.size;
    }
    if (offset + size > page_bytes_) return false;
    places.emplace_back(offset, offset + Even(size));
    nodes.push_back(node);
  }
  std::sort(places.begin(), places.end());
  uint64_t end = upper;
  for (const auto& [begin, after] : places) {
    if (begin != end) return false;
    end = after;
  }
  return end == page_bytes_;
}

bool LmdbFile::TakeLeaf(Walk& walk, const Node& node) {
  const uint8_t* key = bytes_.data() + node.key_offset;
  if (!walk.found.empty() && Compare(walk, walk.found.back().key.data(), key) >= 0) return false;
  Entry entry;
  std::memcpy(entry.key.data(), key, walk.key_bytes);
  entry.size = node.size;
  entry.is_large = node.flags == kBigData;
  entry.offset = node.key_offset + walk.key_bytes;
  if (entry.is_large) {
    const uint64_t first = At<uint64_t>(entry.offset);
    const uint64_t pages = (kPageHeader + entry.size + page_bytes_ - 1) / page_bytes_;
    if (first > last_page_ || pages > last_page_ || (first + pages) * page_bytes_ > bytes_.size()) return false;
    for (uint64_t i = 0; i < pages; ++i) {
      if (!Use(first + i)) return false;
    }
    walk.counted.overflow_pages += pages;
    entry.offset = first * page_bytes_ + kPageHeader;
  }
  ++walk.counted.entries;
  walk.found.push_back(entry);
  return true;
}

absl::Span<const uint8_t> LmdbFile::Value(const Entry& entry) const {
  if (entry.is_large) {
    const uint64_t at = entry.offset - kPageHeader;
    const uint64_t pages = (kPageHeader + entry.size + page_bytes_ - 1) / page_bytes_;
    const bool is_sound = At<uint64_t>(at) == at / page_bytes_ && At<uint16_t>(at + kFlagsAt) == kOverflow &&
                          At<uint32_t>(at + kLowerAt) == pages;
    if (!is_sound) return {};
  }
  return bytes_.subspan(entry.offset, entry.size);
}

bool LmdbFile::IsSafeToWrite() {
  for (const Entry& entry : entries_) {
    if (entry.size > 0 && Value(entry).empty()) return false;
  }
  Walk walk{free_, kFreeKeyBytes, /*is_free_list=*/true, {}, {}};
  if (!WalkTree(walk)) return false;
  return std::all_of(walk.found.begin(), walk.found.end(), [&](const Entry& record) {
    uint64_t transaction = 0;
    std::memcpy(&transaction, record.key.data(), sizeof(transaction));
    return transaction <= transaction_ && TakeFreePages(record);
  });
}

// A record of the free list: how many, then the pages, largest first.
bool LmdbFile::TakeFreePages(const Entry& record) {
  const absl::Span<const uint8_t> value = Value(record);
  if (value.size() < sizeof(uint64_t)) return false;
  const uint64_t at = record.offset;
  const uint64_t count = At<uint64_t>(at);
  if (count > value.size() / sizeof(uint64_t) - 1) return false;
  uint64_t before = kNoPage;
  for (uint64_t i = 1; i <= count; ++i) {
    const uint64_t page = At<uint64_t>(at + i * sizeof(uint64_t));
    if (page >= before || !Use(page)) return false;
    before = page;
  }
  return true;
}

}  // namespace overt::program
