from collections import namedtuple
from dataclasses import dataclass
from enum import Enum
from typing import *
import functools

Row = namedtuple("Row", "a b")
@dataclass(order=True)
class Point:
    x: int
    y: int = 0
class Colour(Enum):
    RED = 1
class Movie(TypedDict):
    name: str
@functools.total_ordering
class Both(Row, Generic[T]):
    def __lt__(self, o): return True
Made = type("Made", (Point,), {"z": 1})
class Last(Made, metaclass=type):
    def a(self): ...  # overt: ignore[missing-override]
#---
try:
    from main import Last as L
except ImportError:
    L = object
if 1:
    class D(L): __slots__ = ("q",)
else:
    def D(): return lambda: 1
setattr(D, "late", 1)
D.more = 2
