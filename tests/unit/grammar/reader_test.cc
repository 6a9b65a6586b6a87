// The fast way through tree-sitter against its ordinary one: the same trees.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grammar/syntax/parser.h"

namespace overt::grammar {
namespace {

const char* const kTexts[] = {
    "",
    "x = 1\n",
    "\xef\xbb\xbfx = 1  # after a byte order mark\n",
    "class A(B[int], metaclass=M):\n    \"\"\"Doc.\n\n    More.\n    \"\"\"\n",
    "class A:\n    def f(self): return f'{self!r:>{10}} {{}}'\n",
    "if a:\n  # one\n    # two\n  b\nelse:\n\tc\n# end\n",
    "x = (1,\n     2) + \\\n    3\r\ny = 'a\\\nb'\r\n",
    "na\xc3\xafve = '\xf0\x9f\x90\x8d' + \xce\xa9\n",
    "bytes that are no text: \xff\xfe = 1\n",
    "def f(:\n    return = 1\nclass B: pass\n",
    "x = 'never closed\n",
    "print 'old', x\nexec 'code' in d\n",
    "match x:\n    case [A(b=1), *_] if y: pass\n    case _: pass\n",
    "async def f[T: int = str, *Ts](): await g(x async for x in y)\n",
};

std::string Listing(const FlatSyntax& syntax) {
  std::string out = syntax.has_error() ? "error\n" : "";
  for (uint32_t i = 0; i < syntax.size(); ++i) {
    const FlatNode node = syntax[i];
    out += std::to_string(static_cast<int>(node.kind)) + (node.is_missing ? "? " : " ") + std::to_string(node.begin) +
           ".." + std::to_string(node.end) + " " + std::to_string(node.child_count) + "\n";
  }
  return out;
}

TEST(SyntaxReader, ReadsWhatTheParserParses) {
  Parser parser;
  SyntaxReader reader;
  for (const char* text : kTexts) {
    FlatSyntax parsed;
    parser.Parse(text).ReadInto(parsed);
    EXPECT_EQ(Listing(reader.Read(text)), Listing(parsed)) << text;
  }
}

// Damaged texts go to tree-sitter's runtime. Its arena grows, is emptied, and is given back after a text that was far
// larger than the others.
TEST(SyntaxReader, ReadsLargeAndSmallTextsInTurn) {
  SyntaxReader reader;
  Parser parser;
  for (const size_t statements : {1u, 8000u, 3u, 40000u, 2u}) {
    std::string text;
    for (size_t i = 0; i < statements; ++i) text += "x[i] = f(a, b) + 'text'\n";
    text += "x y\n";
    FlatSyntax parsed;
    parser.Parse(text).ReadInto(parsed);
    const FlatSyntax& read = reader.Read(text);
    EXPECT_TRUE(read.has_error());
    EXPECT_EQ(Listing(read), Listing(parsed)) << statements << " statements";
  }
}

TEST(SyntaxReader, ReadersOfOneThreadDoNotMeet) {
  SyntaxReader one, other;
  const FlatSyntax& first = one.Read("x = 1\n");
  const std::string listing = Listing(first);
  other.Read("class A:\n    def f(self): pass\n");
  EXPECT_EQ(Listing(first), listing);
}

}  // namespace
}  // namespace overt::grammar
