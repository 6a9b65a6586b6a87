#include "checker/bind/static_condition.h"

#include "gtest/gtest.h"
#include "tests/unit/bind/bind_testing.h"

namespace overt::bind {
namespace {

// "true", "false", "?", and "!" where only a type checker would say so.
std::string Value(absl::string_view condition, const Target& target = {}) {
  const auto source = grammar::SourceFile::FromText(absl::StrCat("if ", std::string(condition), ":\n  pass\n"));
  const grammar::Ast ast = grammar::ParseSource(source, grammar::FileKind::kSource);
  const auto module = ast.Get<grammar::ModuleNode>(ast.root());
  const auto branch =
      ast.Get<grammar::IfBranchNode>(ast.Get<grammar::IfNode>(module.body().front()).branches().front());
  const ConditionValue value = EvaluateCondition(ast, branch.test(), target);
  const std::string mark = value.uses_type_checking ? "!" : "";
  switch (value.truth) {
    case Truth::kTrue: return "true" + mark;
    case Truth::kFalse: return "false" + mark;
    case Truth::kUnknown: return "?" + mark;
  }
  return "";
}

TEST(StaticConditionTest, Versions) {
  const Target target{.version = {3, 12}};
  EXPECT_EQ(Value("sys.version_info >= (3, 12)", target), "true");
  EXPECT_EQ(Value("sys.version_info >= (3, 13)", target), "false");
  EXPECT_EQ(Value("sys.version_info < (3, 12)", target), "false");
  EXPECT_EQ(Value("sys.version_info >= (3,)", target), "true");
  EXPECT_EQ(Value("sys.version_info > (3, 12)", target), "true") << "(3, 12, 0, …) is longer";
  EXPECT_EQ(Value("sys.version_info <= (3, 12)", target), "false");
  EXPECT_EQ(Value("sys.version_info == (3, 12)", target), "false");
  EXPECT_EQ(Value("sys.version_info[:2] == (3, 12)", target), "true");
  EXPECT_EQ(Value("sys.version_info[:2] > (3, 12)", target), "false");
  EXPECT_EQ(Value("sys.version_info[0] == 2", target), "false");
  EXPECT_EQ(Value("sys.version_info[0] >= 3", target), "true");
  EXPECT_EQ(Value("sys.version_info[1] >= 12", target), "true");
  EXPECT_EQ(Value("sys.version_info.major >= 3", target), "true");
  EXPECT_EQ(Value("sys.version_info.minor < 9", target), "false");
  EXPECT_EQ(Value("(3, 8) <= sys.version_info < (3, 12)", target), "false");
  EXPECT_EQ(Value("(3, 8) <= sys.version_info", target), "true");
  EXPECT_EQ(Value("sys.version_info >= (3, 12, 0)", target), "true");
  EXPECT_EQ(Value("sys.version_info >= (3, 12, 4)", target), "?");
  EXPECT_EQ(Value("sys.version_info >= (3, 11, 4)", target), "true");
  EXPECT_EQ(Value("sys.version_info >= (3, 13, 0, 'alpha', 1)", target), "false");
  EXPECT_EQ(Value("sys.version_info >= minimum", target), "?");
  EXPECT_EQ(Value("other.version_info >= (3, 13)", target), "?");
}

TEST(StaticConditionTest, Platforms) {
  EXPECT_EQ(Value("sys.platform == 'linux'"), "true");
  EXPECT_EQ(Value("sys.platform != 'win32'"), "true");
  EXPECT_EQ(Value("sys.platform.startswith('win')"), "false");
  EXPECT_EQ(Value("sys.platform.startswith(('win', 'lin'))"), "true");
  EXPECT_EQ(Value("sys.platform in ('win32', 'cygwin')"), "false");
  EXPECT_EQ(Value("sys.platform not in {'win32'}"), "true");
  EXPECT_EQ(Value("os.name == 'nt'"), "false");
  EXPECT_EQ(Value("os.name == 'nt'", {.platform = "win32"}), "true");
  EXPECT_EQ(Value("sys.platform == 'linux'", {.platform = "all"}), "?");
  EXPECT_EQ(Value("os.name == 'posix'", {.platform = "all"}), "?");
  EXPECT_EQ(Value("sys.implementation.name == 'pypy'"), "false");
}

TEST(StaticConditionTest, TypeChecking) {
  EXPECT_EQ(Value("TYPE_CHECKING"), "true!");
  EXPECT_EQ(Value("typing.TYPE_CHECKING"), "true!");
  EXPECT_EQ(Value("t.TYPE_CHECKING"), "true!");
  EXPECT_EQ(Value("not TYPE_CHECKING"), "false!");
  EXPECT_EQ(Value("TYPE_CHECKING or other"), "true!");
  EXPECT_EQ(Value("TYPE_CHECKING and other"), "?");
  EXPECT_EQ(Value("not TYPE_CHECKING and other"), "false!");
}

TEST(StaticConditionTest, Logic) {
  EXPECT_EQ(Value("True"), "true");
  EXPECT_EQ(Value("0"), "false");
  EXPECT_EQ(Value("1"), "true");
  EXPECT_EQ(Value("None"), "false");
  EXPECT_EQ(Value("x"), "?");
  EXPECT_EQ(Value("not not True"), "true");
  EXPECT_EQ(Value("x and False"), "false");
  EXPECT_EQ(Value("x or True"), "true");
  EXPECT_EQ(Value("x and True"), "?");
  EXPECT_EQ(Value("True and not (False or False)"), "true");
  EXPECT_EQ(Value("(True if sys.version_info >= (3, 8) else x)"), "true");
  EXPECT_EQ(Value("(True if x else True)"), "?");
  EXPECT_EQ(Value("(x := True)"), "true");
  EXPECT_EQ(Value("1.0"), "?");
  EXPECT_EQ(Value("-1"), "?");
}

TEST(StaticConditionTest, NamesByTheirImports) {
  EXPECT_EQ(Final(Bound("import sys as _sys\nif _sys.version_info >= (3, 8):\n  x = 3\nelse:\n  x = 5\n"), "x"), "3");
  EXPECT_EQ(Final(Bound("from sys import version_info as v\nif v >= (3, 8):\n  x = 3\nelse:\n  x = 5\n"), "x"), "3");
  EXPECT_EQ(Final(Bound("from typing import TYPE_CHECKING as C\nif C:\n  x = 3\nelse:\n  x = 5\n"), "x"), "3");
  EXPECT_EQ(Final(Bound("from sys import platform\nif platform == 'win32':\n  x = 3\nelse:\n  x = 5\n"), "x"), "5");
}

// The lines of the arms that may have been taken, after `before`, which is one line.
std::string Taken(absl::string_view before) {
  return Final(Bound(absl::StrCat(std::string(before), "\nif A:\n  x = 0\nelse:\n  x = 0\n")), "x");
}

TEST(StaticConditionTest, NamesByTheirOneValue) {
  EXPECT_EQ(Taken("A = sys.version_info >= (3, 8)"), "3");
  EXPECT_EQ(Taken("A: Final = sys.version_info >= (3, 8)"), "3");
  EXPECT_EQ(Taken("C = A = sys.version_info >= (3, 8)"), "3");
  EXPECT_EQ(Taken("B = sys.platform == 'win32'; A = not B"), "3");
  EXPECT_EQ(Taken("A = sys.platform == 'win32' and c"), "5");
  EXPECT_EQ(Taken("A = sys.platform.startswith('win')"), "5");
  EXPECT_EQ(Taken("A = True if sys.platform == 'win32' else False"), "5");
  EXPECT_EQ(Taken("from six import PY2; A = PY2"), "5");
  EXPECT_EQ(Taken("A = TYPE_CHECKING"), "3");
  EXPECT_EQ(Final(Bound("def f():\n  if A: return 1\nA = sys.version_info >= (3, 8)\n"), "A"), "3");
}

TEST(StaticConditionTest, NamesOfUncertainValue) {
  EXPECT_EQ(Taken("A = False"), "3 5") << "a flag that somebody may change";
  EXPECT_EQ(Taken("A = c"), "3 5");
  EXPECT_EQ(Taken("A = not TYPE_CHECKING"), "3 5");
  EXPECT_EQ(Taken("A = not B; B = sys.platform == 'win32'"), "3 5");
  EXPECT_EQ(Taken("A, B = sys.platform == 'win32' and c"), "3 5");
  EXPECT_EQ(Taken("A = sys.platform == 'win32'; A = c"), "3 5");
  EXPECT_EQ(Taken("A = sys.platform == 'win32'; A |= c"), "3 5");
  EXPECT_EQ(Taken("if c: A = sys.platform == 'win32'"), "3 5");
  EXPECT_EQ(Taken("class C: A = sys.platform == 'win32'"), "3 5");
  EXPECT_EQ(Taken("def f(A): A = sys.platform == 'win32'"), "3 5");
  EXPECT_EQ(Taken("A = sys.platform == 'win32'; f = lambda A: A"), "3 5") << "the name means two things";
  EXPECT_EQ(Taken("A = sys.platform == 'win32'; [A for A in c]"), "3 5");
  EXPECT_EQ(Taken("A = sys.platform == 'win32'; from m import *"), "3 5");
  EXPECT_EQ(Taken("from m import *; A = sys.platform == 'win32'"), "3 5");
  EXPECT_EQ(Taken("A = sys.platform == 'win32'; globals()[c] = 0"), "3 5");
  EXPECT_EQ(Taken("A = sys.platform == 'win32'; exec(c)"), "3 5");
  EXPECT_EQ(Taken("import six as A"), "3 5");
  EXPECT_EQ(Taken("from six import PY2 as A"), "3 5");
  EXPECT_EQ(Taken("from compat import PY2; A = PY2"), "3 5");
  EXPECT_EQ(Final(Bound("A = sys.platform == 'win32'\ndef f():\n  global A\n  A = c\nif A:\n  x = 0\n"), "x"),
            "6 unbound");
}

TEST(StaticConditionTest, FlagsOfSix) {
  EXPECT_EQ(Value("six.PY2"), "false");
  EXPECT_EQ(Value("not django.utils.six.PY3"), "false");
  EXPECT_EQ(Value("compat.PY3"), "?");
  EXPECT_EQ(Value("PY3"), "?");
}

TEST(StaticConditionTest, DeepNestingCostsNoStack) {
  const std::string deep = std::string(50000, '(') + "x" + std::string(50000, ')');
  EXPECT_EQ(Value(deep), "?");
  std::string nots;
  for (int i = 0; i < 5000; ++i) nots += "not ";
  EXPECT_EQ(Value(nots + "True"), "true");
}

}  // namespace
}  // namespace overt::bind
