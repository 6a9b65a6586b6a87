// The nodes around a place of the source, from the outside in.
//
//   class A:
//       def f(self): ...      # PathTo(ast, offset of `self`) -> Module, ClassDef, FunctionDef, Parameters, Parameter,
//       …
//
// A class or function begins with its decorators. Knows no scopes: what a name means is for `checker/bind` to say.
#ifndef OVERT_GRAMMAR_AST_PATH_H_
#define OVERT_GRAMMAR_AST_PATH_H_

#include <cstdint>
#include <vector>

#include "grammar/ast/ast.h"

namespace overt::grammar {

// From the root, which is always there, to the innermost node that holds byte `offset`.
std::vector<NodeId> PathTo(const Ast& ast, uint32_t offset);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_PATH_H_
