#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/bind/bind_testing.h"

namespace overt::bind {
namespace {

TEST(FlowTest, LaterAssignmentHidesEarlier) {
  EXPECT_EQ(Reaching(Bound("x = 1\nx = 2\nuse(x)\n"), "x", 3), "2");
  EXPECT_EQ(Reaching(Bound("x = 1\nx = 2\nuse(x)\n"), "x", 2), "1");
  EXPECT_EQ(Reaching(Bound("use(x)\nx = 1\n"), "x", 1), "unbound");
}

TEST(FlowTest, BranchesJoin) {
  EXPECT_EQ(Reaching(Bound("x = 1\nif c:\n  x = 2\nuse(x)\n"), "x", 4), "1 3");
  EXPECT_EQ(Reaching(Bound("if c:\n  x = 2\nuse(x)\n"), "x", 3), "2 unbound");
  EXPECT_EQ(Reaching(Bound("if a:\n  x = 2\nelif b:\n  x = 4\nelse:\n  x = 6\nuse(x)\n"), "x", 7), "2 4 6");
  EXPECT_EQ(Reaching(Bound("if a:\n  x = 2\nelse:\n  raise E\nuse(x)\n"), "x", 5), "2");
  EXPECT_EQ(Reaching(Bound("x = 1\nif a:\n  pass\nelif (x := b):\n  pass\nuse(x)\n"), "x", 6), "1 4");
}

TEST(FlowTest, StaticConditionsCutBranches) {
  const char* version = "import sys\nif sys.version_info >= (3, 12):\n  x = 3\nelse:\n  x = 5\nuse(x)\n";
  EXPECT_EQ(Reaching(Bound(version), "x", 6), "3");
  BindOptions old;
  old.target.version = {3, 8};
  EXPECT_EQ(Reaching(Bound(version, old), "x", 6), "5");
  EXPECT_EQ(Reaching(Bound("if True:\n  x = 2\nuse(x)\n"), "x", 3), "2");
  EXPECT_EQ(Reaching(Bound("x = 1\nif TYPE_CHECKING:\n  x = 3\nelse:\n  x = 5\nuse(x)\n"), "x", 6), "3");
}

TEST(FlowTest, Loops) {
  EXPECT_EQ(Reaching(Bound("x = 1\nfor i in y:\n  use(x)\n  x = 4\nuse(x)\n"), "x", 3), "1 4");
  EXPECT_EQ(Reaching(Bound("x = 1\nfor i in y:\n  use(x)\n  x = 4\nuse(x)\n"), "x", 5), "1 4");
  EXPECT_EQ(Reaching(Bound("for i in y:\n  pass\nuse(i)\n"), "i", 3), "1 unbound");
  EXPECT_EQ(Reaching(Bound("while True:\n  x = 2\n  if c:\n    break\nuse(x)\n"), "x", 5), "2");
  EXPECT_EQ(Reaching(Bound("while c:\n  x = 2\n  break\nelse:\n  x = 5\nuse(x)\n"), "x", 6), "2 5");
  EXPECT_EQ(Reaching(Bound("for i in y:\n  if c:\n    x = 3\n    continue\n  x = 5\n  use(x)\nuse(x)\n"), "x", 6), "5");
  EXPECT_EQ(Reaching(Bound("for i in y:\n  if c:\n    x = 3\n    continue\n  x = 5\n  use(x)\nuse(x)\n"), "x", 7),
            "3 5 unbound");
}

TEST(FlowTest, CodeAfterAnEndlessLoopIsDead) {
  const ModuleIndex index = Bound("while True:\n  pass\nx = 1\n");
  EXPECT_FALSE(index.IsReachable(StatementOn(index, 3)));
  EXPECT_EQ(index.definition(DefId(0)).reach, Reach::kNever);
}

TEST(FlowTest, TryMayLeaveItsBodyAnywhere) {
  const char* text = "try:\n  x = 2\n  x = 3\nexcept E:\n  use(x)\nelse:\n  use(x)\nuse(x)\n";
  EXPECT_EQ(Reaching(Bound(text), "x", 5), "2 3 unbound");
  EXPECT_EQ(Reaching(Bound(text), "x", 7), "3");
  EXPECT_EQ(Reaching(Bound(text), "x", 8), "2 3 unbound");
}

TEST(FlowTest, ImportAlternatives) {
  const ModuleIndex index =
      Bound("try:\n  from fast import Base\nexcept ImportError:\n  class Base: ...\nclass Child(Base): ...\n");
  EXPECT_EQ(Reaching(index, "Base", 5), "2 4");
  EXPECT_EQ(index.definition(DefId(0)).flags, Definition::kTryImport);
  EXPECT_EQ(index.definition(DefId(1)).flags, Definition::kImportFallback);
}

TEST(FlowTest, SuppressIsATryWithoutAHandler) {
  const ModuleIndex index = Bound("x = 1\nwith contextlib.suppress(ImportError):\n  from m import x\nuse(x)\n");
  EXPECT_EQ(Reaching(index, "x", 4), "1 3");
  EXPECT_EQ(index.definition(DefId(1)).flags, Definition::kTryImport);
}

TEST(FlowTest, WithMaySwallowWhatItsBodyRaises) {
  EXPECT_EQ(Reaching(Bound("with pytest.raises(E):\n  x = 2\n  raise E\nuse(x)\n"), "x", 4), "2");
  const ModuleIndex index = Bound("def f():\n  with a:\n    return 1\n  x = 4\n");
  EXPECT_FALSE(index.IsReachable(StatementOn(index, 4)));
}

TEST(FlowTest, HandlersForgetTheirName) {
  EXPECT_EQ(Reaching(Bound("e = 1\ntry:\n  f()\nexcept E as e:\n  use(e)\nuse(e)\n"), "e", 5), "4");
  EXPECT_EQ(Reaching(Bound("e = 1\ntry:\n  f()\nexcept E as e:\n  use(e)\nuse(e)\n"), "e", 6), "1 unbound");
}

TEST(FlowTest, FinallySeesEverythingAndChangesWhatFollows) {
  const char* text = "try:\n  x = 2\nfinally:\n  use(x)\nuse(x)\n";
  EXPECT_EQ(Reaching(Bound(text), "x", 4), "2 unbound");
  EXPECT_EQ(Reaching(Bound(text), "x", 5), "2");
  EXPECT_EQ(Reaching(Bound("try:\n  x = 2\nfinally:\n  y = 4\nuse(x)\n"), "x", 5), "2");
  EXPECT_EQ(Reaching(Bound("try:\n  x = 2\nfinally:\n  y = 4\nuse(x)\n"), "y", 5), "4");
  EXPECT_EQ(Reaching(Bound("x = 1\ntry:\n  x = 3\nfinally:\n  if c:\n    x = 6\nuse(x)\n"), "x", 7), "3 6");
}

TEST(FlowTest, JumpsPassThroughFinally) {
  const char* text = "while True:\n  x = 2\n  try:\n    break\n  finally:\n    x = 6\nuse(x)\n";
  EXPECT_EQ(Reaching(Bound(text), "x", 7), "6");
  const char* still = "while True:\n  x = 2\n  try:\n    break\n  finally:\n    pass\nuse(x)\n";
  EXPECT_EQ(Reaching(Bound(still), "x", 7), "2");
}

TEST(FlowTest, NestedFinallyStaysSmall) {
  std::string text;
  std::string indent;
  for (int i = 0; i < 60; ++i) {
    absl::StrAppend(&text, indent, "try:\n", indent, "  f()\n", indent, "finally:\n", indent, "  x", i, " = 1\n");
    indent += "  ";
  }
  absl::StrAppend(&text, indent, "pass\nuse(x0)\n");
  EXPECT_LT(Bound(text).flow_nodes().size(), 20000u);
}

TEST(FlowTest, DelUnbinds) {
  EXPECT_EQ(Reaching(Bound("x = 1\ndel x\nuse(x)\n"), "x", 3), "unbound");
  EXPECT_EQ(Reaching(Bound("x = 1\nif c:\n  del x\nuse(x)\n"), "x", 4), "1 unbound");
}

TEST(FlowTest, DeclarationsBindInStubsOnly) {
  EXPECT_EQ(Reaching(Bound("x = 1\nx: int\nuse(x)\n"), "x", 3), "1 2");
  EXPECT_EQ(Final(Bound("x: int\n"), "x"), "1 unbound");
  BindOptions stub;
  stub.file_kind = grammar::FileKind::kStub;
  EXPECT_EQ(Final(Bound("x: int\n", stub), "x"), "1");
}

TEST(FlowTest, Match) {
  const char* text = "match v:\n  case [x]:\n    pass\n  case {'k': x}:\n    pass\n  case _:\n    x = 7\nuse(x)\n";
  EXPECT_EQ(Reaching(Bound(text), "x", 8), "2 4 7");
  EXPECT_EQ(Reaching(Bound("match v:\n  case A(x) | B(y=x) if x:\n    use(x)\nuse(x)\n"), "x", 3), "2 2");
  EXPECT_EQ(Reaching(Bound("match v:\n  case A(x):\n    use(x)\nuse(x)\n"), "x", 4), "2 unbound");
}

TEST(FlowTest, WalrusInOperands) {
  EXPECT_EQ(Reaching(Bound("a and (x := 1)\nuse(x)\n"), "x", 2), "1 unbound");
  EXPECT_EQ(Reaching(Bound("(x := 1) and a\nuse(x)\n"), "x", 2), "1");
  EXPECT_EQ(Reaching(Bound("y = (x := 1) if c else (x := 2)\nuse(x)\n"), "x", 2), "1 1");
  EXPECT_EQ(Reaching(Bound("y = [(x := i) for i in z]\nuse(x)\n"), "x", 2), "1 unbound");
}

TEST(FlowTest, FunctionsSeeTheEndOfTheModule) {
  const char* text = "x = 1\ndef f():\n  use(x)\nx = 4\n";
  EXPECT_EQ(Reaching(Bound(text), "x", 3), "4");
}

TEST(FlowTest, ClassBodiesRunWhereTheyStand) {
  EXPECT_EQ(Reaching(Bound("x = 1\nclass A:\n  y = x\nx = 4\n"), "x", 3), "1");
  EXPECT_EQ(Reaching(Bound("class A:\n  global x\n  x = 3\nuse(x)\n"), "x", 4), "3");
}

TEST(FlowTest, GlobalsOfFunctionsMayHappenAnyTime) {
  EXPECT_EQ(Final(Bound("x = 1\ndef f():\n  global x\n  x = 4\n"), "x"), "1 4");
  EXPECT_EQ(Reaching(Bound("x = 1\ndef f():\n  global x\n  x = 4\n  use(x)\n"), "x", 5), "4");
}

TEST(FlowTest, ParametersAreBoundFromTheStart) {
  EXPECT_EQ(Reaching(Bound("def f(\n    x):\n  use(x)\n"), "x", 3), "2");
  EXPECT_EQ(Reaching(Bound("def f(x):\n  if c:\n    x = 3\n  use(x)\n"), "x", 4), "1 3");
}

TEST(FlowTest, DeadCodeIsSilent) {
  const ModuleIndex index = Bound("def f():\n  return 1\n  x = 3\n  class A: ...\n");
  EXPECT_FALSE(index.IsReachable(StatementOn(index, 3)));
  EXPECT_FALSE(index.IsReachable(StatementOn(index, 4)));
  const ModuleIndex other = Bound("import sys\nif sys.platform != 'linux':\n  raise ImportError\nx = 4\n");
  EXPECT_TRUE(other.IsReachable(StatementOn(other, 4)));
  const ModuleIndex never = Bound("import sys\nassert sys.platform == 'win32'\nx = 3\n");
  EXPECT_FALSE(never.IsReachable(StatementOn(never, 3)));
}

TEST(FlowTest, TypeCheckingIsFlagged) {
  const ModuleIndex index = Bound("if not TYPE_CHECKING:\n  x = 2\nelse:\n  x = 4\n");
  EXPECT_EQ(index.definition(DefId(0)).reach, Reach::kNever);
  EXPECT_EQ(index.definition(DefId(1)).reach, Reach::kAlways);
  EXPECT_EQ(index.definition(DefId(1)).flags, Definition::kTypeCheckingOnly);
}

// A hundred thousand definitions on the way must not be walked for every question.
TEST(FlowTest, QuestionsCostTheNestingNotTheLength) {
  std::string text = "try:\n  from m import Base\nexcept ImportError:\n  Base = object\n";
  for (int i = 0; i < 20000; ++i) absl::StrAppend(&text, "class C", i, "(Base):\n  x = 1\n");
  const ModuleIndex index = Bound(text);
  const SymbolId base = index.Find(index.module_scope(), "Base");
  size_t found = 0;
  for (const ScopeId scope : index.class_scopes()) {
    found += index.ReachingDefinitions(base, index.FlowBefore(index.scope(scope).node), nullptr).size();
  }
  EXPECT_EQ(found, 40000u);
}

}  // namespace
}  // namespace overt::bind
