"""Runs as `arena list runs` shows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs

from arena.index.asking import Asked, chosen
from arena.index.listing import listed
from arena.report.numbers import number

if TYPE_CHECKING:
    from arena.statistics.estimate import Estimate

Row = dict[str, Any]


def rows(folder: Path, asked: Asked, scores: Sequence[str], limit: int | None = None) -> list[Row]:
    """The runs of a folder that are asked for, newest first, at most `limit` of them.

    `scores` are bounds as people write them; each run then has its means of those. Raises NotFound, UsageError.
    """
    found = chosen(listed(folder), asked)
    if not scores:
        return [structs.asdict(run) for run in found[:limit]]
    from arena.index.asked_scores import bound, scored  # only here: to grade takes the solvers, which take their time

    means = scored(folder, [run.name for run in found], [bound(each) for each in scores]) if found else {}
    those = [run for run in found if run.name in means][:limit]
    return [
        structs.asdict(run) | {"scores": {name: _defined(of) for name, of in means[run.name].items()}} for run in those
    ]


def _defined(found: Estimate) -> Row:
    plain = structs.asdict(found)
    return {name: None if value != value else value for name, value in plain.items()}  # NaN is not itself


def brief(row: Row) -> Row:
    """A row as it is printed: its name tells when it started, and its counts go together."""
    planned = row["planned"]
    status = row["status"]
    if row["removed"]:
        status += f", {row['removed']:,} removed since"
    if row["unreadable"]:
        status += f", {row['unreadable']:,} unreadable"
    shown = {
        "name": row["name"],
        "status": status,
        "played": f"{row['played']:,}" if planned is None else f"{row['played']:,} of {planned:,}",
        "void": row["void"],
        "plays": list(row["scenarios"]),
        "agents": list(row["agents"]),
    }
    for measure, of in row.get("scores", {}).items():
        shown[measure] = number(of["value"])
    return shown
