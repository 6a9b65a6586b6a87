"""Fixed columns, as old programs write them."""

from __future__ import annotations

from typing import override

from plugins.base import Reader, Row, register


@register
class FixedWidthReader(Reader):
    format = "fixed"
    widths = (10, 10, 20)

    @override
    def prepare(self) -> None:
        self.names = [f"column{i}" for i in range(len(self.widths))]

    @override
    def read_row(self) -> Row | None:  # overt: ignore[override-without-base]
        return None
