"""Values separated by commas."""

from typing import override

from readers.base import Reader, Row


class CsvReader(Reader):
    @override
    def open(self) -> None:
        self.lines = iter(open(self.path, encoding="utf-8"))

    @override
    def read_rows(self) -> Row | None:
        line = next(self.lines, None)
        return None if line is None else {"line": line}

    def close(self) -> None:
        del self.lines


class TabReader(CsvReader):
    @override
    def open(self) -> None:
        super().open()


class SlowReader(TabReader): ...
