"""One object on each line."""

import json
from typing import override

from readers.base import Reader, Row


class JsonReader(Reader):
    @override
    def read_row(self) -> Row | None:
        with open(self.path, encoding="utf-8") as file:
            return json.load(file)

    @override
    def open(self) -> None: ...
