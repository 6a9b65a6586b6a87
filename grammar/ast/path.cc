#include "grammar/ast/path.h"

#include "grammar/ast/definitions.h"

namespace overt::grammar {

std::vector<NodeId> PathTo(const Ast& ast, uint32_t offset) {
  std::vector<NodeId> path(1, ast.root());
  while (true) {
    NodeId inner;
    ast.ForEachChild(path.back(), [&](NodeId child) {
      const TextRange range = WholeOf(ast, child);
      if (range.begin <= offset && offset < range.end) inner = child;
    });
    if (!inner.present()) return path;
    path.push_back(inner);
  }
}

}  // namespace overt::grammar
