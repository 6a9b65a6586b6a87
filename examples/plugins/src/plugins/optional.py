"""A format that needs a package which may not be installed."""

from __future__ import annotations

from typing import override

from spreadsheets.reading import SheetReader

from plugins.base import Row


class SpreadsheetReader(SheetReader):
    @override
    def read_row(self) -> Row | None:
        return None

    @override
    def select_sheet(self, name: str) -> None: ...
