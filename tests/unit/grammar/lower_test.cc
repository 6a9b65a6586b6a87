// What tree-sitter reads otherwise than Python does. Whole files are tests/oracle/trees' matter.
#include <gtest/gtest.h>

#include "grammar/ast/ast.h"
#include "tests/unit/grammar/tree_testing.h"

namespace overt::grammar {
namespace {

NodeId FirstOf(const Ast& ast, NodeKind kind) {
  for (uint32_t i = 0; i < ast.node_count(); ++i) {
    if (ast.kind(NodeId(i)) == kind) return NodeId(i);
  }
  return {};
}

std::string TextOf(absl::string_view text, TextRange range) {
  return std::string(text.substr(range.begin, range.size()));
}

TEST(Lower, BodiesEndWithTheirLastStatement) {
  const std::string text = "def f():\n    if x:\n        y = 1\n        # comment\n    # more\nz = 2\n";
  const Ast ast = Parsed(text);
  EXPECT_EQ(TextOf(text, ast.range(FirstOf(ast, NodeKind::kFunctionDef))), "def f():\n    if x:\n        y = 1");
  EXPECT_EQ(TextOf(text, ast.range(FirstOf(ast, NodeKind::kIf))), "if x:\n        y = 1");
}

TEST(Lower, BitOperatorsBindAsInPython) {
  EXPECT_EQ(Shape("a & b ^ c\n"), "ExpressionStatement(BinaryOp(BinaryOp(Name{a} Name{b}) Name{c}))");
  EXPECT_EQ(Shape("a ^ b & c\n"), "ExpressionStatement(BinaryOp(Name{a} BinaryOp(Name{b} Name{c})))");
  EXPECT_EQ(Shape("(a ^ b) & c\n"), "ExpressionStatement(BinaryOp(BinaryOp(Name{a} Name{b}) Name{c}))");
  EXPECT_EQ(Shape("x: A[b] | c.D[e] | None\n"),
            "AnnAssign(Name{x} BinaryOp(BinaryOp(Subscript(Name{A} Name{b}) Subscript(Attribute(Name{c}) Name{e})) "
            "None{None}))");
}

TEST(Lower, StarsTakeWholeOperands) {
  EXPECT_EQ(Shape("x = *a.b(c), d\n"), "Assign(Name{x} Tuple(Starred(Call(Attribute(Name{a}) Name{c})) Name{d}))");
  EXPECT_EQ(Shape("f(*a or b)\n"), "ExpressionStatement(Call(Name{f} Starred(BoolOp(Name{a} Name{b}))))");
}

TEST(Lower, TypeIsANameWhereItIsCalled) {
  EXPECT_EQ(Shape("type(x).y = 1\n"), "Assign(Attribute(Call(Name{type} Name{x})) Number{1})");
  EXPECT_EQ(Shape("type X = int\n"), "TypeAlias(Identifier{X} Name{int})");
  EXPECT_EQ(Shape("type = 1\n"), "Assign(Name{type} Number{1})");
}

TEST(Lower, DefaultsOfTypeParameters) {
  const std::string text = "class A[T: int = bool, *Ts = *tuple[()], **P = [str]](B): x: T\n";
  const Ast ast = Parsed(text);
  const NodeId parameter = FirstOf(ast, NodeKind::kTypeVarParameter);
  ASSERT_TRUE(parameter.present());
  EXPECT_EQ(TextOf(text, ast.range(parameter)), "T: int = bool");
  EXPECT_EQ(TextOf(text, ast.range(ast.Get<TypeVarParameterNode>(parameter).default_value())), "bool");
  EXPECT_EQ(Shape(text),
            "ClassDef(Identifier{A} TypeVarParameter(Identifier{T} Name{int} Name{bool}) "
            "TypeVarTupleParameter(Identifier{Ts} Starred(Subscript(Name{tuple} Tuple{()}))) "
            "ParamSpecParameter(Identifier{P} List(Name{str})) Name{B} AnnAssign(Name{x} Name{T}))");
  for (uint32_t i = 0; i < ast.node_count(); ++i) EXPECT_EQ(ast.node(NodeId(i)).flags & NodeFlags::kDamaged, 0);
}

TEST(Lower, LazyImports) {
  const Ast ast = Parsed("lazy import a\nlazy from b import c\nimport d\nlazy = 1\n");
  const NodeList body = ast.Get<ModuleNode>(ast.root()).body();
  ASSERT_EQ(body.size(), 4u);
  EXPECT_EQ(ast.kind(body[0]), NodeKind::kImport);
  EXPECT_EQ(ast.node(body[0]).flags & NodeFlags::kLazy, NodeFlags::kLazy);
  EXPECT_EQ(ast.range(body[0]), (TextRange{0, 13}));
  EXPECT_EQ(ast.kind(body[1]), NodeKind::kImportFrom);
  EXPECT_EQ(ast.node(body[1]).flags & NodeFlags::kLazy, NodeFlags::kLazy);
  EXPECT_EQ(ast.name(ast.Get<ImportFromNode>(body[1]).module()), "b");
  EXPECT_EQ(ast.node(body[2]).flags & NodeFlags::kLazy, 0);
}

TEST(Lower, RawStringsOfBackslashes) {
  const Ast ast = Parsed("x = r'\\\\'\n");
  const NodeId string = FirstOf(ast, NodeKind::kString);
  ASSERT_TRUE(string.present());
  EXPECT_EQ(ast.Get<StringNode>(string).text(), "\\\\");
}

TEST(Lower, NamesAreNormalised) {
  const Ast ast = Parsed("\xEF\xBD\x98 = 1\n");  // a fullwidth x
  EXPECT_EQ(ast.name(ast.Get<NameNode>(FirstOf(ast, NodeKind::kName)).name()), "x");
}

TEST(Lower, NothingWithoutAParent) {
  // Every node but the root is the child of exactly one other: walks over the array meet nothing that is not there.
  const Ast ast = Parsed("def f(*args: int, **kwargs): print(*args)\nclass A[*Ts, **P]: pass\nx: A[*Ts] = {**a}\n");
  std::vector<int> parents(ast.node_count());
  for (uint32_t i = 0; i < ast.node_count(); ++i) {
    ast.ForEachChild(NodeId(i), [&](NodeId child) { ++parents[child.raw]; });
  }
  for (uint32_t i = 0; i + 1 < ast.node_count(); ++i) {
    EXPECT_EQ(parents[i], 1) << KindName(ast.kind(NodeId(i))) << " " << ast.range(NodeId(i)).begin;
  }
}

}  // namespace
}  // namespace overt::grammar
