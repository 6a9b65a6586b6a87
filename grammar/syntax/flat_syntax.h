// A parsed text as lowering reads it: its nodes in one array, children before parents.
//
//   x = f(1)
//   identifier, =, identifier, (, integer, ), argument_list[3], call[2], assignment[3], expression_statement[1],
//   module[1]
//
// Each node names how many of the nodes before it, not yet claimed by another, are its children. Which parser made the
// array cannot be told from here on.
#ifndef OVERT_GRAMMAR_SYNTAX_FLAT_SYNTAX_H_
#define OVERT_GRAMMAR_SYNTAX_FLAT_SYNTAX_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "diagnostics/span.h"
#include "grammar/syntax/flatten.h"
#include "grammar/syntax/quick_parse.h"

namespace overt::grammar {

enum class SyntaxKind : uint16_t {
  kToken,  // punctuation and keywords that carry no meaning of their own
  kError,  // a stretch that did not parse; its children are what could be recognised within
#define NODE_KIND(ident, name) ident,
#define TOKEN(ident, text) ident,
#include "grammar/syntax/kinds.def"
};
inline constexpr size_t kSyntaxKindCount = 2
#define NODE_KIND(ident, name) +1
#define TOKEN(ident, text) +1
#include "grammar/syntax/kinds.def"
    ;

struct FlatNode {
  SyntaxKind kind;
  bool is_missing;  // invented by the parser, empty
  uint32_t begin;
  uint32_t end;
  uint32_t child_count;
};

// The listing of one tree. Keeps its buffers for the next one; belongs to one thread.
class FlatSyntax {
 public:
  FlatSyntax() = default;
  FlatSyntax(const FlatSyntax&) = delete;
  FlatSyntax& operator=(const FlatSyntax&) = delete;
  ~FlatSyntax() { overt_flat_tree_free(&tree_); }

  void Read(const TSTree* tree);
  // Parses and lists in one. False: tree-sitter's runtime is needed (quick_parse.h).
  bool ReadQuickly(OvertQuickParser* parser, absl::string_view text);

  bool has_error() const { return tree_.has_error; }  // some part did not parse
  uint32_t size() const { return tree_.node_count; }
  FlatNode operator[](uint32_t i) const {
    const OvertFlatNode& node = tree_.nodes[i];
    return {KindOf(node.symbol), (node.flags & OVERT_FLAT_MISSING) != 0, node.begin, node.end, node.child_count};
  }
  uint32_t comment_count() const { return tree_.comment_count; }
  TextRange comment(uint32_t i) const { return {tree_.comments[i].begin, tree_.comments[i].end}; }

 private:
  SyntaxKind KindOf(uint16_t symbol) const {
    return symbol == OVERT_ERROR_SYMBOL ? SyntaxKind::kError : kinds_[symbol];
  }
  OvertFlatTree tree_{};
  const SyntaxKind* kinds_ = nullptr;  // by symbol
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SYNTAX_FLAT_SYNTAX_H_
