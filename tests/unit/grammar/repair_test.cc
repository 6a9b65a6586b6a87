// A damaged file keeps every class and function that can be saved, with the right parents.
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <limits>
#include <string>

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
  EXPECT_EQ(Definitions("try:\n    import a b\nexcept ImportError:\n    class A: pass\nelse:\n    class B: pass\n"),
            "A B");
  EXPECT_EQ(Definitions("if x = 1:\n    class A: pass\nelif y z:\n    class B: pass\nelse:\n    class C: pass\n"),
            "A B C");
  EXPECT_EQ(Definitions("match x:\n    case 1 2:\n        class A: pass\n    case _:\n        class B: pass\n"), "A B");
}

TEST(Repair, UnclosedStringsAndNonsense) {
  EXPECT_EQ(Definitions("x = 'abc\nclass A: pass\n"), "A");
  EXPECT_EQ(Definitions("clas A:\n    def f(self): pass\nclass B: pass\n"), "f B");
  EXPECT_EQ(Definitions("$$$\n???\nclass A:\n    !\n    def f(self): pass\n"), "A A.f");
  EXPECT_EQ(Definitions("class :\n    def f(self): pass\n"), "f");
}

TEST(Repair, WhatIsBeingTypedKeepsItsBases) {
  EXPECT_EQ(Shape("class A(B):\n"), "ClassDef(Identifier{A} Name{B})");
  EXPECT_EQ(Shape("class A(B"), "ClassDef(Identifier{A} Name{B} Pass{})");
  EXPECT_EQ(Definitions("class A(B):\n\nclass C(A): pass\n"), "A C");
  EXPECT_EQ(Definitions("class A:\n    def f(self):\n\n    def g(self): pass\n    def h(self\n"), "A A.f A.g A.h");
  EXPECT_EQ(Definitions("class A(\nclass B: pass\n"), "A B");
  EXPECT_EQ(Definitions("class A:\n    x = foo(\n    y = 1\n    def f(self): pass\n"), "A A.f");
}

TEST(Repair, ClausesWithoutTheRestOfTheirStatement) {
  EXPECT_EQ(Definitions("try:\n    class A: pass\nclass B: pass\n"), "A B");
  EXPECT_EQ(Definitions("except E:\n    class A: pass\nelse:\n    class B: pass\n"), "A B");
  EXPECT_EQ(Definitions("if a:\n    class A: pass\nelse:\n    class B: pass\nelif c:\n    class C: pass\n"), "A B C");
  EXPECT_EQ(Definitions("tr y:\n    class A: pass\nexcept E:\n    class B: pass\n"), "A B");
  EXPECT_EQ(Definitions("else:\nclass A: pass\nfinally\nclass B: pass\n"), "A B");
  EXPECT_EQ(
      Definitions("case 1:\n    class A: pass\nmatch x:\n    if y:\n        class B: pass\n    z = 1\nclass C: pass\n"),
      "A B C");
}

TEST(Repair, DecoratorsOfNothing) {
  EXPECT_EQ(Definitions("@\nclass A: pass\n@b c\nclass B: pass\n"), "A B");
  EXPECT_EQ(Definitions("@d\nx = 1\nclass B: pass\n@\n"), "B");
  EXPECT_EQ(Definitions("@d\nclass :\n    def f(self): pass\nclass B: pass\n"), "f B");
}

TEST(Repair, LinesThatStandAskew) {
  EXPECT_EQ(Definitions("  class A:\n    def f(self): pass\nclass B: pass\n"), "A A.f B");
  EXPECT_EQ(Definitions("class A:\n    def f(self): pass\n  x = 1\n    def g(self): pass\nclass B: pass\n"),
            "A A.f g B");
  EXPECT_EQ(Definitions("x = 1\n    class A:\n        def f(self): pass\n    class B: pass\n$\n"), "A A.f B");
}

TEST(Repair, ConflictMarkers) {
  EXPECT_EQ(Definitions("class A:\n<<<<<<< HEAD\n    def f(self): pass\n=======\n    def g(self): pass\n>>>>>>> b\n"
                        "    def h(self): pass\nclass B: pass\n"),
            "A A.f A.g A.h B");
  EXPECT_EQ(Shape("f(a,\n<<<<<<< HEAD\n  b,\n=======\n  c,\n>>>>>>> b\n)\n"),
            "ExpressionStatement(Call(Name{f} Name{a} Name{b} Name{c}))");
}

double ThreadSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// What the shortest of three parses of a text repeated to this many bytes costs this thread, whatever else the machine
// does.
double SecondsFor(absl::string_view text, size_t size) {
  std::string repeated;
  while (repeated.size() < size) absl::StrAppend(&repeated, text);
  double shortest = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 3; ++round) {
    const double start = ThreadSeconds();
    Parsed(repeated);
    shortest = std::min(shortest, ThreadSeconds() - start);
  }
  return shortest;
}

// What would take forever, or a deep stack, if repairs nested or looked back.
TEST(Repair, BadTextsTakeTimeInProportion) {
  for (const char* text : {"(\n", "$ $\n", "@a\n", "class\n", "class A(\n", "x = foo(\n", "'''\\'''\n", "else:\n",
                           "try:\n", "if x = 1:\n    class A: pass\n", "def f(\n    @a\n"}) {
    // Four times the text takes four times the time, give or take; squares would take sixteen times.
    EXPECT_LT(SecondsFor(text, 8'000) / SecondsFor(text, 2'000), 8) << text;
  }
}

TEST(Repair, StairsOfDamagedLines) {
  std::string stairs;
  for (size_t i = 0; i < 2'000; ++i) absl::StrAppend(&stairs, std::string(i, ' '), "x y\n");
  EXPECT_FALSE(Parsed(stairs).problems().empty());
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
