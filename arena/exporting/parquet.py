"""Parquet: the columns of the csv, typed; what seats have is a list a match. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from arena.errors import UsageError
from arena.exporting.row import Row
from arena.exporting.spool import Spool, spooled

BATCH = 5_000  # rows of a group
WHOLE = ("seed", "rotation", "repeat", "tokens")
TEXT = ("run", "match", "transcript", "scenario", "entry", "parameters", "instance", "block", "status", "void")
SEATED = "per_seat."


def write(rows: Iterable[Row], out: BinaryIO) -> None:
    """Write them, a group of rows at a time; what is not defined is null. Raises UsageError without the extra."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            f"parquet needs pyarrow ({error}); install it with: pip install 'coordination-arena[parquet]'"
        ) from error
    with spooled(rows) as spool:
        schema = _schema(pa, spool)
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            left = spool.rows()
            while batch := [_plain(row) for row in islice(left, BATCH)]:
                writer.write_table(pa.Table.from_pylist(batch, schema))


def _schema(pa: Any, spool: Spool) -> Any:
    numbers = pa.list_(pa.float64())
    return pa.schema(
        [
            *[(name, pa.string()) for name in TEXT],
            *[(name, pa.int64()) for name in WHOLE],
            ("usd", pa.float64()),
            ("agents", pa.list_(pa.string())),
            ("seats", pa.list_(pa.string())),
            *[(name, pa.float64()) for name in sorted(spool.values)],
            *[(f"{name}.{part}", pa.float64()) for name in sorted(spool.ratios) for part in ("part", "whole")],
            *[(_seated(name), numbers) for name in sorted(spool.per_seat)],
        ]
    )


def _plain(row: Row) -> dict[str, Any]:
    ratios = {f"{name}.{part}": value for name, pair in row.ratios.items() for part, value in _parts(pair)}
    own = {name: getattr(row, name) for name in (*TEXT, *WHOLE, "usd", "agents", "seats")}
    return row.values | ratios | {_seated(name): each for name, each in row.per_seat.items()} | own


def _parts(pair: list[float | None]) -> Iterable[tuple[str, float | None]]:
    return zip(("part", "whole"), pair, strict=True)


def _seated(name: str) -> str:
    """A measure may be the group's in one family and the seats' in another."""
    return name if name.startswith(SEATED) else SEATED + name
