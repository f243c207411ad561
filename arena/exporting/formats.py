"""The formats that matches are exported in, by the names that `arena export --to` knows them by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO, Literal, assert_never

from arena.exporting import csv_file, jsonl, junit, parquet
from arena.exporting.junit import Check
from arena.exporting.row import Row

Format = Literal["csv", "jsonl", "parquet", "junit"]


def write(to: Format, rows: Iterable[Row], out: BinaryIO, checks: Callable[[], Sequence[Check]]) -> None:
    """Write the rows in a format; `checks` are asked for after the last of them, and go where there is room for them.

    Raises UsageError where an extra is not installed.
    """
    match to:
        case "csv":
            csv_file.write(rows, out)
        case "jsonl":
            jsonl.write(rows, out)
        case "parquet":
            parquet.write(rows, out)
        case "junit":
            junit.write(rows, out, checks)
        case _:
            assert_never(to)
