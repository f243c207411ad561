"""Comma-separated values: a line a match, a column a measure, and one a seat of what seats have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from arena.exporting.row import Row
from arena.exporting.spool import Spool, spooled

PLAIN = (
    *("run", "match", "transcript", "scenario", "entry", "parameters", "instance", "block", "seed", "rotation"),
    *("repeat", "status", "void", "usd", "tokens"),
)
# What a spreadsheet takes for a formula at the beginning of a cell (OWASP, CSV Injection), full-width forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


def write(rows: Iterable[Row], out: BinaryIO) -> None:
    """Write them, UTF-8, after a line of names; what is not defined is empty.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers are left as they are.
    """
    with spooled(rows) as spool:
        text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        table = csv.writer(text, lineterminator="\n")
        table.writerow([inert(name) for name in names(spool)])
        for row in spool.rows():
            table.writerow([inert(cell) if isinstance(cell, str) else cell for cell in _cells(row, spool)])
        text.detach()


def inert(text: str) -> str:
    """A text that no spreadsheet computes."""
    return f"'{text}" if text.startswith(FORMULA) else text


def names(spool: Spool) -> list[str]:
    """The columns: what a match is, who sat where, then the measures by name."""
    ratios = [f"{name}.{part}" for name in sorted(spool.ratios) for part in ("part", "whole")]
    per_seat = [f"{name}[{seat}]" for name in sorted(spool.per_seat) for seat in range(spool.per_seat[name])]
    seats = [f"{what}[{seat}]" for what in ("agent", "seat") for seat in range(spool.seats)]
    return [*PLAIN, *seats, *sorted(spool.values), *ratios, *per_seat]


def _cells(row: Row, spool: Spool) -> Iterator[Cell]:
    yield from (getattr(row, name) for name in PLAIN)
    yield from _filled(row.agents, spool.seats)
    yield from _filled(row.seats, spool.seats)
    yield from (row.values.get(name) for name in sorted(spool.values))
    for name in sorted(spool.ratios):
        yield from _filled(row.ratios.get(name, []), 2)
    for name in sorted(spool.per_seat):
        yield from _filled(row.per_seat.get(name, []), spool.per_seat[name])


def _filled(cells: list[str] | list[float | None], n: int) -> Iterator[Cell]:
    yield from cells
    yield from [None] * (n - len(cells))
