from typing import override, overload, final
from other import Base
import stub

class Child(Base, stub.Stub):
    @override
    def present(self): ...
    @overload
    @override
    def group(self, x: int): ...
    @overload
    def group(self, x: str): ...
    @property
    @override
    def prop(self): ...
    @prop.setter
    def prop(self, v): self.attr = v
#---
from abc import ABC, abstractmethod
from main import Child

class Base(ABC):
    @abstractmethod
    def present(self): ...
    @property
    def prop(self): ...
#---
from typing import final
class Stub:
    @final
    def sealed(self) -> int: ...
    def group(self, x): ...
