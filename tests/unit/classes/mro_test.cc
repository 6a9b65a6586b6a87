// Bases, MRO, metaclasses.
#include "checker/classes/mro.h"

#include "tests/unit/classes/table_fixture.h"

namespace overt::classes {
namespace {

ClassRef R(uint32_t n) { return {FileId(0), NodeId(n)}; }

TEST(C3, Diamond) {
  const std::vector<ClassRef> b{R(2), R(4), R(0)}, c{R(3), R(4), R(0)}, bases{R(2), R(3)};
  const C3Result merged = MergeC3({b, c}, bases);
  EXPECT_TRUE(merged.consistent);
  EXPECT_EQ(merged.order, (std::vector<ClassRef>{R(2), R(3), R(4), R(0)}));
}

TEST(C3, Inconsistent) {
  const std::vector<ClassRef> x{R(5), R(1), R(2), R(0)}, y{R(6), R(2), R(1), R(0)}, bases{R(5), R(6)};
  const C3Result merged = MergeC3({x, y}, bases);
  EXPECT_FALSE(merged.consistent);
  EXPECT_EQ(merged.blocked, (std::vector<ClassRef>{R(1), R(2)}));
}

TEST(Mro, PlainAndDiamond) {
  const TestTable t("class A: ...\nclass B(A): ...\nclass C(A): ...\nclass D(B, C): ...\n");
  EXPECT_EQ(t.Mro("A"), "A object");
  EXPECT_EQ(t.Mro("D"), "D B C A object");
}

TEST(Mro, Failures) {
  const TestTable t(R"(
class O: ...
class P: ...
class X(O, P): ...
class Y(P, O): ...
class Z(X, Y): ...
class W(O, X): ...
class D(O, O): ...
class V(3): ...
import sys
class M(sys): ...
type Alias = O
class T(Alias): ...
)");
  EXPECT_EQ(t.Mro("Z"), "Z X O P Y object !3 O P");
  EXPECT_EQ(t.Mro("W"), "W O X P object !3 O X");
  EXPECT_EQ(t.Mro("D"), "D O object !1 O");
  EXPECT_EQ(t.Mro("V"), "V object !4");
  EXPECT_EQ(t.table().InvalidBases(t.Class("V")), std::vector<size_t>{0});
  EXPECT_EQ(t.table().InvalidBases(t.Class("M")), std::vector<size_t>{0});
  EXPECT_EQ(t.table().InvalidBases(t.Class("T")), std::vector<size_t>{0});
}

TEST(Mro, CyclesInStubs) {
  const TestTable t(
      {{"main.py", "from s import *\nclass U(D): ...\nclass S: ...\nclass S(S): ...\n"},
       {"s.pyi", "class A(B): ...\nclass B(C): ...\nclass C(A): ...\nclass D(A): ...\nclass E(E): ...\n"}});
  EXPECT_EQ(t.MroIn("s.pyi", "A"), "A B C object ?9 !2 A B C");
  EXPECT_EQ(t.MroIn("s.pyi", "B"), "B C A object ?9 !2 B C A");
  EXPECT_EQ(t.MroIn("s.pyi", "E"), "E object ?9 !2 E");
  EXPECT_EQ(t.MroIn("s.pyi", "D"), "D A B C object ?9");
  EXPECT_EQ(t.Mro("U"), "U D A B C object ?9");
  EXPECT_EQ(t.Mro("S"), "S S object");
}

TEST(Mro, CyclesThroughAttributes) {
  const TestTable t({{"s.pyi", "class A(B.X): ...\nclass B(A.Y): ...\n"}, {"main.py", ""}});
  EXPECT_FALSE(t.table().MroOf(t.ClassIn("s.pyi", "A")).complete());
  EXPECT_FALSE(t.table().MroOf(t.ClassIn("s.pyi", "B")).complete());
}

TEST(Mro, Generics) {
  const TestTable t(R"(
from typing import Generic, TypeVar, Protocol, Iterable, NamedTuple, TypedDict, List, Any
T = TypeVar("T")
class G(Generic[T]): ...
class A(Generic[T], G[T]): ...
class P(Protocol[T]): ...
class Q(P[T], Protocol): ...
class N[T]: ...
class N2[T](N[T], G[T]): ...
class I(Iterable[T], Generic[T]): ...
class L(List[int]): ...
class NT(NamedTuple): x: int
class TD(TypedDict): x: int
class TD2(TD): y: int
class An(Any): ...
class S(str): ...
)");
  EXPECT_EQ(t.Mro("G"), "G Generic object");
  EXPECT_EQ(t.Mro("A"), "A G Generic object");
  EXPECT_EQ(t.Mro("P"), "P Protocol Generic object");
  EXPECT_EQ(t.Mro("Q"), "Q P Protocol Generic object");
  EXPECT_EQ(t.Mro("N"), "N Generic object");
  EXPECT_EQ(t.Mro("N2"), "N2 N G Generic object");
  EXPECT_TRUE(absl::StartsWith(t.Mro("L"), "L list Generic object |")) << t.Mro("L");
  EXPECT_TRUE(absl::StartsWith(t.Mro("NT"), "NT tuple object")) << t.Mro("NT");
  EXPECT_TRUE(absl::StartsWith(t.Mro("TD2"), "TD2 TD dict object")) << t.Mro("TD2");
  EXPECT_EQ(t.Mro("An"), "An object ?7");
  EXPECT_TRUE(absl::StartsWith(t.Mro("S"), "S str object |"));
  EXPECT_TRUE(t.table().InfoOf(t.Class("P")).is(ClassFlags::kProtocol));
  EXPECT_TRUE(t.table().InfoOf(t.Class("TD2")).is(ClassFlags::kTypedDict));
}

TEST(Mro, BuiltinsAreNotTheirStubs) {
  const TestTable t(R"(
from collections.abc import Sequence, MutableSequence
class A(Sequence, list): ...
class M(type): ...
class B(str, metaclass=M): ...
)");
  EXPECT_TRUE(absl::StartsWith(t.Mro("A"), "A Sequence Reversible Collection Sized Iterable Container list object"))
      << t.Mro("A");
  EXPECT_EQ(t.Metaclass("B"), "M");
}

TEST(Mro, Metaclasses) {
  const TestTable t(R"(
import abc, enum
from typing import Protocol
class M1(type): ...
class M2(type): ...
class M3(M1): ...
class A(metaclass=M1): ...
class B(metaclass=M2): ...
class C(A, B): ...
class D(A, metaclass=M3): ...
class E(abc.ABC): ...
class F(enum.Enum): ...
class G(A, E): ...
class P(Protocol): ...
class H(metaclass=nowhere): ...
class I(E, P): ...
)");
  EXPECT_EQ(t.Metaclass("A"), "M1");
  EXPECT_EQ(t.Metaclass("C"), "conflict M1 M2");
  EXPECT_EQ(t.Metaclass("D"), "M3");
  EXPECT_EQ(t.Metaclass("E"), "ABCMeta");
  EXPECT_EQ(t.Metaclass("F"), "EnumMeta");
  EXPECT_EQ(t.Metaclass("G"), "conflict M1 ABCMeta");
  EXPECT_EQ(t.Metaclass("P"), "_ProtocolMeta");
  EXPECT_EQ(t.Metaclass("H"), "?");
  EXPECT_EQ(t.Metaclass("I"), "_ProtocolMeta");
}

TEST(Mro, Alternatives) {
  const TestTable t({{"main.py", R"(
try:
    from there import Base
except ImportError:
    Base = object
try:
    from nowhere import Lost
except ImportError:
    class Lost: ...
class A(Base): ...
class B(Lost): ...
class C(Base if A else int): ...
if A:
    class K: ...
else:
    class K:
        def only_here(self): ...
class D(K): ...
try:
    import gone
    N = gone.N
except ImportError:
    N = None
class E(N): ...
)"},
                     {"there.py", "class Base:\n    def m(self): ...\n"}});
  EXPECT_EQ(t.Mro("A"), "A Base object");
  EXPECT_EQ(t.Inherited("A", "m"), "Base");
  EXPECT_EQ(t.Mro("B"), "B Lost object ?1");
  EXPECT_EQ(t.Inherited("B", "m"), "unknown");
  EXPECT_TRUE(absl::StartsWith(t.Mro("C"), "C Base object | int"));
  EXPECT_EQ(t.Inherited("D", "only_here"), "K~");
  EXPECT_EQ(t.Inherited("D", "nothing"), "absent");
  EXPECT_EQ(t.Inherited("E", "m"), "unknown");
}

TEST(Mro, UnknownAncestorsAndShadowing) {
  const TestTable t(R"(
from nowhere import Lost
class A:
    def a(self): ...
class B(A):
    def b(self): ...
class C(B, Lost): ...
class D(Lost, B): ...
class E(C): ...
)");
  EXPECT_EQ(t.Inherited("C", "b"), "B");
  EXPECT_EQ(t.Inherited("C", "a"), "A~");
  EXPECT_EQ(t.Inherited("C", "x"), "unknown");
  EXPECT_EQ(t.Inherited("D", "b"), "B~");
  EXPECT_EQ(t.Inherited("E", "b"), "B");
  EXPECT_EQ(t.Inherited("E", "x"), "unknown");
}

TEST(Mro, SixAndFriends) {
  const TestTable t({{"main.py", R"(
import six
from compat import with_metaclass
class M(type): ...
class Base: ...
class A(six.with_metaclass(M, Base)): ...
class B(with_metaclass(M)): ...
class C(with_metaclass(M, Base, dict)): ...
@six.add_metaclass(M)
class D(Base): ...
class E(*(Base, dict)): ...
bases = (Base,)
class F(*bases): ...
listed = [Base]
class G(*listed): ...
)"},
                     {"compat.py",
                      "def with_metaclass(meta, *bases):\n    class metaclass(type): ...\n"
                      "    return type.__new__(metaclass, 'temporary_class', (), {})\n"}});
  EXPECT_EQ(t.Mro("A"), "A Base object");
  EXPECT_EQ(t.Metaclass("A"), "M");
  EXPECT_EQ(t.Mro("B"), "B object");
  EXPECT_EQ(t.Metaclass("B"), "M");
  EXPECT_TRUE(absl::StartsWith(t.Mro("C"), "C Base dict object"));
  EXPECT_EQ(t.Metaclass("D"), "M");
  EXPECT_TRUE(absl::StartsWith(t.Mro("E"), "E Base dict object"));
  EXPECT_EQ(t.Mro("F"), "F Base object");
  EXPECT_EQ(t.Mro("G"), "G object ?10");
}

}  // namespace
}  // namespace overt::classes
