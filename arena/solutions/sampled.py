"""Means of playouts, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

RULE_OF_THREE = 3.0  # what has never come out in N playouts is rarer than 3/N, with 95% confidence
WIDE = 1.96  # standard errors to the end of a 95% interval


def sampled(values: Sequence[float], marks: Sequence[float]) -> tuple[float, float]:
    """The mean of playouts, two at least, and its standard error.

    Playouts that all came out alike say nothing of what is rare. Then the error is such that 1.96 of it are 3/N of the
    way to the farthest of the marks, such as V* and other floors: by so much the mean would be off, were there an
    outcome out there as likely as never having come out allows (the rule of three, Hanley and Lippman-Hand 1983).
    """
    mean, count = fmean(values), len(values)
    if min(values) < max(values):
        return mean, stdev(values) / sqrt(count)
    return mean, RULE_OF_THREE / count * max((abs(mark - mean) for mark in marks), default=0.0) / WIDE
