// The bytes of a tree: a header, then one section after another, each 8-byte aligned. Little-endian, like every machine
// that overt runs on. Raise `kFormatStamp` whenever a section, nodes.def or names.def changes meaning.
#ifndef OVERT_GRAMMAR_AST_AST_FORMAT_H_
#define OVERT_GRAMMAR_AST_AST_FORMAT_H_

#include <cstdint>

#include "xxhash.h"

namespace overt::grammar {

inline constexpr uint32_t kFormatStamp = 0x4f560003;  // "OV", version 3

struct AstHeader {
  uint32_t stamp;
  uint32_t total_size;  // bytes, the header included
  uint64_t checksum;    // ChecksumOf
  uint64_t content_hash;
  uint32_t source_size;
  uint32_t node_count;
  uint32_t word_count;
  uint32_t name_count;  // the name section holds one offset more
  uint32_t text_size;
  uint32_t line_count;
  uint32_t comment_count;
  uint32_t problem_count;
};
static_assert(sizeof(AstHeader) == 56);

// Byte offsets of the sections, from the start of the block.
struct AstLayout {
  uint64_t nodes, words, names, lines, comments, problems, text, end;
};

// Of everything but the checksum itself.
inline uint64_t ChecksumOf(AstHeader header, const uint8_t* block, uint64_t size) {
  header.checksum = 0;
  const uint64_t seed = XXH3_64bits(&header, sizeof(header));
  return XXH3_64bits_withSeed(block + sizeof(header), size - sizeof(header), seed);
}

constexpr uint64_t Align8(uint64_t size) { return (size + 7) & ~uint64_t{7}; }

constexpr AstLayout LayoutOf(const AstHeader& header) {
  AstLayout layout{};
  layout.nodes = sizeof(AstHeader);
  layout.words = layout.nodes + uint64_t{header.node_count} * 16;
  layout.names = Align8(layout.words + uint64_t{header.word_count} * 4);
  layout.lines = Align8(layout.names + (uint64_t{header.name_count} + 1) * 4);
  layout.comments = Align8(layout.lines + uint64_t{header.line_count} * 4);
  layout.problems = Align8(layout.comments + uint64_t{header.comment_count} * 20);
  layout.text = Align8(layout.problems + uint64_t{header.problem_count} * 20);
  layout.end = Align8(layout.text + header.text_size);
  return layout;
}

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_AST_FORMAT_H_
