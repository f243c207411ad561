"""Bringing the index up to date: what was added, changed or removed since it was last asked.

A file is read again where its size, time of change or inode is another one. Reading is done before anything is written,
so that processes wait for one another only while rows are put in; whoever comes last writes what he saw, with the stamp
that it had, so that what is out of date is found so the next time.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from arena.index.database import written
from arena.index.facts import Match, Run, match_facts, run_facts

BATCH = 2_000  # matches that are read before they are written
RUN = ("stamp", "started", "ended", "status", "planned", "played", "failed", "usd", "tokens")
MATCH = ("run", "id", "stamp", "scenario", "entry", "seed", "repeat", "block", "cast_", "status", "why", "graded")


def catch_up(db: sqlite3.Connection, folder: Path) -> None:
    """Make the index say what lies in a folder of runs now."""
    there = dict(_runs(folder))
    known = {name: (run, stamp) for run, name, stamp in db.execute("SELECT run, name, stamp FROM runs")}
    if gone := [known[name][0] for name in known.keys() - there.keys()]:
        with written(db):
            for run in gone:
                _forget_run(db, run)
    for name, stamp in there.items():
        run, before = known.get(name, (None, None))
        if run is None or before != stamp:
            run = _put_run(db, name, stamp, run_facts(folder / name))
        _catch_up_matches(db, run, folder / name / "matches")


def _runs(folder: Path) -> Iterator[tuple[str, str]]:
    """The runs in a folder, each with the stamp of its run.json; "" for forks and the like, that have none."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:
        return
    for name in names:
        state = _stamp(folder / name / "run.json")
        if state or (folder / name / "matches").is_dir():
            yield name, state


def _put_run(db: sqlite3.Connection, name: str, stamp: str, facts: Run) -> int:
    columns, places = ", ".join(RUN), ", ".join("?" * len(RUN))
    changed = ", ".join(f"{column} = excluded.{column}" for column in RUN)
    with written(db):
        row: tuple[int] = db.execute(
            f"INSERT INTO runs (name, {columns}) VALUES (?, {places})"
            f" ON CONFLICT (name) DO UPDATE SET {changed} RETURNING run",
            (name, stamp, *[getattr(facts, column) for column in RUN[1:]]),
        ).fetchone()
    return row[0]


def _catch_up_matches(db: sqlite3.Connection, run: int, folder: Path) -> None:
    there = _stamps(folder)
    known = dict(db.execute("SELECT id, stamp FROM matches WHERE run = ?", (run,)))
    changed = (match for match, stamp in there.items() if known.get(match) != stamp)
    gone = known.keys() - there.keys()
    if gone:
        with written(db):
            for match in gone:
                _forget_match(db, run, match)
    while batch := list(islice(changed, BATCH)):
        read = [(match, match_facts(folder / f"{match}.jsonl")) for match in batch]
        with written(db):
            for match, facts in read:
                if match in known:
                    _forget_match(db, run, match)
                _put_match(db, run, match, there[match], facts)


def _stamps(folder: Path) -> dict[str, str]:
    """The transcripts in a folder by the ids of their matches; a file that is removed meanwhile is not there."""
    found = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".jsonl"):
                    try:
                        found[entry.name.removesuffix(".jsonl")] = _as_text(entry.stat())
                    except OSError:
                        continue
    except OSError:
        return {}
    return found


def _stamp(file: Path) -> str:
    try:
        return _as_text(file.stat())
    except OSError:
        return ""


def _as_text(stat: os.stat_result) -> str:
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"


def _put_match(db: sqlite3.Connection, run: int, match: str, stamp: str, facts: Match) -> None:
    seats = json.dumps([(seat.agent, seat.kind, seat.model) for seat in facts.seats], ensure_ascii=False)
    db.execute("INSERT OR IGNORE INTO casts (seats) VALUES (?)", (seats,))
    (cast,) = db.execute("SELECT cast_ FROM casts WHERE seats = ?", (seats,)).fetchone()
    where = (facts.scenario, facts.entry, facts.seed, facts.repeat, facts.block)
    db.execute(
        f"INSERT OR IGNORE INTO matches ({', '.join(MATCH)}) VALUES ({', '.join('?' * len(MATCH))})",
        (run, match, stamp, *where, cast, facts.status, facts.why, 0),
    )


def _forget_match(db: sqlite3.Connection, run: int, match: str) -> None:
    found = db.execute("SELECT match FROM matches WHERE run = ? AND id = ?", (run, match)).fetchone()
    if found is not None:
        forget_scores(db, run, found[0])
        db.execute("DELETE FROM matches WHERE match = ?", found)


def forget_scores(db: sqlite3.Connection, run: int, match: int) -> None:
    """Take out what a match scored."""
    every = "SELECT measure FROM measures"
    db.execute(f"DELETE FROM scores WHERE run = ? AND measure IN ({every}) AND match = ?", (run, match))


def _forget_run(db: sqlite3.Connection, run: int) -> None:
    for table in ("scores", "matches", "runs"):
        db.execute(f"DELETE FROM {table} WHERE run = ?", (run,))
