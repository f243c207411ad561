"""JSON, one object a line and a match."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from arena.exporting.row import Row


def write(rows: Iterable[Row], out: BinaryIO) -> None:
    """Write them as they come; what is not defined is null."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        out.write(encoder.encode(row) + b"\n")
