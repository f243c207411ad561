"""The runs of a folder, as the index has them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import Struct

from arena.index.catching_up import catch_up
from arena.index.database import with_index
from arena.index.facts import UNREAD
from arena.runs.lock import held

RUNNING, STOPPED = "running", "stopped"


class Listed(Struct, frozen=True):
    """A run: when it was played, how it stands, and of what it is made.

    `status`: as run.json has it, `stopped` where the process that played it has died. `planned`, `ended`, `usd` and
    `tokens` are None where they are not known. `played`: the transcripts that are there; `void` and `unreadable` are
    among them; `removed`: those that were there when it ended, and are not any more. `statuses`: how many ended how.
    """

    name: str
    started: str | None
    ended: str | None
    status: str
    planned: int | None
    played: int
    void: int
    failed: int
    removed: int
    unreadable: int
    scenarios: tuple[str, ...]
    agents: tuple[str, ...]
    models: tuple[str, ...]
    statuses: dict[str, int]
    usd: float | None
    tokens: int | None


@dataclass
class _Seen:
    """What the matches of a run come to."""

    scenarios: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)
    statuses: Counter[str] = field(default_factory=Counter)


def listed(folder: Path) -> list[Listed]:
    """The runs of a folder, newest first."""

    def use(db: sqlite3.Connection) -> list[Listed]:
        catch_up(db, folder)
        return read_runs(db, folder)

    return with_index(folder, use) if folder.is_dir() else []


def read_runs(db: sqlite3.Connection, folder: Path) -> list[Listed]:
    """The runs that the index has, newest first."""
    seen = _seen(db)
    columns = "run, name, started, ended, status, planned, played, failed, usd, tokens"
    found = [_run(folder, seen.get(row[0], _Seen()), row[1:]) for row in db.execute(f"SELECT {columns} FROM runs")]
    return sorted(found, key=lambda run: (run.started or "", run.name), reverse=True)


def _seen(db: sqlite3.Connection) -> dict[int, _Seen]:
    casts = {cast: json.loads(seats) for cast, seats in db.execute("SELECT cast_, seats FROM casts")}
    found: dict[int, _Seen] = {}
    groups = "SELECT run, scenario, cast_, status, count(*) FROM matches GROUP BY run, scenario, cast_, status"
    for run, scenario, cast, status, n in db.execute(groups):
        seen = found.setdefault(run, _Seen())
        seen.statuses[status] += n
        if scenario:
            seen.scenarios.add(scenario)
        for agent, _, model in casts[cast]:
            seen.agents.add(agent)
            if model:
                seen.models.add(model)
    return found


def _run(folder: Path, seen: _Seen, row: Sequence[Any]) -> Listed:
    name, started, ended, status, planned, played, failed, usd, tokens = row
    there = seen.statuses.total()
    return Listed(
        name,
        started,
        ended,
        STOPPED if status == RUNNING and not held(folder / name) else status,
        planned,
        there,
        seen.statuses["void"],
        failed,
        max((played or 0) - there, 0),
        seen.statuses[UNREAD],
        tuple(sorted(seen.scenarios)),
        tuple(sorted(seen.agents)),
        tuple(sorted(seen.models)),
        dict(sorted(seen.statuses.items())),
        usd,
        tokens,
    )
