"""What every reader has in common."""

from abc import ABC, abstractmethod

type Row = dict[str, str]


class Reader(ABC):
    """Reads rows from one open file."""

    def __init__(self, path: str) -> None:
        self.path = path

    @abstractmethod
    def read_row(self) -> Row | None:
        """The next row; nothing at the end."""

    def open(self) -> None: ...

    def close(self) -> None: ...
