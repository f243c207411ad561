"""Verdicts on thresholds, in words."""

from __future__ import annotations

from math import isnan

from arena.report.estimates import interval, over
from arena.report.numbers import count, number
from arena.results.thresholds import Verdict


def verdict(of: Verdict) -> str:
    """A line: what was asked for, what was found, with its interval."""
    asked = f"{of.threshold.measure}={number(of.threshold.least, 4)}"
    if isnan(of.found.value):
        void = f", {of.void:,} of them void" if of.void else ""
        why = f"; {of.hint}" if of.hint else ""
        return f"missed: {asked}: not defined in any of {count(of.matches, 'match', 'matches')}{void}{why}"
    said = f"{interval(of.found, 3)} ({over(of.found)})"
    return f"held: {asked}: {said}" if of.held else f"missed: {asked}: {said} is less"
