#include "grammar/ast/definitions.h"

namespace overt::grammar {

NodeId NameNodeOf(const Ast& ast, NodeId definition) {
  return ast.Is<ClassDefNode>(definition) ? ast.Get<ClassDefNode>(definition).name()
                                          : ast.Get<FunctionDefNode>(definition).name();
}

absl::string_view DefinedName(const Ast& ast, NodeId definition) {
  return ast.name(ast.Get<IdentifierNode>(NameNodeOf(ast, definition)).name());
}

NodeList DecoratorsOf(const Ast& ast, NodeId node) {
  if (ast.Is<FunctionDefNode>(node)) return ast.Get<FunctionDefNode>(node).decorators();
  if (ast.Is<ClassDefNode>(node)) return ast.Get<ClassDefNode>(node).decorators();
  return {};
}

TextRange WholeOf(const Ast& ast, NodeId node) {
  TextRange range = ast.range(node);
  const NodeList decorators = DecoratorsOf(ast, node);
  if (!decorators.empty()) range.begin = ast.range(decorators.front()).begin;
  return range;
}

}  // namespace overt::grammar
