#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/bind/bind_testing.h"

namespace overt::bind {
namespace {

std::string Stores(absl::string_view body) { return InstanceNames(Bound(absl::StrCat("class A:\n", body)), "A"); }

TEST(InstanceStoresTest, EveryStatementThatBinds) {
  EXPECT_EQ(Stores("  def f(self):\n    self.a = 1\n    self.b, (self.c, *self.d) = x\n    self.e += 1\n"
                   "    self.f: int = 1\n    self.g: int\n    for self.h in x: pass\n    with y as self.i: pass\n"
                   "    with y as (self.j, z): pass\n    del self.k\n    self.l.m = 1\n    self.n[0] = 1\n"
                   "    self.o = self.p = 1\n    if c:\n      self.q = 1\n"),
            "a b c d e f g h i j o p q");
}

TEST(InstanceStoresTest, TheFirstParameterWhateverItsName) {
  EXPECT_EQ(Stores("  def f(this, self):\n    this.a = 1\n    self.b = 1\n"), "a");
  EXPECT_EQ(Stores("  def f(self, /):\n    self.a = 1\n"), "a");
  EXPECT_EQ(Stores("  def f(*self):\n    self.a = 1\n"), "no scope");
  EXPECT_EQ(Stores("  @staticmethod\n  def f(self):\n    self.a = 1\n"), "no scope");
  EXPECT_EQ(Stores("  async def f(self):\n    self.a = 1\n"), "a");
  EXPECT_EQ(Stores("  if c:\n    def f(self):\n      self.a = 1\n"), "a");
}

TEST(InstanceStoresTest, FunctionsWithin) {
  EXPECT_EQ(Stores("  def f(self):\n    def g():\n      self.a = 1\n"), "a");
  EXPECT_EQ(Stores("  def f(self):\n    def g(self):\n      self.a = 1\n"), "no scope");
  EXPECT_EQ(Stores("  def f(self):\n    def g():\n      self = x\n      self.a = 1\n    self.b = 1\n"), "b");
  EXPECT_EQ(Stores("  def f(self):\n    def g():\n      nonlocal self\n      self.a = 1\n"), "a");
  EXPECT_EQ(Stores("  def f(self):\n    class B:\n      def g(this):\n        self.a = 1\n        this.b = 1\n"), "a");
  const ModuleIndex index = Bound("class A:\n  def f(self):\n    class B:\n      def g(self):\n        self.a = 1\n");
  EXPECT_EQ(InstanceNames(index, "A"), "no scope");
  EXPECT_EQ(InstanceNames(index, "B"), "a");
}

TEST(InstanceStoresTest, TheNameMayComeToMeanSomethingElse) {
  EXPECT_EQ(Stores("  def f(self):\n    self.a = 1\n    self = other()\n    self.b = 1\n"), "a");
  EXPECT_EQ(Stores("  def f(self):\n    if c:\n      self = other()\n    self.a = 1\n"), "a");
}

TEST(InstanceStoresTest, ClassMethods) {
  const ModuleIndex index =
      Bound("class A:\n  @classmethod\n  def f(cls):\n    cls.a = 1\n  def __init_subclass__(cls):\n    cls.b = 1\n");
  EXPECT_EQ(InstanceNames(index, "A"), "a b");
  for (const Definition& definition : index.definitions()) {
    if (!index.ast().Is<grammar::AttributeNode>(definition.node)) continue;
    EXPECT_EQ(definition.kind, DefKind::kClassStore);
  }
}

TEST(InstanceStoresTest, New) {
  EXPECT_EQ(Stores("  def __new__(cls, x):\n    self = super().__new__(cls)\n    self.a = x\n    cls.b = 1\n"
                   "    return self\n"),
            "a b");
  EXPECT_EQ(Stores("  def __new__(cls):\n    obj = str.__new__(cls)\n    obj.a = 1\n    obj = x\n    obj.b = 1\n"),
            "a");
  EXPECT_EQ(Stores("  @classmethod\n  def make(cls):\n    obj = cls.__new__(cls)\n    obj.a = 1\n"), "a");
  EXPECT_EQ(Stores("  def __new__(cls):\n    other = make()\n    other.a = 1\n"), "no scope");
}

TEST(InstanceStoresTest, DeclarationsAreTold) {
  const ModuleIndex index = Bound("class A:\n  def f(self):\n    self.x: int\n    self.y: int = 1\n");
  const ScopeId instance = index.scope(ClassScope(index, "A")).instance;
  const auto kind = [&](absl::string_view name) {
    return index.definition(index.symbol(index.Find(instance, name)).first).kind;
  };
  EXPECT_EQ(kind("x"), DefKind::kInstanceDeclaration);
  EXPECT_EQ(kind("y"), DefKind::kInstanceStore);
}

}  // namespace
}  // namespace overt::bind
