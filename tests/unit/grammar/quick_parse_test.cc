// The quick parser: what it takes, what it leaves to tree-sitter's runtime, and that both list the same nodes.
#include "grammar/syntax/quick_parse.h"

#include <gtest/gtest.h>

#include <string>

#include "grammar/syntax/flat_syntax.h"
#include "grammar/syntax/parser.h"
#include "grammar/syntax/python_language.h"

namespace overt::grammar {
namespace {

OvertQuickParser* TheParser() {
  static OvertQuickParser* const parser = overt_quick_parser_new(overt_make_python_language());
  return parser;
}

std::string WholeListing(const FlatSyntax& syntax) {
  std::string out;
  for (uint32_t i = 0; i < syntax.size(); ++i) {
    const FlatNode node = syntax[i];
    out += std::to_string(static_cast<int>(node.kind)) + " " + std::to_string(node.begin) + ".." +
           std::to_string(node.end) + " " + std::to_string(node.child_count) + "\n";
  }
  for (uint32_t i = 0; i < syntax.comment_count(); ++i) out += "# " + std::to_string(syntax.comment(i).begin) + "\n";
  return out;
}

std::string FromRuntime(const std::string& text) {
  Parser parser;
  FlatSyntax syntax;
  parser.Parse(text).ReadInto(syntax);
  return WholeListing(syntax);
}

// Where the grammar has several readings of the first tokens: the parser looks ahead and takes the one that is left.
TEST(QuickParser, TakesTextsWithChoices) {
  for (const char* text : {
           "a, b = b, a\n",
           "(a, (b, c)), d = x\n",
           "(a, (b, c)), d\n",
           "[a, *b.c[0]] = x = [d, e.f]\n",
           "print(a)\nprint (a), b\nprint\nprint.x = 1\n",
           "type X = int\ntype = 1\ntype(x).y = 2\n",
           "match x:\n    case [a, b]: pass\nmatch = match(x)\nmatch[0], y = 1, 2\n",
           "with (open(a) as b, c): pass\nwith (a, b): pass\nwith (yield): pass\n",
           "f(*a, **b)\nx = [*a, *b.c, *d.e(f)]\n",
           "f(lambda x, *y: (x, y), (z for z in w))\n",
           "async def f():\n    a, b = await c, [d async for d in e]\n",
       }) {
    FlatSyntax syntax;
    EXPECT_TRUE(syntax.ReadQuickly(TheParser(), text)) << text;
    EXPECT_FALSE(syntax.has_error());
  }
}

TEST(QuickParser, ListsWhatTheRuntimeLists) {
  for (const char* text : {
           "",
           "\n# only a comment\n",
           "# before\nx = 1  # behind\n\n# after\n",
           "x = 1 + \\\n    2\nif x: \\\n    pass\ny = f(a, \\\n  b)\n\\\n",
           "\\\nx = 1\n",
           "class A:\n    def f(self):\n        if x:\n            return\n\n    y = 1\nz = 2\n",
           "x = f'{a!r:>{b}} {{}} {c=}' 'd' rb'e'\n'''f\n\ng'''\n",
           "a, b = (c, d), [e, f]\n",
           "try:\n  pass\nexcept* E as e:\n  pass\nelse:\n  pass\nfinally:\n  pass\n",
           "x: list[int] = []\ndef f(a, /, b: int = 1, *, c, **d) -> None: ...\n",
       }) {
    FlatSyntax syntax;
    ASSERT_TRUE(syntax.ReadQuickly(TheParser(), text)) << text;
    EXPECT_EQ(WholeListing(syntax), FromRuntime(text)) << text;
  }
}

// What was read before, in whatever state that ended, does not matter.
TEST(QuickParser, LeavesErrorsToTheRuntime) {
  for (const char* text : {"x = (1\n", "def f(:\n  pass\n", "f'{x\n", "x = 'never closed\n", "if x\n  y\n", "x y\n"}) {
    FlatSyntax syntax;
    EXPECT_FALSE(syntax.ReadQuickly(TheParser(), text)) << text;
    ASSERT_TRUE(syntax.ReadQuickly(TheParser(), "x = 'a'\n"));
    EXPECT_EQ(WholeListing(syntax), FromRuntime("x = 'a'\n"));
  }
}

TEST(QuickParser, DepthDoesNotMatter) {
  const size_t depth = 20'000;
  FlatSyntax syntax;
  EXPECT_TRUE(syntax.ReadQuickly(TheParser(), "x = " + std::string(depth, '(') + "1" + std::string(depth, ')') + "\n"));
  EXPECT_GT(syntax.size(), depth);
}

}  // namespace
}  // namespace overt::grammar
