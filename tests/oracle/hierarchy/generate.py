"""Random class hierarchies, written as ordinary Python modules.

    python3 generate.py --out DIR --families 20000 --seed 1

Every family is a handful of classes that derive from each other and from classes of the standard library; families do
not know each other. What a family mixes is its theme: plain diamonds, built-in bases and slots, generics, protocols,
metaclasses, enumerations, exceptions, typing's special forms, bases that are no classes, or a bit of everything.
The same seed makes the same bytes.
"""

import argparse
import pathlib
import random

HEADER = """\
import abc
import collections
import collections.abc as cabc
import contextlib
import datetime
import decimal
import enum
import fractions
import functools
import io
import threading
import types
import typing
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
UserId = typing.NewType("UserId", int)


def function(): ...


number = 3
text = "text"
"""

BUILTINS = ["object", "int", "str", "list", "dict", "set", "frozenset", "tuple", "float", "complex", "bytes",
            "bytearray", "property", "classmethod", "staticmethod", "super", "enumerate", "zip", "map", "reversed"]
LIBRARY = ["collections.OrderedDict", "collections.defaultdict", "collections.deque", "collections.Counter",
           "collections.UserDict", "collections.UserList", "collections.ChainMap", "abc.ABC", "threading.Thread",
           "io.StringIO", "io.BytesIO", "io.RawIOBase", "io.TextIOBase", "datetime.date", "datetime.datetime",
           "datetime.timedelta", "datetime.tzinfo", "decimal.Decimal", "fractions.Fraction", "functools.partial",
           "contextlib.ExitStack", "contextlib.ContextDecorator", "contextlib.AbstractContextManager",
           "types.ModuleType", "types.SimpleNamespace", "threading.local"]
ABCS = ["cabc.Iterable", "cabc.Iterator", "cabc.Sequence", "cabc.MutableSequence", "cabc.Mapping",
        "cabc.MutableMapping", "cabc.Set", "cabc.MutableSet", "cabc.Hashable", "cabc.Sized", "cabc.Container",
        "cabc.Collection", "cabc.Callable", "cabc.Reversible", "cabc.Awaitable", "cabc.Generator"]
EXCEPTIONS = ["BaseException", "Exception", "OSError", "ValueError", "KeyError", "LookupError", "RuntimeError",
              "StopIteration", "SystemExit", "SyntaxError", "UnicodeDecodeError", "UnicodeError", "ImportError",
              "AttributeError", "NameError", "TypeError", "Warning", "ConnectionError", "BlockingIOError",
              "KeyboardInterrupt", "ArithmeticError", "BaseExceptionGroup", "ExceptionGroup"]
REFUSED = ["bool", "range", "slice", "memoryview", "types.NoneType", "types.FunctionType", "types.GeneratorType",
           "types.CodeType", "types.MappingProxyType", "types.EllipsisType"]
NO_CLASSES = ["function", "number", "text", "UserId", "T", "None", "3", '"text"', "[]", "()", "...", "typing",
              "typing.Optional[int]", "typing.Union[int, str]", "typing.Literal[1]", "typing.ClassVar", "typing.Final",
              "typing.NoReturn", "{}", "-1", "1.5", "f'{number}'"]
ALIASES = ["typing.List[int]", "typing.Dict[str, int]", "typing.Mapping[str, int]", "typing.Sequence[int]",
           "typing.List", "typing.Dict", "typing.Tuple", "typing.Type", "typing.Callable", "typing.Iterable[int]",
           "typing.Hashable", "typing.Sized", "list[int]", "dict[str, int]", "tuple[int, ...]", "type[int]",
           "typing.ContextManager[int]", "typing.OrderedDict[str, int]", "typing.DefaultDict[str, int]",
           "typing.Deque[int]", "typing.SupportsInt", "typing.SupportsIndex", "typing.BinaryIO", "typing.TextIO"]
SLOTS = ["()", '("a",)', '("a", "b")', '("b",)', '("__dict__",)', '("__weakref__",)', '("a", "__dict__")', '"a"',
         '["c"]', '("__dict__", "__weakref__")']


class Family:
    """One family: makes classes one after the other and remembers what later ones may use."""

    def __init__(self, number, chance, modern):
        self.prefix = f"F{number}"
        self.chance = chance
        self.modern = modern
        self.classes = []  # names of ordinary classes, in order of definition
        self.generic = {}  # name: its type parameters
        self.protocols = []
        self.metaclasses = []
        self.lines = []

    def new_name(self):
        return f"{self.prefix}{chr(ord('A') + len(self.lines_of_classes()))}"

    def lines_of_classes(self):
        return [line for line in self.lines if line.startswith("class ")]

    def add(self, bases, body=("pass",), keywords=(), parameters=""):
        name = self.new_name()
        arguments = ", ".join([*bases, *keywords])
        head = f"class {name}{parameters}" + (f"({arguments})" if arguments else "")
        if body == ("pass",):
            self.lines.append(f"{head}: ...")
        else:
            self.lines.append(f"{head}:")
            self.lines.extend(f"    {line}" for line in body)
        return name

    def earlier(self, most):
        """Some earlier classes: usually the newer ones, in some order, now and then one of them twice."""
        if not self.classes:
            return []
        count = min(self.chance.choice([0, 1, 1, 1, 2, 2, 2, 3, 3, 4]), most, len(self.classes))
        pool = self.classes[-6:] if self.chance.random() < 0.7 else self.classes
        chosen = self.chance.sample(pool, min(count, len(pool)))
        if self.chance.random() < 0.55:  # the order that most often fits: newest first
            chosen.sort(key=self.classes.index, reverse=True)
        if chosen and self.chance.random() < 0.06:
            chosen.insert(self.chance.randrange(len(chosen) + 1), self.chance.choice(chosen))
        return chosen

    def put(self, bases, extra):
        """`extra` somewhere among the bases: mostly last, where it usually belongs."""
        place = len(bases) if self.chance.random() < 0.6 else self.chance.randrange(len(bases) + 1)
        return bases[:place] + [extra] + bases[place:]

    # --- themes -----------------------------------------------------------------------------------------------------

    def plain(self):
        bases = self.earlier(4)
        if self.chance.random() < 0.08:
            bases = self.put(bases, "object")
        self.classes.append(self.add(bases))

    def builtin(self):
        bases = self.earlier(3)
        for _ in range(self.chance.choice([0, 0, 1, 1, 2])):
            bases = self.put(bases, self.chance.choice(BUILTINS + LIBRARY if self.chance.random() < 0.5 else BUILTINS))
        body = ("pass",)
        if self.chance.random() < 0.35:
            body = (f"__slots__ = {self.chance.choice(SLOTS)}",)
        self.classes.append(self.add(bases, body))

    def slots(self):
        body = (f"__slots__ = {self.chance.choice(SLOTS)}",) if self.chance.random() < 0.75 else ("pass",)
        self.classes.append(self.add(self.earlier(3), body))

    def abstract(self):
        bases = self.earlier(3)
        for _ in range(self.chance.choice([0, 1, 1, 2])):
            bases = self.put(bases, self.chance.choice(ABCS + ["abc.ABC"] + BUILTINS[:11]))
        self.classes.append(self.add(bases))

    def exception(self):
        bases = self.earlier(3)
        for _ in range(self.chance.choice([0, 1, 1, 2])):
            bases = self.put(bases, self.chance.choice(EXCEPTIONS))
        self.classes.append(self.add(bases))

    def applied(self, name):
        """A class of the family as a base: with arguments if it is generic, now and then without."""
        parameters = self.generic.get(name, ())
        if not parameters or self.chance.random() < 0.2:
            return name, ()
        arguments = [self.chance.choice(["int", "str", "T", "K"]) for _ in parameters]
        return f"{name}[{', '.join(arguments)}]", tuple(a for a in arguments if a in "TK")

    def generics(self, root="Generic"):
        pairs = [self.applied(name) for name in self.earlier(3)]
        bases = [text for text, _ in pairs]
        used = sorted({variable for _, variables in pairs for variable in variables})
        if self.chance.random() < 0.15:
            bases = self.put(bases, self.chance.choice(["typing.Iterable[T]", "cabc.Mapping[T, K]", "list[T]"]))
            used = sorted({*used, *[v for v in "TK" if f"[{v}" in bases[-1] or f", {v}]" in bases[-1]]})
        fate = self.chance.random()
        if fate < 0.45:
            wanted = [v for v in ("T", "K") if any(v in base.partition("[")[2] for base in bases)] or ["T"]
            if self.chance.random() < 0.2:
                wanted = ["T", "K"]
            bases = self.put(bases, f"{root}[{', '.join(wanted)}]")
            used = wanted
        elif fate < 0.48:
            bases = self.put(bases, "Generic")
        elif fate < 0.5:
            bases = self.put(self.put(bases, "Generic[T]"), "Generic[T, K]")
        name = self.add(bases)
        self.classes.append(name)
        if used:
            self.generic[name] = tuple(used)

    def protocol(self):
        bases = self.earlier(2)
        fate = self.chance.random()
        if fate < 0.5:
            bases = self.put(bases, "Protocol")
        elif fate < 0.6:
            bases = self.put(bases, "Protocol[T]")
        elif fate < 0.65:
            bases = self.put(bases, self.chance.choice(["typing.Sized", "cabc.Iterable", "typing.SupportsInt"]))
        self.classes.append(self.add(bases, ("def method(self): ...",)))

    def metaclass(self):
        if self.chance.random() < 0.35:
            roots = self.metaclasses[-3:] + ["type", "abc.ABCMeta", "enum.EnumMeta"]
            bases = [self.chance.choice(roots)]
            if self.chance.random() < 0.25:
                bases.append(self.chance.choice([root for root in roots if root != bases[0]]))
            self.metaclasses.append(self.add(bases))
            return
        bases = self.earlier(3)
        keywords = ()
        if self.chance.random() < 0.5:
            keywords = (f"metaclass={self.chance.choice(self.metaclasses + ['type', 'abc.ABCMeta'])}",)
        if self.chance.random() < 0.2:
            bases = self.put(bases, self.chance.choice(["abc.ABC", "cabc.Sized", "object"]))
        self.classes.append(self.add(bases, keywords=keywords))

    def enumeration(self):
        bases = self.earlier(1)[:1]
        if not bases or self.chance.random() < 0.3:
            root = self.chance.choice(["enum.Enum", "enum.IntEnum", "enum.Flag", "enum.IntFlag", "enum.StrEnum"])
            mixin = self.chance.choice([[], [], [], ["str"], ["int"]]) if root == "enum.Enum" else []
            bases = mixin + [root]
        body = ("pass",)
        if self.chance.random() < 0.4:
            body = ("MEMBER = enum.auto()",)
        self.classes.append(self.add(bases, body))

    def special(self):
        bases = self.earlier(2)
        fate = self.chance.random()
        if fate < 0.35:
            bases = self.put(bases, self.chance.choice(ALIASES))
        elif fate < 0.6:
            bases = self.put(bases, self.chance.choice(REFUSED))
        elif fate < 0.8:
            bases = self.put(bases, self.chance.choice(NO_CLASSES))
        elif fate < 0.85:
            bases = self.put(bases, "Any")
        self.classes.append(self.add(bases))

    def alias(self):
        """The same class under another name: a duplicate that the text does not show."""
        if not self.classes:
            return self.plain()
        known = self.chance.choice(self.classes)
        other = f"{known}_again"
        if f"{other} = {known}" not in self.lines:
            self.lines.append(f"{other} = {known}")
        bases = self.put(self.earlier(2), other)
        self.classes.append(self.add(bases))

    def parameters(self):
        """Type parameters of Python 3.12; each class has its own."""
        if not self.modern:
            return self.generics()
        pairs = [self.applied(name) for name in self.earlier(2)]
        bases = [text for text, _ in pairs]
        wanted = [v for v in ("T", "K") if any(v in base.partition("[")[2] for base in bases)] or ["T"]
        if self.chance.random() < 0.15:
            bases = self.put(bases, self.chance.choice(["Protocol", "typing.Iterable[T]", "list[T]"]))
        name = self.add(bases, parameters=f"[{', '.join(wanted)}]")
        self.classes.append(name)
        self.generic[name] = tuple(wanted)

    THEMES = {
        "plain": ["plain"], "builtin": ["builtin", "builtin", "plain"], "slots": ["slots", "slots", "plain"],
        "abstract": ["abstract", "abstract", "plain"], "exception": ["exception", "exception", "plain"],
        "generics": ["generics", "generics", "generics", "plain"], "protocol": ["protocol", "protocol", "plain"],
        "metaclass": ["metaclass", "metaclass", "plain"], "enumeration": ["enumeration"],
        "special": ["special", "special", "plain"], "alias": ["alias", "plain", "plain"],
        "parameters": ["parameters", "generics"],
        "mixed": ["plain", "builtin", "slots", "abstract", "exception", "generics", "protocol", "metaclass", "alias"],
    }
    WEIGHTS = {"plain": 4, "builtin": 3, "slots": 3, "abstract": 2, "exception": 2, "generics": 3, "protocol": 2,
               "metaclass": 3, "enumeration": 1, "special": 2, "alias": 2, "parameters": 1, "mixed": 3}

    def grow(self):
        theme = self.chance.choices(list(self.WEIGHTS), list(self.WEIGHTS.values()))[0]
        for _ in range(self.chance.randint(3, 9)):
            getattr(self, self.chance.choice(self.THEMES[theme]))()
        return [f"# {self.prefix}: {theme}", *self.lines]


def generate(folder, families, seed, modern):
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    per_module = 100
    for first in range(0, families, per_module):
        lines = [HEADER]
        for number in range(first, min(first + per_module, families)):
            lines.extend(["", *Family(number, chance, modern).grow()])
        (folder / f"h{first // per_module:04}.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--families", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modern", action="store_true", help="with the syntax of Python 3.12")
    options = parser.parse_args()
    generate(options.out, options.families, options.seed, options.modern)
