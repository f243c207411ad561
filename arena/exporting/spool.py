"""Rows set aside until all of them are known: some formats begin with what only their end tells."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import msgspec

from arena.exporting.row import Row

_decoder = msgspec.msgpack.Decoder(Row)
LENGTH = 4  # bytes of a row's length


class Spool:
    """Rows in a file without a name, and what they have among them.

    `values`, `ratios`: the names of measures; `per_seat`: of those with a figure a seat, and the most seats of each.
    `statuses`: how many matches ended how.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.values: set[str] = set()
        self.ratios: set[str] = set()
        self.per_seat: dict[str, int] = {}
        self.statuses: Counter[str] = Counter()
        self.seats = 0

    def add(self, row: Row) -> None:
        """Set a row aside."""
        self.values.update(row.values)
        self.ratios.update(row.ratios)
        for name, each in row.per_seat.items():
            self.per_seat[name] = max(self.per_seat.get(name, 0), len(each))
        self.statuses[row.status] += 1
        self.seats = max(self.seats, len(row.agents))
        packed = msgspec.msgpack.encode(row)
        self._file.write(len(packed).to_bytes(LENGTH, "big") + packed)

    def rows(self) -> Iterator[Row]:
        """The rows, in the order in which they were added."""
        self._file.seek(0)
        while length := self._file.read(LENGTH):
            yield _decoder.decode(self._file.read(int.from_bytes(length, "big")))


@contextmanager
def spooled(rows: Iterable[Row]) -> Iterator[Spool]:
    """All of the rows, set aside as long as the context lasts."""
    with tempfile.TemporaryFile() as file:
        spool = Spool(file)
        for row in rows:
            spool.add(row)
        yield spool
