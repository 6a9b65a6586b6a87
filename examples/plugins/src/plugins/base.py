"""What every reader has in common."""

from __future__ import annotations

import abc
from collections.abc import Iterator
from typing import ClassVar, final
from warnings import deprecated

type Row = dict[str, str]

_registry: dict[str, type[Reader]] = {}


def register(cls: type[Reader]) -> type[Reader]:
    """Makes a reader known under the name of its format."""
    _registry[cls.format] = cls
    return cls


class Reader(abc.ABC):
    """Reads rows from one open file."""

    format: ClassVar[str] = ""

    def __init__(self, path: str) -> None:
        self.path = path
        self.position = 0

    @abc.abstractmethod
    def read_row(self) -> Row | None:
        """The next row; nothing at the end."""

    def open(self) -> None:
        self.position = 0

    def close(self) -> None: ...

    @final
    def rows(self) -> Iterator[Row]:
        """All rows, whatever happens on the way: readers change `read_row`, not this."""
        self.open()
        try:
            while (row := self.read_row()) is not None:
                self.position += 1
                yield row
        finally:
            self.close()

    @deprecated("called by nobody since 2.0; use `open`")
    def prepare(self) -> None: ...


@final
class Cursor:
    """A place in a file."""

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column
