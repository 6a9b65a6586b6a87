// Names across modules.
#include "tests/unit/classes/table_fixture.h"

namespace overt::classes {
namespace {

TEST(Imports, PackagesAndSubmodules) {
  const TestTable t({{"main.py", R"(
import pkg.sub
import pkg.sub.deep as d
import pkg
from pkg import sub as s, Public, lazy
from pkg.sub import *
from nspace import part
import pkg.other
class A(pkg.sub.S): ...
class B(d.Deep): ...
class C(s.S): ...
class D(Public): ...
class E(Starred): ...
class F(_Private): ...
class G(part.P): ...
class H(pkg.other.O): ...
class I(pkg.gone.O): ...
class J(pkg.unimported.U): ...
class K(lazy.Anything): ...
)"},
                     {"pkg/__init__.py", "from .sub import S as Public\nfrom . import dynamic as lazy\n"},
                     {"pkg/sub/__init__.py", "class S: ...\nclass Starred: ...\nclass _Private: ...\n"},
                     {"pkg/sub/deep.py", "from .. import Public\nclass Deep(Public): ...\n"},
                     {"pkg/other.py", "from .sub import Starred as O\n"},
                     {"pkg/unimported.py", "class U: ...\n"},
                     {"pkg/dynamic.py", "def __getattr__(name): ...\n"},
                     {"nspace/part.py", "class P: ...\n"}});
  EXPECT_EQ(t.Mro("A"), "A S object");
  EXPECT_EQ(t.Mro("B"), "B Deep S object");
  EXPECT_EQ(t.Mro("C"), "C S object");
  EXPECT_EQ(t.Mro("D"), "D S object");
  EXPECT_EQ(t.Mro("E"), "E Starred object");
  EXPECT_EQ(t.Mro("F"), "F object ?12");
  EXPECT_EQ(t.Mro("G"), "G P object");
  EXPECT_EQ(t.Mro("H"), "H Starred object");
  EXPECT_EQ(t.Mro("I"), "I object ?12");
  EXPECT_EQ(t.Mro("J"), "J U object");
  EXPECT_EQ(t.Mro("K"), "K object ?6");
}

TEST(Imports, StarsAllAndCycles) {
  const TestTable t(
      {{"main.py",
        "from a import *\nfrom c import *\nclass X(FromA): ...\nclass Y(FromB): ...\nclass Z(Listed): ...\n"
        "class W(Unlisted): ...\nclass V(Through): ...\n"},
       {"a.py", "from b import *\nclass FromA: ...\n"},
       {"b.py", "from a import *\nclass FromB: ...\n"},
       {"c.py",
        "from d import Through, Hidden\n__all__ = ['Listed']\n__all__ += ['Through']\n"
        "class Listed: ...\nclass Unlisted: ...\n"},
       {"d.py", "class Through: ...\nclass Hidden: ...\n"}});
  EXPECT_EQ(t.Mro("X"), "X FromA object");
  EXPECT_EQ(t.Mro("Y"), "Y FromB object");
  EXPECT_EQ(t.Mro("Z"), "Z Listed object");
  EXPECT_EQ(t.Mro("W"), "W object ?12");
  EXPECT_EQ(t.Mro("V"), "V Through object");
}

TEST(Imports, CircularAliases) {
  const TestTable t({{"main.py", "from a import X, Y, Z\nclass A(X): ...\nclass B(Y): ...\nclass C(Z): ...\n"},
                     {"a.py", "from b import X, Z\nY = 1\nif Y: Y = X\n"},
                     {"b.py", "from a import X\nclass Z: ...\n"}});
  EXPECT_EQ(t.Mro("A"), "A object ?9");
  EXPECT_EQ(t.Mro("C"), "C Z object");
}

TEST(Imports, AliasesAndScopes) {
  const TestTable t(R"(
from typing import TypeAlias, Annotated, cast
class Base:
    class Inner: ...
B: TypeAlias = Base
C: type[Base] = Base
D: "TypeAlias" = "Base"
E, F = Base, int
class A1(B): ...
class A2(C): ...
class A3(E): ...
class A4(Base.Inner): ...
class Sub(Base): ...
class A5(Sub.Inner): ...
class A6(Annotated[Base, 1]): ...
class A7(cast(type, Base)): ...
def f():
    Local = Base
    class A8(Local):
        Local = int
        class A9(Local): ...
        def g(self):
            class A10(Local): ...
    return A8
def g(Base):
    class A11(Base): ...
class A12(f()): ...
class object2(object): ...
class object(object2): ...
class A13: ...
)");
  EXPECT_EQ(t.Mro("A1"), "A1 Base object");
  EXPECT_EQ(t.Mro("A2"), "A2 Base object");
  EXPECT_EQ(t.Mro("A3"), "A3 Base object");
  EXPECT_EQ(t.Mro("A4"), "A4 Inner object");
  EXPECT_EQ(t.Mro("A5"), "A5 Inner object");
  EXPECT_EQ(t.Mro("A6"), "A6 Base object");
  EXPECT_EQ(t.Mro("A7"), "A7 Base object");
  EXPECT_EQ(t.Mro("f.<locals>.A8"), "A8 Base object");
  EXPECT_EQ(t.Mro("f.<locals>.A8.A9"), "A9 int object");
  EXPECT_EQ(t.Mro("f.<locals>.A8.g.<locals>.A10"), "A10 Base object");
  EXPECT_EQ(t.Mro("g.<locals>.A11"), "A11 object ?4");
  EXPECT_EQ(t.Mro("A12"), "A12 A8 Base object");
  EXPECT_EQ(t.Mro("object"), "object object2 object");
  EXPECT_EQ(t.Mro("A13"), "A13 object");
}

TEST(Imports, DeepChains) {
  std::string aliases = "class A: ...\nX0 = A\n";
  for (int i = 1; i < 10000; ++i) absl::StrAppend(&aliases, "X", i, " = X", i - 1, "\n");
  std::string chain = "class C0: ...\n";
  for (int i = 1; i < 3000; ++i) absl::StrAppend(&chain, "class C", i, "(C", i - 1, "): ...\n");
  std::string wide = "class W(";
  for (int i = 0; i < 2000; ++i) {
    absl::StrAppend(&chain, "class B", i, ": ...\n");
    absl::StrAppend(&wide, i == 0 ? "B" : ", B", i);
  }
  const TestTable t(aliases + "class Last(X9999): ...\n" + chain + wide + "): ...\n");
  EXPECT_EQ(t.Mro("Last"), "Last A object");
  EXPECT_EQ(t.table().MroOf(t.Class("C2999")).order.size(), 3001u);
  EXPECT_EQ(t.table().MroOf(t.Class("W")).order.size(), 2002u);
}

TEST(Imports, DeepImportChain) {
  TestTable::Files files{{"m0.py", "class A: ...\n"}};
  for (int i = 1; i < 3000; ++i) {
    files.emplace_back(absl::StrCat("m", i, ".py"), absl::StrCat("from m", i - 1, " import ", i % 2 ? "A" : "*", "\n"));
  }
  files.emplace_back("main.py", "from m2999 import A\nclass B(A): ...\n");
  const TestTable t(files);
  EXPECT_EQ(t.Mro("B"), "B A object");
}

TEST(Imports, LongCycles) {
  std::string text;
  for (int i = 0; i < 300; ++i) absl::StrAppend(&text, "X", i, " = X", (i + 1) % 300, "\n");
  const TestTable t({{"s.pyi", text + "class A(X7): ...\nclass B(X299): ...\n"}, {"main.py", ""}});
  EXPECT_EQ(t.MroIn("s.pyi", "A"), "A object ?9");
  EXPECT_EQ(t.MroIn("s.pyi", "B"), "B object ?9");
}

}  // namespace
}  // namespace overt::classes
