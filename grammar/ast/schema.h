// Which kinds of nodes each field can hold: what `nodes.def` leaves to the names of its fields.
//
//   KindsIn(NodeKind::kMatch, 1)     // the word of `cases`: {MatchCase}
//
// `ast_check.h` refuses bytes that say otherwise; `grammar/lower` fits to it what it made of a damaged text.
#ifndef OVERT_GRAMMAR_AST_SCHEMA_H_
#define OVERT_GRAMMAR_AST_SCHEMA_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "grammar/ast/ast.h"

namespace overt::grammar {

static_assert(kNodeKindCount <= 128, "KindSet holds 128 kinds");

class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<NodeKind> kinds) {
    for (const NodeKind kind : kinds) Add(kind);
  }
  constexpr void Add(NodeKind kind) { bits_[Word(kind)] |= Bit(kind); }
  constexpr bool Has(NodeKind kind) const { return (bits_[Word(kind)] & Bit(kind)) != 0; }
  friend constexpr KindSet operator|(KindSet a, const KindSet& b) {
    for (size_t i = 0; i < a.bits_.size(); ++i) a.bits_[i] |= b.bits_[i];
    return a;
  }

 private:
  static constexpr size_t Word(NodeKind kind) { return static_cast<size_t>(kind) / 64; }
  static constexpr uint64_t Bit(NodeKind kind) { return uint64_t{1} << (static_cast<size_t>(kind) % 64); }
  std::array<uint64_t, 2> bits_{};
};

// For a field that holds nodes: a child or a list; `word` is where it begins among the node's words.
const KindSet& KindsIn(NodeKind parent, uint8_t word);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_SCHEMA_H_
