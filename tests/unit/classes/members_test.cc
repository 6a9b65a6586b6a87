// Own members, inherited members, synthesised members.
#include "tests/unit/classes/table_fixture.h"

namespace overt::classes {
namespace {

TEST(Members, EveryStatementThatBinds) {
  const TestTable t(R"(
import sys
class A:
    import os.path
    from os import sep as separator
    a = 1
    b: int = 2
    c: int
    d, (e, f) = 1, (2, 3)
    for i in range(3):
        body = i
    with open("x") as handle: pass
    try:
        pass
    except ValueError as error: pass
    match a:
        case [first, *rest]: pass
    if (walrus := 3): pass
    while False:
        never = 1
    def m(self): ...
    class Inner: ...
    type T = int
    if sys.version_info < (3, 0):
        old = 1
    if a:
        maybe = 1
    del d
    lam = lambda self: 0
    squares = [q for q in range(3)]
)");
  const std::string members = t.Members("A");
  for (const char* name : {"os",    "separator", "a",    "b",      "c", "e",     "f", "i",     "body", "handle",
                           "error", "first",     "rest", "walrus", "m", "Inner", "T", "maybe", "lam",  "squares"}) {
    EXPECT_NE(t.Own("A", name), nullptr) << name << " of " << members;
  }
  EXPECT_EQ(t.Own("A", "old"), nullptr);
  EXPECT_EQ(t.Own("A", "q"), nullptr);
  EXPECT_EQ(t.Own("A", "c")->kind, MemberKind::kDeclaration);
  EXPECT_EQ(t.Own("A", "Inner")->kind, MemberKind::kClass);
  EXPECT_TRUE(t.Own("A", "maybe")->is(MemberFlags::kMaybe));
  EXPECT_TRUE(t.Own("A", "i")->is(MemberFlags::kMaybe));
  EXPECT_TRUE(t.Own("A", "d")->is(MemberFlags::kMaybe));
  EXPECT_FALSE(t.Own("A", "m")->is(MemberFlags::kMaybe));
}

TEST(Members, InstanceAttributes) {
  const TestTable t(R"(
from typing import Final
class A:
    __slots__ = ("slot", "__hidden")
    def __init__(self, x):
        self.x = x
        self.y: int = 3
        self.f: Final = 1
        self.u, self.v = 1, 2
        for self.w in (): pass
        self.__private = 1
    def other(self):
        if self.x:
            self.late = 1
    @classmethod
    def make(cls):
        cls.registry = {}
class B(A):
    def x(self): ...
)");
  EXPECT_EQ(t.Members("A"), "__slots__ __init__ other make slot _A__hidden x y f u v w _A__private late registry");
  EXPECT_EQ(t.Own("A", "x")->kind, MemberKind::kInstanceAttribute);
  EXPECT_TRUE(t.Own("A", "f")->is(MemberFlags::kFinal));
  EXPECT_TRUE(t.Own("A", "_A__private")->is(MemberFlags::kPrivate));
  EXPECT_EQ(t.Own("A", "registry")->kind, MemberKind::kAttribute);
  EXPECT_EQ(t.Inherited("B", "x"), "A");
  EXPECT_EQ(t.Inherited("B", "late"), "A");
}

TEST(Members, PropertiesAndOverloads) {
  const TestTable t(R"(
from typing import overload, override, final
class A:
    @property
    def p(self): ...
    @p.setter
    def p(self, v): ...
    @p.deleter
    def p(self): ...
    @overload
    def o(self, x: int) -> int: ...
    @overload
    def o(self, x: str) -> str: ...
    @override
    def o(self, x): ...
    def twice(self): ...
    def twice(self): ...
    q = property(p)
    s = staticmethod(twice)
    c = classmethod(twice)
class B(A):
    @A.p.setter
    def p(self, v): ...
)");
  EXPECT_EQ(t.Own("A", "p")->definitions.size(), 3u);
  EXPECT_EQ(t.Own("A", "p")->kind, MemberKind::kProperty);
  EXPECT_EQ(t.Own("A", "o")->definitions.size(), 3u);
  EXPECT_TRUE(t.Own("A", "o")->is(MemberFlags::kOverloaded));
  EXPECT_TRUE(t.Own("A", "o")->is(MemberFlags::kOverride));
  EXPECT_EQ(t.Own("A", "twice")->definitions.size(), 1u);
  EXPECT_EQ(t.Own("A", "q")->kind, MemberKind::kProperty);
  EXPECT_EQ(t.Own("A", "s")->kind, MemberKind::kStaticMethod);
  EXPECT_EQ(t.Own("A", "c")->kind, MemberKind::kClassMethod);
  EXPECT_EQ(t.Facts("B", "p").accessor, Accessor::kSetter);
}

TEST(Members, ConditionalDefinitions) {
  const TestTable t(R"(
from typing import override, TYPE_CHECKING
class A:
    if input():
        @override
        def m(self): ...
    else:
        def m(self): ...
    if TYPE_CHECKING:
        def t(self): ...
    else:
        def r(self): ...
)");
  EXPECT_EQ(t.Own("A", "m")->definitions.size(), 2u);
  EXPECT_FALSE(t.Own("A", "m")->is(MemberFlags::kMaybe));
  EXPECT_TRUE(t.Own("A", "t")->is(MemberFlags::kTypeCheckingOnly));
}

TEST(Members, PrivateNames) {
  const TestTable t(R"(
class _Foo:
    def __m(self): ...
    def __d__(self): ...
    def __t_(self): ...
class __:
    def __n(self): ...
class Foo(_Foo):
    def __m(self): ...
)");
  EXPECT_EQ(t.Members("_Foo"), "_Foo__m __d__ _Foo__t_");
  EXPECT_EQ(t.Members("__"), "__n");
  EXPECT_EQ(t.Inherited("Foo", "_Foo__m"), "_Foo");
}

TEST(Members, ObjectAndMetaclass) {
  const TestTable t(R"(
class M(type):
    def meta(cls): ...
class A(metaclass=M): ...
class B(type): ...
class C:
    def __getattr__(self, name): ...
class D(C): ...
)");
  for (const char* name : {"__eq__", "__repr__", "__hash__", "__init_subclass__", "__lt__", "__ge__", "__reduce__",
                           "__sizeof__", "__dir__", "__format__", "__subclasshook__", "__setattr__"}) {
    EXPECT_EQ(t.Inherited("A", name), "object") << name;
  }
  EXPECT_EQ(t.Inherited("A", "__class_getitem__"), "absent");
  EXPECT_EQ(t.Inherited("A", "__does_not_exist__"), "absent");
  EXPECT_EQ(t.Inherited("A", "meta"), "absent");
  EXPECT_EQ(t.Inherited("A", "mro"), "absent");
  EXPECT_EQ(t.Inherited("B", "mro"), "type");
  EXPECT_EQ(t.Inherited("D", "anything"), "absent");
}

TEST(Members, Synthesized) {
  const TestTable t({{"attr/__init__.py", "from ._make import attrs, attrib as ib\ns = attributes = attrs\n"},
                     {"attr/_make.py", "def attrs(maybe_cls=None, these=None): ...\ndef attrib(): ...\n"},
                     {"attr/_next_gen.py", "def define(maybe_cls=None): ...\n"},
                     {"attrs.py", "from attr._next_gen import define\n"},
                     {"main.py", R"(
from dataclasses import dataclass, make_dataclass
from collections import namedtuple
from typing import NamedTuple, TypedDict, NewType, dataclass_transform
from functools import total_ordering
import enum, attr, attrs
@dataclass(order=True)
class D: x: int
@dataclass(eq=False, repr=False)
class D2: x: int
class P(namedtuple("P", "a b")): ...
class N(NamedTuple): x: int
class NS(N): ...
Point = namedtuple("Point", ["px", "py"])
class PS(Point): ...
class Dyn(namedtuple("Dyn", input())): ...
class TD(TypedDict): key: int
class TDS(TD): ...
@total_ordering
class T:
    def __lt__(self, o): ...
class TS(T): ...
class Color(enum.Enum):
    RED = 1
class Made(make_dataclass("Made", [("mx", int), "my"])): ...
class TypeMade(type("X", (D,), {"tm": 1})): ...
class TypeDyn(type("X", (D,), input())): ...
@attrs.define
class At: x: int
@attr.s
class At2: x = attr.ib()
@dataclass_transform()
def model(cls): return cls
@model
class Mo: x: int
@dataclass_transform()
class Meta(type): ...
class MoBase(metaclass=Meta): ...
class Mo2(MoBase): y: int
class D3(D): ...
class DS2(D2): ...
class Anim(enum.Enum): A = 1
Func = enum.Enum("Func", "ONE TWO")
)"}});
  EXPECT_EQ(t.Inherited("D3", "__lt__"), "D");
  EXPECT_EQ(t.Inherited("D3", "__match_args__"), "D");
  EXPECT_EQ(t.Inherited("D3", "__replace__"), "D");
  EXPECT_EQ(t.Inherited("D3", "x"), "D");
  EXPECT_EQ(t.Inherited("DS2", "__repr__"), "object");
  EXPECT_EQ(t.Inherited("P", "_asdict"), "P");
  EXPECT_EQ(t.Inherited("P", "a"), "P");
  EXPECT_EQ(t.Inherited("P", "count"), "tuple");
  EXPECT_EQ(t.Inherited("P", "nothing"), "absent");
  EXPECT_EQ(t.Inherited("NS", "_replace"), "N");
  EXPECT_EQ(t.Inherited("NS", "x"), "N");
  EXPECT_EQ(t.Inherited("PS", "px"), "Point");
  EXPECT_EQ(t.Inherited("Dyn", "field"), "unknown");
  EXPECT_EQ(t.Inherited("TDS", "key"), "TD");
  EXPECT_EQ(t.Inherited("TDS", "items"), "dict");
  EXPECT_EQ(t.Inherited("TS", "__ge__"), "T");
  EXPECT_EQ(t.Inherited("Color", "_missing_"), "Enum");
  EXPECT_TRUE(t.table().InfoOf(t.Class("Color")).is(ClassFlags::kEnum));
  EXPECT_EQ(t.Inherited("Made", "mx"), "Made");
  EXPECT_EQ(t.Inherited("Made", "my"), "Made");
  EXPECT_EQ(t.Inherited("TypeMade", "tm"), "X");
  EXPECT_EQ(t.Inherited("TypeMade", "x"), "D");
  EXPECT_EQ(t.Inherited("TypeMade", "nothing"), "absent");
  EXPECT_EQ(t.Inherited("TypeDyn", "nothing"), "unknown");
  EXPECT_NE(t.Own("At", "__attrs_attrs__"), nullptr);
  EXPECT_NE(t.Own("At2", "__lt__"), nullptr);
  EXPECT_NE(t.Own("Mo", "__init__"), nullptr);
  EXPECT_NE(t.Own("Mo2", "__init__"), nullptr);
  EXPECT_EQ(t.Members("Func"), "ONE TWO");
}

TEST(Members, Injected) {
  const TestTable t(R"(
class A: ...
A.one = 1
setattr(A, "two", 2)
for name in ("three", "four"):
    setattr(A, name, None)
for op, f in [("add", 1), ("sub", 2)]:
    setattr(A, f"__{op}__", f)
class B(A): ...
class C: ...
for n in dir(B): setattr(C, n, 1)
class D(C): ...
def add_method(cls):
    cls.injected = 1
    setattr(cls, "also", 2)
    return cls
@add_method
class E: ...
class F(E): ...
class G:
    locals()["x"] = 1
class H(G): ...
)");
  EXPECT_EQ(t.Members("A"), "one two three four __add__ __sub__");
  EXPECT_EQ(t.Inherited("B", "four"), "A");
  EXPECT_EQ(t.Inherited("B", "five"), "absent");
  EXPECT_EQ(t.Inherited("D", "x"), "unknown");
  EXPECT_EQ(t.Inherited("F", "injected"), "E");
  EXPECT_EQ(t.Inherited("F", "also"), "E");
  EXPECT_EQ(t.Inherited("F", "third"), "absent");
  EXPECT_EQ(t.Inherited("H", "x"), "unknown");
}

TEST(Members, ClassDecorators) {
  const TestTable t(R"(
from nowhere import lost
import functools
def register(name):
    def inner(cls): return cls
    return inner
def optional(cls=None, *, flag=False):
    def wrap(c): return c
    if cls is None:
        return wrap
    return wrap(cls)
def replace(cls):
    class New: ...
    return New
def django(*args, path=None):
    def decorator(klass):
        klass.deconstruct = lambda self: None
        return klass
    if not args:
        return decorator
    return decorator(*args)
@django
class G: ...
class G2(G): ...
@django(path="x")
class H: ...
class H2(H): ...
@register("a")
class A: ...
class A2(A): ...
@optional
class B: ...
class B2(B): ...
@optional(flag=True)
class C: ...
class C2(C): ...
@replace
class D: ...
class D2(D): ...
@lost
class E:
    def m(self): ...
class E2(E): ...
)");
  EXPECT_EQ(t.Inherited("G2", "deconstruct"), "G");
  EXPECT_EQ(t.Inherited("G2", "x"), "absent");
  EXPECT_EQ(t.Inherited("H2", "deconstruct"), "H");
  EXPECT_EQ(t.Inherited("H2", "x"), "absent");
  EXPECT_EQ(t.Inherited("A2", "x"), "absent");
  EXPECT_EQ(t.Inherited("B2", "x"), "absent");
  EXPECT_EQ(t.Inherited("C2", "x"), "absent");
  EXPECT_EQ(t.Inherited("D2", "x"), "unknown");
  EXPECT_EQ(t.Inherited("E2", "x"), "unknown");
  EXPECT_EQ(t.Inherited("E2", "m"), "E~");
  EXPECT_EQ(t.Inherited("E", "x"), "absent");
}

TEST(Members, ClassFactories) {
  const TestTable t(R"(
from typing import Type, TypeVar
class Base:
    def base(self): ...
def make():
    class Inner(Base):
        def inner(self): ...
    return Inner
def mixin(base):
    class Mixin(base):
        def mixed(self): ...
    return Mixin
def typed(base: type[Base]):
    class Below(base): ...
    return Below
def annotated() -> type[Base]:
    return globals()["x"]
def same(x): return x
class A(make()): ...
class B(mixin(Base)): ...
class C(annotated()): ...
class D(same(Base)): ...
class E(typed(Base)): ...
)");
  EXPECT_EQ(t.Inherited("A", "inner"), "Inner");
  EXPECT_EQ(t.Inherited("A", "base"), "Base");
  EXPECT_EQ(t.Inherited("A", "x"), "absent");
  EXPECT_EQ(t.Inherited("B", "mixed"), "Mixin");
  EXPECT_EQ(t.Inherited("B", "base"), "Base~");
  EXPECT_EQ(t.Inherited("B", "x"), "unknown");
  EXPECT_EQ(t.Inherited("C", "base"), "Base~");
  EXPECT_EQ(t.Inherited("C", "x"), "unknown");
  EXPECT_EQ(t.Inherited("D", "base"), "Base");
  EXPECT_EQ(t.Inherited("E", "base"), "Base~");
  EXPECT_EQ(t.Inherited("E", "x"), "unknown");
}

TEST(Members, Abstract) {
  const TestTable t(R"(
from abc import ABC, abstractmethod, abstractproperty
class A(ABC):
    @abstractmethod
    def m(self): ...
    @property
    @abstractmethod
    def p(self): ...
    @p.setter
    def p(self, v): ...
    def concrete(self): ...
class B(A):
    def m(self): return 1
class C(B):
    p: int
    def __init__(self): self.p = 3
class D(B):
    p = 3
)");
  EXPECT_EQ(t.Unimplemented("A"), "A.m A.p");
  EXPECT_EQ(t.Unimplemented("B"), "A.p");
  EXPECT_EQ(t.Unimplemented("C"), "A.p");
  EXPECT_EQ(t.Unimplemented("D"), "");
}

TEST(Members, StubsAndTheirSources) {
  const TestTable t(
      {{"main.py", "from lib import Node\nfrom lib import _Hidden\nclass A(Node): ...\nclass B(_Hidden): ...\n"},
       {"lib.pyi", "class Node:\n    def walk(self): ...\n"},
       {"lib.py",
        "class Base:\n    def deep(self): ...\nclass Node(Base):\n    def walk(self): ...\n"
        "    def _fast(self): ...\nclass _Hidden:\n    def h(self): ...\n"}});
  EXPECT_EQ(t.Inherited("A", "walk"), "Node");
  EXPECT_EQ(t.Inherited("A", "_fast"), "Node");
  EXPECT_EQ(t.Inherited("A", "deep"), "Base~");
  EXPECT_EQ(t.Inherited("B", "h"), "_Hidden");
}

}  // namespace
}  // namespace overt::classes
