// Recognising `override` and the kinds of functions.
#include "tests/unit/classes/table_fixture.h"

namespace overt::classes {
namespace {

TEST(Recognition, OrdersOfDecorators) {
  const TestTable t(R"(
from typing import override, final
from abc import abstractmethod
class A:
    @property
    @override
    def p(self): ...
    @override
    @property
    def q(self): ...
    @override
    @staticmethod
    def s(): ...
    @staticmethod
    @override
    @staticmethod
    def ss(): ...
    @classmethod
    @override
    def c(cls): ...
    @final
    @abstractmethod
    def fa(self): ...
)");
  EXPECT_TRUE(t.Facts("A", "p").is_override);
  EXPECT_EQ(t.Facts("A", "p").kind, MemberKind::kProperty);
  EXPECT_EQ(t.Facts("A", "p").accessor, Accessor::kGetter);
  EXPECT_TRUE(t.Facts("A", "q").is_override);
  EXPECT_EQ(t.Facts("A", "q").kind, MemberKind::kProperty);
  EXPECT_TRUE(t.Facts("A", "s").is_override);
  EXPECT_EQ(t.Facts("A", "s").kind, MemberKind::kStaticMethod);
  EXPECT_TRUE(t.Facts("A", "ss").is_override);
  EXPECT_EQ(t.Facts("A", "c").kind, MemberKind::kClassMethod);
  EXPECT_TRUE(t.Facts("A", "fa").is_final);
  EXPECT_TRUE(t.Facts("A", "fa").is_abstract);
  EXPECT_FALSE(t.Facts("A", "fa").has_unknown_decorator);
}

TEST(Recognition, Aliases) {
  const TestTable t({{"main.py", R"(
import typing as t
import typing_extensions
from typing import override as ov
from _compat import *
from compat2 import override as third
from compat3 import override as fourth
mine = t.override
class A:
    @ov
    def a(self): ...
    @t.override
    def b(self): ...
    @typing_extensions.override
    def c(self): ...
    @override
    def d(self): ...
    @mine
    def e(self): ...
    @third
    def f(self): ...
    @fourth
    def g(self): ...
)"},
                     {"_compat.py",
                      "import sys\n"
                      "if sys.version_info >= (3, 12):\n    from typing import override\n"
                      "else:\n    from typing_extensions import override\n"},
                     {"compat2.py",
                      "try:\n    from typing import override\nexcept ImportError:\n"
                      "    def override(f): return f\n"},
                     {"compat3.py", "import typing\noverride = getattr(typing, 'override', lambda f: f)\n"}});
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) EXPECT_TRUE(t.Facts("A", name).is_override) << name;
}

TEST(Recognition, WhatIsNoOverride) {
  const TestTable t(R"(
import typing
from nowhere import override as lost
def override(f): return f
class A:
    @override
    def a(self): ...
    @lost
    def b(self): ...
    @typing.override()
    def c(self): ...
)");
  EXPECT_FALSE(t.Facts("A", "a").is_override);
  EXPECT_FALSE(t.Facts("A", "a").has_unknown_decorator);
  EXPECT_EQ(t.Facts("A", "a").kind, MemberKind::kFunction);
  EXPECT_FALSE(t.Facts("A", "b").is_override);
  EXPECT_TRUE(t.Facts("A", "b").has_unknown_decorator);
  EXPECT_FALSE(t.Facts("A", "c").is_override);
  EXPECT_TRUE(t.Facts("A", "c").has_unknown_decorator);
}

TEST(Recognition, ConfiguredNames) {
  const TestTable t({{"main.py", R"(
from lib import overrides, other
from lib._impl import overrides as direct
from gone.tools import implements
import gone.tools
class A:
    @overrides
    def a(self): ...
    @direct
    def b(self): ...
    @other
    def c(self): ...
    @implements
    def d(self): ...
    @gone.tools.implements
    def e(self): ...
)"},
                     {"lib/__init__.py", "from ._impl import overrides, other\n"},
                     {"lib/_impl.py", "def overrides(f): return f\ndef other(f): return f\n"}},
                    {{"lib.overrides", "gone.tools.implements"}});
  EXPECT_TRUE(t.Facts("A", "a").is_override);
  EXPECT_TRUE(t.Facts("A", "b").is_override);
  EXPECT_FALSE(t.Facts("A", "c").is_override);
  EXPECT_TRUE(t.Facts("A", "d").is_override);
  EXPECT_TRUE(t.Facts("A", "e").is_override);
}

TEST(Recognition, ClassesMayNotCarryIt) {
  const TestTable t("from typing import override\n@override\nclass A: ...\nclass B: ...\n");
  const ClassRef a = t.Class("A"), b = t.Class("B");
  EXPECT_TRUE(t.table().OverrideDecoratorOf({a.file, a.node}).present());
  EXPECT_FALSE(t.table().OverrideDecoratorOf({b.file, b.node}).present());
}

TEST(Recognition, KindsOfFunctions) {
  const TestTable t(R"(
import functools, contextlib, warnings, enum, types
from nowhere import magic
def same(f): return f
def deco(*, flag=False):
    def inner(f): return f
    return inner
def wrapping(f):
    @functools.wraps(f)
    def inner(*args): return f(*args)
    return inner
class prop(property): ...
class A:
    def __new__(cls): ...
    def __init_subclass__(cls): ...
    @functools.cached_property
    def cached(self): ...
    @functools.lru_cache(maxsize=None)
    def lru(self): ...
    @contextlib.contextmanager
    def ctx(self): yield
    @warnings.deprecated("use other")
    def old(self): ...
    @prop
    def sub(self): ...
    @magic
    def unknown(self): ...
    @magic(1)
    @property
    def unknown_property(self): ...
    @same
    def plain(self): return 1
    @deco(flag=True)
    def plain2(self): return 1
    @wrapping
    def wrapped(self): return 1
    @types.DynamicClassAttribute
    def dyn(self): ...
    def empty(self):
        """Doc."""
        raise NotImplementedError("x")
    def full(self): return 1
)");
  EXPECT_EQ(t.Facts("A", "__new__").kind, MemberKind::kStaticMethod);
  EXPECT_EQ(t.Facts("A", "__init_subclass__").kind, MemberKind::kClassMethod);
  EXPECT_EQ(t.Facts("A", "cached").kind, MemberKind::kCachedProperty);
  EXPECT_EQ(t.Facts("A", "lru").kind, MemberKind::kDecoratedFunction);
  EXPECT_FALSE(t.Facts("A", "lru").has_unknown_decorator);
  EXPECT_EQ(t.Facts("A", "ctx").kind, MemberKind::kDecoratedFunction);
  EXPECT_TRUE(t.Facts("A", "old").is_deprecated);
  EXPECT_EQ(t.Facts("A", "old").deprecation, "use other");
  EXPECT_EQ(t.Facts("A", "old").kind, MemberKind::kFunction);
  EXPECT_EQ(t.Facts("A", "sub").kind, MemberKind::kProperty);
  EXPECT_TRUE(t.Facts("A", "unknown").has_unknown_decorator);
  EXPECT_EQ(t.Facts("A", "unknown_property").kind, MemberKind::kProperty);
  EXPECT_EQ(t.Facts("A", "plain").kind, MemberKind::kFunction);
  EXPECT_EQ(t.Facts("A", "plain2").kind, MemberKind::kFunction);
  EXPECT_EQ(t.Facts("A", "wrapped").kind, MemberKind::kDecoratedFunction);
  EXPECT_EQ(t.Facts("A", "dyn").kind, MemberKind::kProperty);
  EXPECT_TRUE(t.Facts("A", "empty").is_empty_body);
  EXPECT_FALSE(t.Facts("A", "full").is_empty_body);
}

}  // namespace
}  // namespace overt::classes
