// In a damaged text tree-sitter puts things together that the grammar would not: a `case` among statements, a
// pattern as the key of a mapping. Lowering takes them as they come; this makes of each what its
// place can hold, so that a tree is what `nodes.def` says whatever the text was.
//
//   x = 1                              x = 1
//   case y: pass                       <error>        # its body saved
//
// Not for texts that parsed: there lowering itself puts everything where it belongs. Private to `grammar/lower`.
#ifndef OVERT_GRAMMAR_LOWER_FIT_SCHEMA_H_
#define OVERT_GRAMMAR_LOWER_FIT_SCHEMA_H_

#include "grammar/ast/ast_builder.h"

namespace overt::grammar {

// The last node of `builder` is the root, before and after.
void FitSchema(AstBuilder& builder);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_FIT_SCHEMA_H_
