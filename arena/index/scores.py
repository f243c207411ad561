"""The scores of the matches in the index, and what runs come to by them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import islice
from math import isfinite
from pathlib import Path

import msgspec

from arena.errors import ArenaError
from arena.index.catching_up import forget_scores
from arena.index.database import written
from arena.results.measured import cell, estimator
from arena.results.observed import Observation, header_of, observation
from arena.results.saving import SAVED, Saved
from arena.results.score import graded
from arena.runs.garbage import seldom
from arena.scoring.scorecard import Scorecard
from arena.statistics.estimate import Estimate
from arena.statistics.families import across
from arena.statistics.points import Point
from arena.transcripts.ending import ending

BATCH = 500  # matches that are graded before they are written
_decoder = msgspec.json.Decoder(Saved)


def grade(db: sqlite3.Connection, folder: Path, run: str) -> None:
    """Put the scores of a run's matches into the index that are not there yet. A match that cannot be read has none."""
    found = db.execute("SELECT run FROM runs WHERE name = ?", (run,)).fetchone()
    if found is None:
        return
    waiting = dict(db.execute("SELECT id, match FROM matches WHERE run = ? AND graded = 0 ORDER BY id", found))
    seen, numbers = _observations(folder / run, waiting), dict[str, int]()
    with seldom():
        while batch := list(islice(seen, BATCH)):
            with written(db):
                for match, of in batch:
                    _put(db, found[0], waiting[match], of, numbers)


def _observations(run: Path, waiting: Collection[str]) -> Iterator[tuple[str, Observation | None]]:
    """The matches that wait: those whose scores were saved, then those that have to be scored."""
    left = dict.fromkeys(waiting)
    for saved in _saved(run) if left else ():
        file = run / "matches" / f"{saved.score.match}.jsonl"
        if saved.score.match in left and ending(file).digest == saved.digest:
            del left[saved.score.match]
            yield saved.score.match, _observation(file, saved.score)
    for match in left:
        yield match, _observation(run / "matches" / f"{match}.jsonl")


def _saved(run: Path) -> Iterator[Saved]:
    try:
        with (run / SAVED).open("rb") as rows:
            for row in rows:
                with suppress(msgspec.MsgspecError):
                    yield _decoder.decode(row)
    except OSError:
        return


def estimate(db: sqlite3.Connection, run: str, measure: str) -> Estimate:
    """What a measure comes to in a run whose matches are graded, as every report has it."""
    rows = db.execute(
        "SELECT scenario, instance, seats, value, whole FROM runs JOIN scores USING (run) JOIN measures USING (measure)"
        " JOIN matches USING (match) JOIN casts USING (cast_) WHERE runs.name = ? AND measures.name = ?",
        (run, measure),
    )
    families: dict[str, list[Point]] = {}
    teams: dict[str, tuple[str, ...]] = {}
    for scenario, instance, seats, value, whole in rows:
        if seats not in teams:
            teams[seats] = cell([agent for agent, _, _ in json.loads(seats)])
        point = Point(instance, teams[seats], value, 1.0 if whole is None else whole)
        families.setdefault(scenario, []).append(point)
    return across([estimator(measure)(points) for _, points in sorted(families.items())])


def measures(db: sqlite3.Connection) -> list[str]:
    """The measures that some match of the index has."""
    return [name for (name,) in db.execute("SELECT name FROM measures ORDER BY name")]


def _observation(file: Path, card: Scorecard | None = None) -> Observation | None:
    try:
        if card is not None:
            return observation(header_of(file), card, file)
        found = graded(file)
        return observation(found.header, found.card, file)
    except ArenaError:
        return None


def _put(db: sqlite3.Connection, run: int, match: int, seen: Observation | None, numbers: dict[str, int]) -> None:
    """Put a match's scores in; `numbers` of the measures as far as they are known, which those it has are added to."""
    forget_scores(db, run, match)
    db.execute("UPDATE matches SET graded = 1, instance = ? WHERE match = ?", (seen.instance if seen else None, match))
    figures = list(_figures(seen)) if seen is not None else []
    for name, _, _ in figures:
        if name not in numbers:
            db.execute("INSERT OR IGNORE INTO measures (name) VALUES (?)", (name,))
            (numbers[name],) = db.execute("SELECT measure FROM measures WHERE name = ?", (name,)).fetchone()
    rows = [(run, numbers[name], match, value, whole) for name, value, whole in figures]
    db.executemany("INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?, ?)", rows)


def _figures(seen: Observation) -> Iterator[tuple[str, float, float | None]]:
    if seen.void is not None:
        return
    for name, value in seen.values.items():
        if isfinite(value) and name not in seen.ratios:
            yield name, value, None
    for name, (part, whole) in seen.ratios.items():
        if isfinite(part) and isfinite(whole):
            yield name, part, whole
