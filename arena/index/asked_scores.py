"""Which scores are asked for: `coordination_gain>=0.5`."""

from __future__ import annotations

import operator
import re
import sqlite3
from collections.abc import Callable, Sequence
from math import isfinite
from pathlib import Path

from msgspec import Struct

from arena.errors import NotFound, UsageError
from arena.index.catching_up import catch_up
from arena.index.database import with_index
from arena.index.scores import estimate, grade, measures
from arena.statistics.estimate import Estimate

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
FORM = re.compile(r"\s*([\w.]+)\s*(>=|<=|>|<)\s*(\S+)\s*")


class Bound(Struct, frozen=True):
    """A measure, how it is compared (one of COMPARISONS), and with what."""

    measure: str
    comparison: str
    value: float

    def holds(self, found: Estimate) -> bool:
        """Whether an estimate is so; one that is not defined is not."""
        return COMPARISONS[self.comparison](found.value, self.value)


def bound(text: str) -> Bound:
    """A bound as it is written. Raises UsageError."""
    form = FORM.fullmatch(text)
    try:
        value = float(form[3]) if form else None
    except ValueError:
        value = None
    if form is None or value is None or not isfinite(value):
        raise UsageError(f"--score {text}: expected a measure and a number, such as 'coordination_gain>=0.5'")
    return Bound(form[1], form[2], value)


def scored(folder: Path, runs: Sequence[str], asked: Sequence[Bound]) -> dict[str, dict[str, Estimate]]:
    """What each run comes to in the measures that are asked for, those runs that are so.

    Matches that are not graded yet are graded now. Raises NotFound for a measure that no match of the folder has.
    """

    def use(db: sqlite3.Connection) -> dict[str, dict[str, Estimate]]:
        catch_up(db, folder)
        for run in runs:
            grade(db, folder, run)
        known = measures(db)
        for each in asked:
            if known and each.measure not in known:
                raise NotFound("measure in these runs", each.measure, known)
        found = {run: {each.measure: estimate(db, run, each.measure) for each in asked} for run in runs}
        return {run: of for run, of in found.items() if all(each.holds(of[each.measure]) for each in asked)}

    return with_index(folder, use)
