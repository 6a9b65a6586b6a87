"""Reads a file again whenever it changes."""

from __future__ import annotations

import pathlib
import threading
import time
from typing import override

from plugins.base import Reader


class Watcher(threading.Thread):
    def __init__(self, reader: Reader, pause: float = 1.0) -> None:
        super().__init__(daemon=True)
        self.reader = reader
        self.pause = pause
        self.stopped = threading.Event()

    @override
    def runs(self) -> None:
        seen = 0.0
        while not self.stopped.is_set():
            changed = pathlib.Path(self.reader.path).stat().st_mtime
            if changed > seen:
                seen = changed
                for row in self.reader.rows():
                    print(row)
            time.sleep(self.pause)

    def stop(self) -> None:
        self.stopped.set()
