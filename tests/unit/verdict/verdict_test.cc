#include "grammar/verdict/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "grammar/verdict/recogniser.h"
#include "grammar/verdict/tokenizer.h"

namespace overt::grammar {
namespace {

using ::testing::HasSubstr;

// The first problem of a text for Python 3.`minor`; "ok" if there is none.
std::string Verdict(const std::string& text, int minor = 14, FileKind kind = FileKind::kSource) {
  const Ast ast = ParseSource(SourceFile::Decode(text), kind);
  std::string first = "ok";
  uint32_t at = UINT32_MAX;
  for (const SyntaxProblem& problem : ast.problems()) {
    if (minor < problem.first_minor || minor > problem.last_minor || problem.begin >= at) continue;
    at = problem.begin;
    first = std::string(ast.problem_text(problem));
  }
  return first;
}

struct Refused {
  const char* text;
  const char* message;
};

class RefusedTest : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedTest, SaysWhy) {
  EXPECT_THAT(Verdict(GetParam().text), HasSubstr(GetParam().message)) << GetParam().text;
}

constexpr Refused kTokens[] = {
    {"x = 0777\n", "octal number begins with `0o`"},
    {"x = 1__0\n", "underscore"},
    {"x = 1_\n", "underscore"},
    {"x = 0xg\n", "hexadecimal"},
    {"x = 12abc\n", "cannot begin"},
    {"x = ur'a'\n", "expected the end"},
    {"x = 'abc\n", "not closed"},
    {"x = '''abc\n", "never closed"},
    {"x = b'\xC3\xA9'\n", "ASCII"},
    {"x = '\\x1'\n", "hexadecimal digits"},
    {"x = 1\xE2\x80\x8B\n", "zero-width space"},
    {"x\xC2\xA0= 1\n", "did you mean a plain space"},
    {"x = 1 \x1A\n", "U+001A"},
    {"x = \xEF\xBB\xBF 1\n", "U+FEFF"},
    {"x = a <> b\n", "Python 2"},
    {"x = a ? b\n", "no meaning"},
    {"x = 1 \\", "after a backslash"},
};

constexpr Refused kIndentation[] = {
    {"if x:\npass\n", "indented block"},
    {"  x = 1\n", "indentation"},
    {"if x:\n    y\n   z\n", "matches no line"},
    {"if x:\n        y\n\tz\n", "tabs and spaces"},
    {"for x in y:\n    z\n  else:\n    w\n", "matches no line"},
};

constexpr Refused kKindness[] = {
    {"print 'a'\n", "is a function"},
    {"if x = 1: pass\n", "did you mean `==`"},
    {"if x: pass\nelse if y: pass\n", "spelled `elif`"},
    {"x = (1,\ny = 2\n", "`(` is never closed"},
    {"class A\n    pass\n", "`:` after `class`"},
    {"x = a && b\n", "spelled `and`"},
    {"import class\n", "`class` is a keyword"},
    {"<<<<<<< ours\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n", "merge conflict"},
    {"f() = 1\n", "cannot assign to a function call"},
    {"raise E, 'x'\n", "Python 2"},
};

constexpr Refused kCompiler[] = {
    {"return 1\n", "`return` outside a function"},
    {"class A:\n    return\n", "`return` outside"},
    {"yield 1\n", "outside a function"},
    {"await x\n", "outside a function"},
    {"def f():\n    await x\n", "outside an asynchronous function"},
    {"async def f():\n    yield 1\n    return 2\n", "asynchronous generator"},
    {"break\n", "outside a loop"},
    {"while x:\n    def f():\n        break\n", "outside a loop"},
    {"for x in y: pass\nelse: continue\n", "outside a loop"},
    {"nonlocal x\n", "module level"},
    {"def f():\n    nonlocal x\n", "no function around"},
    {"def f():\n    x = 1\n    global x\n", "used before"},
    {"def f(x):\n    global x\n", "is a parameter"},
    {"def f(a, a): pass\n", "`a` is repeated"},
    {"f(a=1, a=2)\n", "`a` is repeated"},
    {"*a, *b = c\n", "one starred target"},
    {"*a = b\n", "needs a list or tuple"},
    {"def f():\n    from x import *\n", "module level only"},
    {"x = 1\nfrom __future__ import annotations\n", "beginning of the file"},
    {"from __future__ import nope\n", "no feature `nope`"},
    {"try: pass\nexcept: pass\nexcept A: pass\n", "must be the last"},
    {"for x in y:\n    try: pass\n    except* A: break\n", "cannot leave"},
    {"[(x := 1) for x in y]\n", "cannot rebind"},
    {"[x for x in (y := z)]\n", "iterable"},
    {"class A:\n    b = [(y := x) for x in z]\n", "body of a class"},
    {"match x:\n    case a: pass\n    case b: pass\n", "matches everything"},
    {"match x:\n    case a, a: pass\n", "bound twice"},
    {"match x:\n    case [a] | [b]: pass\n", "same names"},
    {"match x:\n    case A(b=1, b=2): pass\n", "twice"},
    {"__debug__ = 1\n", "`__debug__`"},
    {"def f[T, T](): pass\n", "`T` is repeated"},
    {"def f(x: (yield)): pass\n", "annotation"},
};

INSTANTIATE_TEST_SUITE_P(Tokens, RefusedTest, ::testing::ValuesIn(kTokens));
INSTANTIATE_TEST_SUITE_P(Indentation, RefusedTest, ::testing::ValuesIn(kIndentation));
INSTANTIATE_TEST_SUITE_P(Kindness, RefusedTest, ::testing::ValuesIn(kKindness));
INSTANTIATE_TEST_SUITE_P(Compiler, RefusedTest, ::testing::ValuesIn(kCompiler));

TEST(Verdict, TakesWhatCPythonTakes) {
  for (const char* text :
       {"", "\f\nx = 1\n", "if x:\n\ty = 1\n", "x = 1if y else 2\n", "def f(*, a, b=1): pass\n",
        "x = lambda: (yield)\n", "while x:\n    try: pass\n    finally: continue\n",
        "def f():\n    x = 1\n    def g():\n        nonlocal x\n", "def f(a, /, b=1, *c, d, **e): pass\n",
        "print(*a, b=1, **c)\n", "async def f():\n    return [x async for x in y]\n", "match = type = case = 1\n",
        "x = *a, b\n", "with (open(a) as b, open(c) as d,):\n    pass\n", "\xEF\xBB\xBFx = 1\n",
        "class A[T = int]: pass\n", "x = f'{a!r:>{b}} {c[\"d\"]} {{}}'\n", "def f():\n    global x\n    x = 1\n"}) {
    EXPECT_EQ(Verdict(text), "ok") << text;
  }
}

TEST(Verdict, VersionsOfTheGrammar) {
  struct Row {
    const char* text;
    int first;
  };
  for (const Row& row :
       {Row{"with (a as b): pass\n", 9}, Row{"@a[0]\ndef f(): pass\n", 9}, Row{"for x in *a, b: pass\n", 9},
        Row{"match x:\n    case 1: pass\n", 10}, Row{"x[a := 1]\n", 10}, Row{"x[*a]\n", 11},
        Row{"try: pass\nexcept* A: pass\n", 11}, Row{"def f(*a: *b): pass\n", 11}, Row{"type X = int\n", 12},
        Row{"def f[T](): pass\n", 12}, Row{"x = f'{a['b']}'\n", 12}, Row{"x = f'{\"\\n\"}'\n", 12},
        Row{"class A[T = int]: pass\n", 13}, Row{"x = t'{a}'\n", 14}, Row{"try: pass\nexcept A, B: pass\n", 14},
        Row{"lazy import a\n", 15}, Row{"[*a for a in b]\n", 15}}) {
    for (int minor = 8; minor <= 15; ++minor) {
      const std::string verdict = Verdict(row.text, minor);
      EXPECT_EQ(verdict == "ok", minor >= row.first) << row.text << " in 3." << minor << ": " << verdict;
    }
  }
}

TEST(Verdict, StubsAreSparedWhatOnlyTheCompilerRefuses) {
  EXPECT_EQ(Verdict("return 1\n", 14, FileKind::kStub), "ok");
  EXPECT_NE(Verdict("x = = 1\n", 14, FileKind::kStub), "ok");
}

TEST(Verdict, LimitsOfNesting) {
  EXPECT_EQ(Verdict("x = " + std::string(200, '(') + "1" + std::string(200, ')') + "\n"), "ok");
  EXPECT_THAT(Verdict("x = " + std::string(201, '(') + "1" + std::string(201, ')') + "\n"), HasSubstr("200 brackets"));
  EXPECT_THAT(Verdict(std::string(100'000, '(')), HasSubstr("200 brackets"));
  std::string deep;
  for (size_t i = 0; i < 101; ++i) deep += std::string(i, ' ') + "if x:\n";
  EXPECT_THAT(Verdict(deep + std::string(101, ' ') + "pass\n"), HasSubstr("levels of indentation"));
  std::string lambdas = "x = ";
  for (int i = 0; i < 20'000; ++i) lambdas += "lambda: ";
  EXPECT_THAT(Recogniser(lambdas + "1\n").Run(), ::testing::SizeIs(1));
}

TEST(Tokenizer, KnowsPartnersAndTheFirstOfALine) {
  const TokenList list = Tokenize("a = (b,\n  c)\n", 0);
  ASSERT_EQ(list.tokens.size(), 9U);
  EXPECT_TRUE(list.tokens[0].first_of_line);
  EXPECT_FALSE(list.tokens[1].first_of_line);
  EXPECT_TRUE(list.tokens[5].first_of_line);
  EXPECT_EQ(list.tokens[2].partner, 6U);
}

}  // namespace
}  // namespace overt::grammar
