// A damaged file keeps every class and function that can be saved, with the right parents.
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "grammar/ast/ast.h"
#include "tests/unit/grammar/tree_testing.h"

namespace overt::grammar {
namespace {

// "A A.f B": classes and functions with those around them.
std::string Definitions(absl::string_view text) {
  const Ast ast = Parsed(text);
  std::vector<std::string> found;
  struct Pending {
    NodeId node;
    std::string path;
  };
  std::vector<Pending> stack{{ast.root(), ""}};
  while (!stack.empty()) {
    const Pending top = stack.back();
    stack.pop_back();
    std::string path = top.path;
    NodeId name;
    if (ast.Is<ClassDefNode>(top.node)) name = ast.Get<ClassDefNode>(top.node).name();
    if (ast.Is<FunctionDefNode>(top.node)) name = ast.Get<FunctionDefNode>(top.node).name();
    if (name.present()) {
      const std::string own(ast.name(ast.Get<IdentifierNode>(name).name()));
      path = path.empty() ? own : absl::StrCat(path, ".", own);
      found.push_back(path);
    }
    std::vector<NodeId> children;
    ast.ForEachChild(top.node, [&](NodeId child) { children.push_back(child); });
    for (size_t i = children.size(); i-- > 0;) stack.push_back({children[i], path});
  }
  return absl::StrJoin(found, " ");
}

TEST(Repair, ABadLineCostsItselfOnly) {
  EXPECT_EQ(Definitions("class A:\n    def f(self): pass\n    x = = 1\n    def g(self): pass\nclass B(A): pass\n"),
            "A A.f A.g B");
  EXPECT_EQ(Definitions("class A:\n    def f(self):\n        if x y:\n            z = 1\n    def g(self): pass\n"),
            "A A.f A.g");
  EXPECT_EQ(Shape("x = 1 +\ny = 2\n"), "Assign(Name{x} ErrorExpression{ 1 +}); Assign(Name{y} Number{2})");
  EXPECT_EQ(Shape("foo bar\ny = 2\n"), "ErrorStatement{foo bar}; Assign(Name{y} Number{2})");
}

TEST(Repair, HeadersKeepWhatTheyCan) {
  EXPECT_EQ(Shape("class A(B)\n    x = 1\n"), "ClassDef(Identifier{A} Name{B} Assign(Name{x} Number{1}))");
  EXPECT_EQ(Shape("class A(B:\n    x = 1\n"), "ClassDef(Identifier{A} Name{B} Assign(Name{x} Number{1}))");
  EXPECT_EQ(Shape("class A(B, = C):\n    x = 1\n"),
            "ClassDef(Identifier{A} ErrorExpression{(B, = C):} Assign(Name{x} Number{1}))");
  EXPECT_EQ(Definitions("class A:\n    def f(self x y):\n        pass\n    def g(self): pass\n"), "A A.f A.g");
}

TEST(Repair, OpenBracketsEndWhereStatementsBegin) {
  EXPECT_EQ(Definitions("x = foo(\n\nclass A:\n    def f(self): return [\n    def g(self): pass\n\nclass B: pass\n"),
            "A A.f A.g B");
  EXPECT_EQ(Definitions("x = (\n@decorated\ndef f(): pass\n"), "f");
}

TEST(Repair, ClausesStayTogether) {
  EXPECT_EQ(Definitions("try:\n    import a b\nexcept ImportError:\n    class A: pass\nelse:\n    class B: pass\n"), "A B");
  EXPECT_EQ(Definitions("if x = 1:\n    class A: pass\nelif y z:\n    class B: pass\nelse:\n    class C: pass\n"), "A B C");
  EXPECT_EQ(Definitions("match x:\n    case 1 2:\n        class A: pass\n    case _:\n        class B: pass\n"), "A B");
}

TEST(Repair, UnclosedStringsAndNonsense) {
  EXPECT_EQ(Definitions("x = 'abc\nclass A: pass\n"), "A");
  EXPECT_EQ(Definitions("clas A:\n    def f(self): pass\nclass B: pass\n"), "f B");
  EXPECT_EQ(Definitions("$$$\n???\nclass A:\n    !\n    def f(self): pass\n"), "A A.f");
  EXPECT_EQ(Definitions("class :\n    def f(self): pass\n"), "f");
}

TEST(Repair, DamagedHeadersSayThatTheyAre) {
  const Ast ast = Parsed("class A(B, = C):\n    x = 1\nclass D: pass\n");
  const NodeList body = ast.Get<ModuleNode>(ast.root()).body();
  ASSERT_EQ(body.size(), 2u);
  EXPECT_NE(ast.node(body[0]).flags & NodeFlags::kDamaged, 0);
  EXPECT_EQ(ast.node(body[1]).flags & NodeFlags::kDamaged, 0);
  EXPECT_FALSE(ast.problems().empty());
}

}  // namespace
}  // namespace overt::grammar
