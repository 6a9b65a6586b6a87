"""One JSON object a line."""

from __future__ import annotations

import json
from typing import overload, override

from plugins.base import Reader, Row, register


class Converting(Reader):
    """Readers whose values can be converted on the way."""

    def convert(self, value: object) -> object:
        return value


@register
class JsonLinesReader(Converting):
    format = "jsonl"

    @override
    def open(self) -> None:
        super().open()
        with open(self.path, encoding="utf-8") as file:
            self.pending = file.read().splitlines()

    @override
    def read_row(self) -> Row | None:
        if not self.pending:
            return None
        values = json.loads(self.pending.pop(0))
        return {str(key): str(self.convert(value)) for key, value in values.items()}

    @overload
    @override
    def convert(self, value: None) -> str: ...
    @overload
    def convert(self, value: object) -> object: ...
    def convert(self, value: object) -> object:
        return "" if value is None else value
