#include "grammar/lower/string_annotation.h"

#include <gtest/gtest.h>

#include "tests/unit/grammar/tree_testing.h"

namespace overt::grammar {
namespace {

// The shape of the annotation of `x: …`, and where its last name stands in the file.
struct Quoted {
  std::string shape;
  std::string last_name;
};

Quoted Read(absl::string_view literal) {
  const std::string text = absl::StrCat("x: ", literal, "\n");
  const Ast ast = Parsed(text);
  const NodeId statement = ast.Get<ModuleNode>(ast.root()).body().front();
  const auto quoted = ParseQuotedAnnotation(ast, ast.Get<AnnAssignNode>(statement).annotation(), text);
  if (!quoted.has_value()) return {"nothing", ""};
  Quoted result;
  const Ast& tree = quoted->tree;
  for (uint32_t i = 0; i < tree.node_count(); ++i) {
    if (tree.kind(NodeId(i)) != NodeKind::kName) continue;
    const TextRange outer = quoted->ToOuter(tree.range(NodeId(i)));
    result.last_name = text.substr(outer.begin, outer.size());
  }
  // Leaves print nothing of the inner text: kinds are enough here.
  const std::string blank(tree.source_size(), '.');
  result.shape = ShapeOf(tree, tree.Get<ExpressionNode>(tree.root()).value(), blank);
  return result;
}

TEST(QuotedAnnotation, PositionsAreThoseOfTheFile) {
  EXPECT_EQ(Read("'list[int]'").last_name, "int");
  EXPECT_EQ(Read("'''\n  list[\n   int]\n'''").last_name, "int");
  EXPECT_EQ(Read("\"\\x6cist[Foo]\"").last_name, "Foo");
  EXPECT_EQ(Read("'list[' 'Foo]'").last_name, "Foo");
  EXPECT_EQ(Read("r'Foo'").last_name, "Foo");
  EXPECT_EQ(Read("'\\x46oo'").last_name, "\\x46oo");
}

TEST(QuotedAnnotation, WhatIsNoExpressionIsNothing) {
  for (const char* literal : {"''", "'  '", "'a b'", "'a) + (b'", "b'int'", "f'int'", "'x = 1'", "'pass'", "'a\\nb'"}) {
    EXPECT_EQ(Read(literal).shape, "nothing") << literal;
  }
}

TEST(QuotedAnnotation, ShapesAreThoseOfExpressions) {
  EXPECT_EQ(Read("'int'").shape, "Name{...}");
  EXPECT_EQ(Read("' int # why'").shape, "Name{...}");
  EXPECT_EQ(Read("'a | b'").shape, "BinaryOp(Name{.} Name{.})");
  EXPECT_EQ(Read("'(a)'").shape, "Name{.}");
}

TEST(TypeComment, TypesOnly) {
  const std::string text = "x = []  # type: List[int]\ny = 1  # type: ignore[x]\nz = 2 # type: ignored\n";
  const Ast ast = Parsed(text);
  ASSERT_EQ(ast.comments().size(), 3u);
  const auto first = ParseTypeComment(ast.comments()[0], text);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(text.substr(first->ToOuter({5, 8}).begin, 3), "int");
  EXPECT_FALSE(ParseTypeComment(ast.comments()[1], text).has_value());
  EXPECT_TRUE(ParseTypeComment(ast.comments()[2], text).has_value());
}

}  // namespace
}  // namespace overt::grammar
