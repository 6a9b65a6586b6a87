#include "grammar/ast/terminal_name.h"

namespace overt::grammar {

absl::string_view TerminalName(const Ast& ast, NodeId expression) {
  switch (ast.kind(expression)) {
    case NodeKind::kName: return ast.name(ast.Get<NameNode>(expression).name());
    case NodeKind::kAttribute: return ast.name(ast.Get<AttributeNode>(expression).attribute());
    default: return absl::string_view();
  }
}

}  // namespace overt::grammar
