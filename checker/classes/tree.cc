#include "checker/classes/steps.h"

namespace overt::classes {

using grammar::Ast;
using grammar::NodeKind;
using grammar::NodeList;

bool IsString(const Ast& ast, NodeId node) {
  return node.present() && ast.kind(node) == NodeKind::kString &&
         (ast.node(node).flags & (grammar::NodeFlags::kBytes | grammar::NodeFlags::kTextDropped)) == 0;
}

absl::string_view StringText(const Ast& ast, NodeId node) { return ast.Get<grammar::StringNode>(node).text(); }

NodeId KeywordValue(const Ast& ast, NodeList arguments, absl::string_view name) {
  for (const NodeId argument : arguments) {
    if (ast.kind(argument) != NodeKind::kKeyword) continue;
    const auto keyword = ast.Get<grammar::KeywordNode>(argument);
    if (keyword.name().present() && ast.name(keyword.name()) == name) return keyword.value();
  }
  return NodeId::None();
}

NodeId PositionalArgument(const Ast& ast, NodeList arguments, size_t i) {
  for (const NodeId argument : arguments) {
    const NodeKind kind = ast.kind(argument);
    if (kind == NodeKind::kStarred) return NodeId::None();
    if (kind == NodeKind::kKeyword) continue;
    if (i-- == 0) return argument;
  }
  return NodeId::None();
}

NodeList DisplayElements(const Ast& ast, NodeId node, bool* is_display) {
  *is_display = true;
  if (node.present()) {
    switch (ast.kind(node)) {
      case NodeKind::kTuple: return ast.Get<grammar::TupleNode>(node).elements();
      case NodeKind::kList: return ast.Get<grammar::ListNode>(node).elements();
      case NodeKind::kSet: return ast.Get<grammar::SetNode>(node).elements();
      default: break;
    }
  }
  *is_display = false;
  return NodeList();
}

}  // namespace overt::classes
