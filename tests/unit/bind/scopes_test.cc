#include "gmock/gmock.h"
#include "grammar/base/names.h"
#include "gtest/gtest.h"
#include "tests/unit/bind/bind_testing.h"

namespace overt::bind {
namespace {

namespace names = grammar::names;

TEST(ScopesTest, NamesOfTheModule) {
  const ModuleIndex index = Bound(
      "import a.b, c as d\nfrom m import e as f, g\nx = y = 1\n(h, [i, *j]) = z\nfor k in l: pass\n"
      "with n as o: pass\ndef p(): pass\nclass q: pass\nr: int\nt += 1\n");
  EXPECT_EQ(NamesOf(index, index.module_scope()), "a d f g x y h i j k o p q r t");
}

TEST(ScopesTest, ClassScopesAreInSourceOrder) {
  const ModuleIndex index = Bound("def f():\n  class A:\n    class B: ...\nclass C: ...\n");
  ASSERT_EQ(index.class_scopes().size(), 3u);
  EXPECT_EQ(LineAt(index, index.scope(index.class_scopes()[0]).node), 2u);
  EXPECT_EQ(LineAt(index, index.scope(index.class_scopes()[1]).node), 3u);
  EXPECT_EQ(LineAt(index, index.scope(index.class_scopes()[2]).node), 4u);
}

TEST(ScopesTest, WhereThingsAreEvaluated) {
  const ModuleIndex index = Bound(
      "@decorator\nclass A(Base):\n  @method_decorator\n  def f(self, x: Annotation = Default) -> Result:\n"
      "    return Body\n");
  const auto scope_of = [&](absl::string_view name) {
    for (uint32_t id = 0; id < index.ast().node_count(); ++id) {
      if (!index.ast().Is<grammar::NameNode>(NodeId(id))) continue;
      if (index.ast().name(index.ast().Get<grammar::NameNode>(NodeId(id)).name()) == name) {
        return index.scope(index.ScopeAt(NodeId(id))).kind;
      }
    }
    return ScopeKind::kInstance;
  };
  EXPECT_EQ(scope_of("decorator"), ScopeKind::kModule);
  EXPECT_EQ(scope_of("Base"), ScopeKind::kModule);
  EXPECT_EQ(scope_of("method_decorator"), ScopeKind::kClass);
  EXPECT_EQ(scope_of("Annotation"), ScopeKind::kClass);
  EXPECT_EQ(scope_of("Default"), ScopeKind::kClass);
  EXPECT_EQ(scope_of("Result"), ScopeKind::kClass);
  EXPECT_EQ(scope_of("Body"), ScopeKind::kFunction);
}

TEST(ScopesTest, ComprehensionsEvaluateTheirFirstIterableOutside) {
  const ModuleIndex index = Bound("class A:\n  x = [y for y in outside if inside for z in also_inside]\n");
  for (uint32_t id = 0; id < index.ast().node_count(); ++id) {
    if (!index.ast().Is<grammar::NameNode>(NodeId(id))) continue;
    const absl::string_view name = index.ast().name(index.ast().Get<grammar::NameNode>(NodeId(id)).name());
    const ScopeKind kind = index.scope(index.ScopeAt(NodeId(id))).kind;
    if (name == "outside") {
      EXPECT_EQ(kind, ScopeKind::kClass);
    }
    if (name == "inside" || name == "also_inside" || name == "y") {
      EXPECT_EQ(kind, ScopeKind::kComprehension);
    }
  }
}

TEST(ScopesTest, ScopeOpenedByFindsEveryScope) {
  const ModuleIndex index =
      Bound("class A[T](B):\n  def f[U](self, x=lambda: 0):\n    return [i for i in [j for j in k]]\ntype X[V] = V\n");
  for (uint32_t i = 0; i < index.scopes().size(); ++i) {
    const Scope& scope = index.scope(ScopeId(i));
    if (scope.kind == ScopeKind::kInstance) continue;
    const ScopeId opened = index.ScopeOpenedBy(scope.node);
    ASSERT_TRUE(opened.present());
    EXPECT_EQ(index.scope(opened).node, scope.node);
    if (scope.kind != ScopeKind::kTypeParameters) {
      EXPECT_EQ(opened, ScopeId(i));
    }
  }
  EXPECT_FALSE(index.ScopeOpenedBy(StatementOn(index, 3)).present());
}

TEST(ScopesTest, TypeParametersHaveAScopeBetween) {
  const ModuleIndex index = Bound("class A[T](B[T]):\n  def f[U](self) -> T: ...\n");
  const ScopeId body = ClassScope(index, "A");
  const ScopeId between = index.scope(body).parent;
  EXPECT_EQ(index.scope(between).kind, ScopeKind::kTypeParameters);
  EXPECT_EQ(NamesOf(index, between), "T");
  EXPECT_EQ(index.scope(between).parent, index.module_scope());
  EXPECT_EQ(NamesOf(index, index.module_scope()), "A");
  EXPECT_EQ(NamesOf(index, body), "f");
}

TEST(ScopesTest, GlobalAndNonlocal) {
  const ModuleIndex index = Bound(
      "def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n    global y\n    y = 3\n    class A:\n"
      "      nonlocal x\n      x = 4\n");
  EXPECT_EQ(NamesOf(index, index.module_scope()), "f y");
  const SymbolId y = index.Find(index.module_scope(), "y");
  EXPECT_EQ(index.definition(index.symbol(y).first).flags, Definition::kFromInner);
  const SymbolId x = Meaning(index, StatementOn(index, 2), "x");
  EXPECT_EQ(Lines(index, index.FinalDefinitions(x, nullptr), false), "2 5 10");
  const SymbolId inner = index.Find(index.ScopeAt(StatementOn(index, 5)), "x");
  EXPECT_EQ(index.symbol(inner).flags, Symbol::kNonlocal);
  EXPECT_FALSE(index.symbol(inner).first.present());
}

TEST(ScopesTest, WalrusBindsAroundComprehensions) {
  const ModuleIndex index = Bound("def f():\n  return [[(x := i) for i in j] for j in k]\ny = [(z := 1) for _ in k]\n");
  EXPECT_EQ(NamesOf(index, index.module_scope()), "f z y");
  EXPECT_EQ(NamesOf(index, index.ScopeOpenedBy(StatementOn(index, 1))), "x");
}

TEST(ScopesTest, FindByTextAndByName) {
  const ModuleIndex index = Bound("__all__ = []\nclass A:\n  x = 1\n");
  EXPECT_EQ(index.Find(index.module_scope(), "__all__"), index.Find(index.module_scope(), names::kAll));
  EXPECT_TRUE(index.Find(ClassScope(index, "A"), "x").present());
  EXPECT_FALSE(index.Find(ClassScope(index, "A"), "A").present());
  EXPECT_FALSE(index.Find(index.module_scope(), "no such name").present());
}

TEST(ScopesTest, Generators) {
  const ModuleIndex index = Bound("def f():\n  x = yield\ndef g():\n  return 1\ndef h():\n  return lambda: (yield)\n");
  EXPECT_EQ(index.scope(index.ScopeOpenedBy(StatementOn(index, 1))).flags, Scope::kGenerator);
  EXPECT_EQ(index.scope(index.ScopeOpenedBy(StatementOn(index, 3))).flags, 0);
  EXPECT_EQ(index.scope(index.ScopeOpenedBy(StatementOn(index, 5))).flags, 0);
}

TEST(ScopesTest, DynamicClassBodies) {
  const auto is_dynamic = [](absl::string_view body) {
    const ModuleIndex index = Bound(absl::StrCat("class A:\n", body));
    return (index.scope(ClassScope(index, "A")).flags & Scope::kDynamic) != 0;
  };
  EXPECT_TRUE(is_dynamic("  locals()['x'] = 1\n"));
  EXPECT_TRUE(is_dynamic("  for n in names:\n    vars()[n] = 1\n"));
  EXPECT_TRUE(is_dynamic("  locals().update(other)\n"));
  EXPECT_TRUE(is_dynamic("  exec(code)\n"));
  EXPECT_TRUE(is_dynamic("  namespace = locals()\n"));
  EXPECT_TRUE(is_dynamic("  fill(vars())\n"));
  EXPECT_FALSE(is_dynamic("  x = locals()['y']\n"));
  EXPECT_FALSE(is_dynamic("  x = 'a %(b)s' % locals()\n"));
  EXPECT_FALSE(is_dynamic("  def f(self):\n    locals()['x'] = 1\n"));
  EXPECT_FALSE(is_dynamic("  exec(code, namespace)\n"));
  EXPECT_EQ(Bound("for n in m:\n  globals()[n] = 1\n").scope(ScopeId(0)).flags, Scope::kDynamic);
}

TEST(ScopesTest, SetAttrCalls) {
  const ModuleIndex index =
      Bound("setattr(A, 'x', 1)\nfor n in m:\n  setattr(A, n, f(n))\n[setattr(A, n, 1) for n in m]\n");
  EXPECT_EQ(index.setattr_calls().size(), 3u);
}

TEST(ScopesTest, AttributeStoresBesideClasses) {
  const ModuleIndex index =
      Bound("A.x = 1\nif c:\n  A.y: int = 2\nfor A.z in q: pass\nA.b.c = 3\ndef f():\n  A.n = 1\ndel A.d\n");
  EXPECT_EQ(index.attribute_stores().size(), 3u);
  for (const DefId id : index.attribute_stores()) EXPECT_FALSE(index.definition(id).symbol.present());
}

TEST(MangledTest, PrivateNames) {
  EXPECT_EQ(Mangled("A", "__x"), "_A__x");
  EXPECT_EQ(Mangled("__A", "__x"), "_A__x");
  EXPECT_EQ(Mangled("A", "__x__"), "__x__");
  EXPECT_EQ(Mangled("A", "_x"), "_x");
  EXPECT_EQ(Mangled("___", "__x"), "__x");
  EXPECT_EQ(Mangled("A", "__"), "__");
  EXPECT_EQ(Mangled("A", "___"), "___");
  EXPECT_EQ(Mangled("A", "___x"), "_A___x");
}

}  // namespace
}  // namespace overt::bind
