#include "checker/classes/main_definition.h"

namespace overt::classes {

NodeId MainFunction(const ClassTable& classes, const Member& member) {
  const bind::ModuleIndex* index = classes.program().Index(member.file);
  if (index == nullptr) return NodeId();
  NodeId main;
  for (const DefId id : member.definitions) {
    const bind::Definition& definition = index->definition(id);
    if (definition.kind != bind::DefKind::kFunction) continue;
    main = definition.node;
    if (classes.FactsOf({member.file, definition.node}).accessor == Accessor::kGetter) break;
  }
  return main;
}

TextRange MainNameRange(const ClassTable& classes, const Member& member) {
  const NodeId function = MainFunction(classes, member);
  if (!function.present()) return member.name_range;
  const grammar::Ast& ast = classes.program().Index(member.file)->ast();
  return ast.range(ast.Get<grammar::FunctionDefNode>(function).name());
}

}  // namespace overt::classes
