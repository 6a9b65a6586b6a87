// The last part of a name as it is written: what an expression is called, whatever it means.
//
//   decorators.final      TerminalName -> "final"
//   final()               "": a call has no name
#ifndef OVERT_GRAMMAR_AST_TERMINAL_NAME_H_
#define OVERT_GRAMMAR_AST_TERMINAL_NAME_H_

#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"

namespace overt::grammar {

// Of a Name or an Attribute; empty for anything else.
absl::string_view TerminalName(const Ast& ast, NodeId expression);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_TERMINAL_NAME_H_
