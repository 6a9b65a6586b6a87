#include "gtest/gtest.h"
#include "tests/unit/bind/bind_testing.h"

namespace overt::bind {
namespace {

bool Same(absl::string_view a, absl::string_view b) { return Bound(a).interface_hash() == Bound(b).interface_hash(); }

TEST(InterfaceHashTest, PositionsAndBodiesDoNotCount) {
  EXPECT_TRUE(Same("x = 1\n", "\n\n# text\nx   =   1\n"));
  EXPECT_TRUE(Same("def f(a):\n  g(a)\n", "def f(a):\n  new_name = 3\n  h(new_name)\n"));
  EXPECT_TRUE(
      Same("class A:\n  def f(self):\n    self.x = 1\n    g()\n", "class A:\n  def f(self):\n    self.x = 1\n"));
}

TEST(InterfaceHashTest, WhatImportersSeeCounts) {
  EXPECT_FALSE(Same("x = 1\n", "x = 2\n"));
  EXPECT_FALSE(Same("x = 1\n", "y = 1\n"));
  EXPECT_FALSE(Same("def f(a): pass\n", "def f(b): pass\n"));
  EXPECT_FALSE(Same("def f(a): pass\n", "def f(a: int): pass\n"));
  EXPECT_FALSE(Same("def f(a): pass\n", "@d\ndef f(a): pass\n"));
  EXPECT_FALSE(Same("class A(B): ...\n", "class A(C): ...\n"));
  EXPECT_FALSE(Same("def f(): return 1\n", "def f(): return 2\n"));
  EXPECT_FALSE(Same("def f(): pass\n", "def f(): yield 1\n"));
  EXPECT_FALSE(Same("class A:\n  def f(self): pass\n", "class A:\n  def f(self): self.x = 1\n"));
  EXPECT_FALSE(Same("def f():\n  class A: x = 1\n  return A\n", "def f():\n  class A: y = 1\n  return A\n"));
  EXPECT_FALSE(Same("def f():\n  class A:\n    def g(self): ...\n  return A\n",
                    "def f():\n  class A:\n    def h(self): ...\n  return A\n"));
  EXPECT_FALSE(Same("if a: x = 1\n", "if b: x = 1\n"));
}

TEST(InterfaceHashTest, WhatOpensAMemberCountsWithItsPlace) {
  const std::string open = "  # overt: open[missing-override]\n";
  const std::string one = "class A:\n  def f(self): ...", other = "  def g(self): ...";
  EXPECT_FALSE(Same(one + "\n" + other, one + open + other));
  EXPECT_FALSE(Same(one + open + other + "\n", one + "\n" + other + open));
  EXPECT_FALSE(Same(one + open, one + "  # overt: open[override-of-deprecated]\n"));
  const std::string body = "def h():\n  x = 1\n";
  EXPECT_TRUE(Same(body + one + open, "\n" + body + "  y = 2\n" + one + open));
}

TEST(InterfaceHashTest, ConditionsInBodiesCountWhereTheyDecide) {
  EXPECT_FALSE(Same("class A:\n  def f(self):\n    if sys.platform == 'win32': self.x = 1\n",
                    "class A:\n  def f(self):\n    if sys.platform != 'win32': self.x = 1\n"));
  const std::string guarded = "A = sys.platform == 'win32'\nif A: x = 1\ndef f(): ";
  EXPECT_FALSE(Same(guarded + "A = c\n", guarded + "a = c\n")) << "a name of a body makes the condition unknown";
  EXPECT_TRUE(Same(guarded + "b = c\n", guarded + "a = c\n"));
}

}  // namespace
}  // namespace overt::bind
