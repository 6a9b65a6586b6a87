#include "checker/classes/super_call.h"

#include "absl/algorithm/container.h"

namespace overt::classes {

using grammar::Ast;
using grammar::NodeKind;

EntitySet ValueOnPath(const ClassTable& classes, FileId file, const NodePath& path, NodeId expression) {
  const bind::ModuleIndex& index = *classes.program().Index(file);
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    if (grammar::CategoryOf(index.ast().kind(*node)) != grammar::NodeCategory::kStatement) continue;
    return Evaluate(classes, file, expression, index.ScopeAt(expression), index.FlowBefore(*node));
  }
  return {};
}

ClassRef ClassAroundMethod(const program::Program& program, FileId file, const NodePath& path) {
  const Ast& ast = program.Index(file)->ast();
  bool in_function = false;
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    in_function |= ast.kind(*node) == NodeKind::kFunctionDef;
    if (ast.kind(*node) == NodeKind::kClassDef && in_function) return {file, *node};
  }
  return {};
}

bool IsSuperCall(const ClassTable& classes, FileId file, const NodePath& path, NodeId node) {
  const Ast& ast = classes.program().Index(file)->ast();
  if (!ast.Is<grammar::CallNode>(node)) return false;
  const NodeId callee = ast.Get<grammar::CallNode>(node).callee();
  if (!ast.Is<grammar::NameNode>(callee)) return false;
  if (ast.name(ast.Get<grammar::NameNode>(callee).name()) != "super") return false;
  return absl::c_any_of(ValueOnPath(classes, file, path, callee),
                        [](const Entity& one) { return one.special == SpecialForm::kSuper; });
}

namespace {

// `__class__`, which Python binds to the class around the method.
bool NamesOwnClass(const Ast& ast, NodeId argument) {
  return ast.Is<grammar::NameNode>(argument) && ast.name(ast.Get<grammar::NameNode>(argument).name()) == "__class__";
}

}  // namespace

std::optional<SuperCall> ReadSuperCall(const ClassTable& classes, FileId file, const NodePath& path, NodeId call) {
  const Ast& ast = classes.program().Index(file)->ast();
  const ClassRef around = ClassAroundMethod(classes.program(), file, path);
  if (!around.present()) return std::nullopt;
  const grammar::NodeList arguments = ast.Get<grammar::CallNode>(call).arguments();
  if (arguments.empty() || NamesOwnClass(ast, arguments.front())) return SuperCall{around, around};
  const EntitySet values = ValueOnPath(classes, file, path, arguments.front());
  if (values.size() != 1 || !values.front().is_class()) return std::nullopt;
  return SuperCall{around, values.front().class_ref};
}

}  // namespace overt::classes
