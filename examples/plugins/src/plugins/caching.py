"""Remembers what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import override

from plugins.base import Cursor, Row
from plugins.csv import CsvReader


class CachedCsvReader(CsvReader):
    format = "cached-csv"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.cache: list[Row] = []

    @override
    def rows(self) -> Iterator[Row]:
        if not self.cache:
            self.cache.extend(super().rows())
        return iter(self.cache)


class NamedCursor(Cursor):
    def __init__(self, line: int, column: int, name: str) -> None:
        super().__init__(line, column)
        self.name = name
