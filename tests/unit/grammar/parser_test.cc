#include "grammar/syntax/parser.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "grammar/ast/print.h"
#include "tests/unit/grammar/tree_testing.h"

namespace overt::grammar {
namespace {

TEST(Parser, DumpShowsKindsAndRanges) {
  Parser parser;
  EXPECT_EQ(
      parser.Parse("x = 1\n").Dump(),
      "(module 0..6\n  (expression_statement 0..5\n    (assignment 0..5\n      (identifier 0..1)\n      (\"=\" 2..3)\n"
      "      (integer 4..5))))\n");
  EXPECT_FALSE(parser.Parse("x = 1\n").has_error());
  EXPECT_TRUE(parser.Parse("x = = 1\n").has_error());
}

TEST(Parser, ATreeThatIsKeptIsLoweredLikeATextThatIsReadOnce) {
  const std::string before = "class A:\n    def f(self):\n        return 1\n\nclass B(A):\n    x = [1, 2]\n";
  std::mt19937 random(7);
  Parser parser;
  for (int round = 0; round < 300; ++round) {
    std::string text = before;
    const auto at = static_cast<uint32_t>(random() % before.size());
    const auto cut = static_cast<uint32_t>(std::min<size_t>(random() % 5, before.size() - at));
    const std::string put = std::string("x1 (\n:").substr(random() % 6, random() % 3);
    text.replace(at, cut, put);
    const SourceFile source = SourceFile::FromText(text);
    const SyntaxTree tree = parser.Parse(text);
    EXPECT_EQ(Dump(Lower(source, tree, FileKind::kSource)), Dump(ParseSource(source, FileKind::kSource))) << text;
  }
}

}  // namespace
}  // namespace overt::grammar
