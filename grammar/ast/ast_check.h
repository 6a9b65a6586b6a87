// Whether a block of bytes that says it is a tree is one: everything that code which walks trees relies on.
//
//   Open(bytes of a cache, …)  ->  "damaged syntax tree: it is no tree"
//
// A checksum shows that bytes are what somebody wrote, not that he meant well. After this check no walk leaves the
// block, ends nowhere or takes a node for what it is not: offsets and names are in range, every node but the root has
// exactly one parent and stands where post-order wants it, children are of the kinds that their field can hold,
// operators are known, `kBinds` is set wherever something below binds, names are the well-known ones first and valid
// UTF-8. What the tree says may still be untrue of the file: that is for whoever chose the key to exclude.
#ifndef OVERT_GRAMMAR_AST_AST_CHECK_H_
#define OVERT_GRAMMAR_AST_AST_CHECK_H_

#include <cstdint>

#include "grammar/ast/ast.h"

namespace overt::grammar {

// `text_size`: bytes of the text section.
bool IsSoundTree(const Ast& ast, uint32_t text_size);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_AST_CHECK_H_
