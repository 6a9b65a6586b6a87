// What classes and functions have in common: a name, decorators, a stretch of source that is all theirs.
//
//   @final                NameNodeOf -> the Identifier `A`
//   class A: ...          WholeOf -> from `@final` on, where the node itself begins at `class`
#ifndef OVERT_GRAMMAR_AST_DEFINITIONS_H_
#define OVERT_GRAMMAR_AST_DEFINITIONS_H_

#include "grammar/ast/ast.h"

namespace overt::grammar {

// The Identifier that a ClassDef or FunctionDef binds.
NodeId NameNodeOf(const Ast& ast, NodeId definition);

// Its text.
absl::string_view DefinedName(const Ast& ast, NodeId definition);

// In source order; none for a node that can have none.
NodeList DecoratorsOf(const Ast& ast, NodeId node);

// The range of any node, of a class or function with its decorators.
TextRange WholeOf(const Ast& ast, NodeId node);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_DEFINITIONS_H_
