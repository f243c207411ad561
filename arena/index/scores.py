"""The scores of the matches in the index, and what runs come to by them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import islice
from math import isfinite
from pathlib import Path

import msgspec
from msgspec import Struct

from arena.errors import ArenaError
from arena.index.catching_up import forget_scores
from arena.index.database import written
from arena.runs.observed import Observation, header_of, observation
from arena.runs.score import SAVED, Saved, score
from arena.scoring.scorecard import Scorecard
from arena.transcripts.ending import ending

BATCH = 500  # matches that are graded before they are written
# A mean over instances, each of which counts once; or a ratio of sums, where the parts have wholes.
MEANS = """
SELECT CASE WHEN sum(whole) IS NULL THEN avg(value) ELSE sum(value) / sum(whole) END, sum(n) FROM (
  SELECT avg(value) AS value, avg(whole) AS whole, count(*) AS n FROM scores JOIN matches USING (match)
  WHERE scores.run = ? AND measure = ? AND (whole IS NULL OR whole > 1e-9) GROUP BY instance
)
"""

_decoder = msgspec.json.Decoder(Saved)


class Mean(Struct, frozen=True):
    """What a measure comes to in a run, and over how many matches; None where it is defined in none."""

    value: float | None
    n: int


def grade(db: sqlite3.Connection, folder: Path, run: str) -> None:
    """Put the scores of a run's matches into the index that are not there yet. A match that cannot be read has none."""
    found = db.execute("SELECT run FROM runs WHERE name = ?", (run,)).fetchone()
    if found is None:
        return
    waiting = dict(db.execute("SELECT id, match FROM matches WHERE run = ? AND graded = 0 ORDER BY id", found))
    seen = _observations(folder / run, waiting)
    while batch := list(islice(seen, BATCH)):
        with written(db):
            for match, of in batch:
                _put(db, found[0], waiting[match], of)


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


def mean(db: sqlite3.Connection, run: str, measure: str) -> Mean:
    """What a measure comes to in a run whose matches are graded."""
    keys = "SELECT run, measure FROM runs, measures WHERE runs.name = ? AND measures.name = ?"
    found = db.execute(keys, (run, measure)).fetchone()
    value, n = (None, None) if found is None else db.execute(MEANS, found).fetchone()
    return Mean(value, n or 0)


def measures(db: sqlite3.Connection) -> list[str]:
    """The measures that some match of the index has."""
    return [name for (name,) in db.execute("SELECT name FROM measures ORDER BY name")]


def _observation(file: Path, card: Scorecard | None = None) -> Observation | None:
    try:
        return observation(header_of(file), score(file) if card is None else card, file)
    except ArenaError:
        return None


def _put(db: sqlite3.Connection, run: int, match: int, seen: Observation | None) -> None:
    forget_scores(db, run, match)
    db.execute("UPDATE matches SET graded = 1, instance = ? WHERE match = ?", (seen.instance if seen else None, match))
    for name, value, whole in _figures(seen) if seen is not None else ():
        db.execute("INSERT OR IGNORE INTO measures (name) VALUES (?)", (name,))
        db.execute(
            "INSERT OR REPLACE INTO scores SELECT ?, measure, ?, ?, ? FROM measures WHERE name = ?",
            (run, match, value, whole, name),
        )


def _figures(seen: Observation) -> Iterator[tuple[str, float, float | None]]:
    if seen.void is not None:
        return
    for name, value in seen.values.items():
        if isfinite(value) and name not in seen.ratios:
            yield name, value, None
    for name, (part, whole) in seen.ratios.items():
        if isfinite(part) and isfinite(whole):
            yield name, part, whole
