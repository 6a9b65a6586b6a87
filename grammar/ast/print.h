// The tree as text for people and golden files: one node a line, indented, with ranges.
//
//   ClassDef 0..24
//     name: Identifier 6..7 `A`
#ifndef OVERT_GRAMMAR_AST_PRINT_H_
#define OVERT_GRAMMAR_AST_PRINT_H_

#include <string>

#include "grammar/ast/ast.h"

namespace overt::grammar {

std::string Dump(const Ast& ast);
std::string Dump(const Ast& ast, NodeId subtree);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_PRINT_H_
