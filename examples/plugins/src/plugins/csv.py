"""Values separated by commas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO, override

from plugins.base import Reader, Row, register


@register
class CsvReader(Reader):
    """The first line names the columns."""

    format = "csv"

    def __init__(self, path: str, delimiter: str = ",") -> None:
        super().__init__(path)
        self.delimiter = delimiter
        self.file: TextIO | None = None
        self.lines: Iterator[Row] | None = None

    @override
    def open(self) -> None:
        super().open()
        self.file = open(self.path, newline="", encoding="utf-8")
        self.lines = csv.DictReader(self.file, delimiter=self.delimiter)

    @override
    def close(self) -> None:
        if self.file is not None:
            self.file.close()

    def skip(self, count: int) -> None:
        for _ in range(count):
            if self.lines is not None:
                next(self.lines, None)

    @override
    def read_rows(self) -> Row | None:
        return None if self.lines is None else next(self.lines, None)
