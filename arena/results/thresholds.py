"""Thresholds: what a run has to come to for a program to go on, as in continuous integration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite

from msgspec import Struct

from arena.errors import UsageError, nearest
from arena.results.measured import measures
from arena.results.observed import Observation
from arena.results.totals import Columns
from arena.statistics.estimate import Estimate

FORM = re.compile(r"\s*([\w.]+)\s*=\s*(\S+)\s*")


class Threshold(Struct, frozen=True):
    """A measure, and what it has to come to at least."""

    measure: str
    least: float


class Verdict(Struct, frozen=True):
    """What a measure came to, in so many matches of which some are void; `hint`: where no match has it, the nearest."""

    threshold: Threshold
    found: Estimate
    matches: int
    void: int
    hint: str = ""

    @property
    def held(self) -> bool:
        """Whether the estimate reaches the threshold; what is defined in no match does not."""
        return self.found.value >= self.threshold.least


def threshold(text: str) -> Threshold:
    """A threshold as it is written, MEASURE=VALUE. Raises UsageError."""
    form = FORM.fullmatch(text)
    try:
        least = float(form[2]) if form else None
    except ValueError:
        least = None
    if form is None or least is None or not isfinite(least):
        raise UsageError(f"--fail-under {text}: expected a measure and a number, such as coordination_gain=0.5")
    return Threshold(form[1], least)


class Judge:
    """Takes matches one by one, of which it keeps points alone, and judges all of them."""

    def __init__(self, thresholds: Sequence[Threshold]) -> None:
        self._thresholds = thresholds
        self._columns, self._names = Columns(), set[str]()
        self._matches = self._void = 0

    def add(self, each: Observation) -> None:
        """Count a match."""
        self._matches += 1
        self._void += each.void is not None
        self._names.update(measures([each]))
        for one in self._thresholds if each.void is None else ():
            self._columns.add((), one.measure, each)

    def verdicts(self) -> list[Verdict]:
        """A verdict on each threshold."""
        return [self._verdict(one) for one in self._thresholds]

    def _verdict(self, one: Threshold) -> Verdict:
        hint = nearest(one.measure, self._names) if self._names and one.measure not in self._names else ""
        return Verdict(one, self._columns.estimate((), one.measure), self._matches, self._void, hint)
