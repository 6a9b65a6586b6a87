// The file that holds all stubs, byte by byte.
//
//   Header | Row × file_count | Piece × namespace_count | strings | tree, text, tree, text, …
//
// Rows are sorted by module, then distribution (the standard library's is empty and comes first); namespaces are
// sorted too, so that both are searched in place. Every tree begins at a multiple of 8. Only the standard library's
// trees are kept: nearly every run asks for some. Third-party stubs would take three quarters of the file, a run asks
// for a few dozen at most, and each takes a fraction of a millisecond to parse. Private to this folder.
#ifndef OVERT_STUBS_INDEX_FORMAT_H_
#define OVERT_STUBS_INDEX_FORMAT_H_

#include <cstdint>

namespace overt::stubs {

inline constexpr uint64_t kIndexMagic = 0x3330425553544f4fu;  // "OOTSUB03"

// A part of the strings.
struct Piece {
  uint32_t offset;
  uint32_t size;
};

struct Row {
  Piece module, path, distribution;
  uint8_t is_package, is_partial, first_minor, last_minor;
  uint32_t tree_size, text_size;      // tree_size 0: the tree is made from the text when it is asked for
  uint64_t tree_offset, text_offset;  // from the beginning of the file
  uint64_t text_checksum;             // the tree carries its own
};
static_assert(sizeof(Row) == 64, "one cache line: a search touches a dozen rows");

struct Header {
  uint64_t magic;
  uint32_t ast_stamp;
  uint32_t file_count;
  uint32_t namespace_count;
  uint32_t strings_size;
  uint64_t total_size;
  uint64_t table_checksum;  // of rows, namespaces and strings
  char commit[48];
};
static_assert(sizeof(Header) % 8 == 0, "the rows behind it hold 8-byte numbers");

}  // namespace overt::stubs

#endif  // OVERT_STUBS_INDEX_FORMAT_H_
