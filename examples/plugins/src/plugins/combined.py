"""Several formats in one reader."""

from __future__ import annotations

from plugins.base import Reader
from plugins.csv import CsvReader
from plugins.json_lines import JsonLinesReader


class AnyReader(Reader, CsvReader, JsonLinesReader):
    """Chooses by the name of the file."""
