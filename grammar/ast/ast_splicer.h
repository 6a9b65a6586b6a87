// Makes the tree of a module from statements of other trees: after an edit most of them are as they were, further on.
//
//   AstSplicer splicer(text, content_hash);
//   splicer.AddStatements(before, 0, 7, /*shift=*/0);       // `before` and `edited` are trees of modules
//   splicer.AddStatements(edited, 0, 1, /*shift=*/812);
//   AstBuilder builder = std::move(splicer).Finish();
//
// What is copied are nodes with all that they say. Problems are not: they are for `grammar/verdict` to find in the
// whole.
#ifndef OVERT_GRAMMAR_AST_AST_SPLICER_H_
#define OVERT_GRAMMAR_AST_AST_SPLICER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"
#include "grammar/ast/ast_builder.h"

namespace overt::grammar {

class AstSplicer {
 public:
  // `source` is the text of the whole module to be, borrowed until `Build`.
  AstSplicer(absl::string_view source, uint64_t content_hash) : builder_(source, content_hash) {}

  // Statements [first, last) of the module `from`, all positions `shift` bytes further on. In source order.
  void AddStatements(const Ast& from, size_t first, size_t last, int64_t shift);
  // The comments that begin within `range` (bytes of `from`), as far on.
  void AddComments(const Ast& from, TextRange range, int64_t shift);

  // The builder, with the module of these statements as its last node.
  AstBuilder Finish() &&;

 private:
  AstBuilder builder_;
  std::vector<NodeId> body_;
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_AST_SPLICER_H_
