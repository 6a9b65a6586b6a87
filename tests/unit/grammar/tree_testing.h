// Trees as one line of text, for tests.
//
//   Shape("x = f(1)\n")  ->  "Assign(Name{x} Call(Name{f} Number{1}))"
//
// Kinds of the module's statements with their children in braces; leaves with the text that they stand for.
#ifndef OVERT_TESTS_UNIT_GRAMMAR_TREE_TESTING_H_
#define OVERT_TESTS_UNIT_GRAMMAR_TREE_TESTING_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"

namespace overt::grammar {

inline Ast Parsed(absl::string_view text) {
  return ParseSource(SourceFile::FromText(std::string(text)), FileKind::kSource);
}

inline std::string ShapeOf(const Ast& ast, NodeId node, absl::string_view text) {
  std::string out;
  struct Pending {
    NodeId node;
    bool closes;
    bool is_first;
  };
  std::vector<Pending> stack{{node, false, true}};
  while (!stack.empty()) {
    const Pending top = stack.back();
    stack.pop_back();
    if (top.closes) {
      out += ')';
      continue;
    }
    if (!top.is_first) out += ' ';
    out += std::string(KindName(ast.kind(top.node)));
    std::vector<NodeId> children;
    ast.ForEachChild(top.node, [&](NodeId child) { children.push_back(child); });
    if (children.empty()) {
      const TextRange range = ast.range(top.node);
      absl::StrAppend(&out, "{", text.substr(range.begin, range.size()), "}");
      continue;
    }
    out += '(';
    stack.push_back({NodeId(), true, false});
    for (size_t i = children.size(); i-- > 0;) stack.push_back({children[i], false, i == 0});
  }
  return out;
}

// The statements of the module, one after another.
inline std::string Shape(absl::string_view text) {
  const Ast ast = Parsed(text);
  std::string out;
  for (const NodeId statement : ast.Get<ModuleNode>(ast.root()).body()) {
    absl::StrAppend(&out, out.empty() ? "" : "; ", ShapeOf(ast, statement, text));
  }
  return out;
}

}  // namespace overt::grammar

#endif  // OVERT_TESTS_UNIT_GRAMMAR_TREE_TESTING_H_
