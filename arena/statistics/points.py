"""Values of matches, averaged so that each scenario instance counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum, isfinite

from msgspec import Struct


class Point(Struct, frozen=True):
    """A value, and what it is of.

    instance: the scenario instance. cell: the conditions within it, the widest first, such as team, seating, repeat;
    equally many in all points. whole: of a measure that is a ratio of sums, what `value` is a part of; 1 of any other.
    """

    instance: str
    cell: tuple[str, ...]
    value: float
    whole: float = 1.0


class Share(Struct, frozen=True):
    """A part and its whole, each averaged."""

    value: float
    whole: float


def defined(points: Iterable[Point]) -> list[Point]:
    """Those that are numbers."""
    return [point for point in points if isfinite(point.value) and isfinite(point.whole)]


def by_cell(points: Iterable[Point]) -> dict[tuple[str, ...], Share]:
    """The mean of each cell's points, under the instance and the cell."""
    return _means(((point.instance, *point.cell), Share(point.value, point.whole)) for point in points)


def by_instance(cells: Mapping[tuple[str, ...], Share]) -> dict[str, Share]:
    """The mean of each instance's cells: averaged from the innermost condition out, so that a condition which was
    played more often weighs no more. In the order of the instances' names, whatever the order of the points.
    """
    found = dict(cells)
    while any(len(key) > 1 for key in found):
        found = _means((key[:-1] if len(key) > 1 else key, share) for key, share in found.items())
    return {key[0]: found[key] for key in sorted(found)}


def _means(pairs: Iterable[tuple[tuple[str, ...], Share]]) -> dict[tuple[str, ...], Share]:
    groups: dict[tuple[str, ...], list[Share]] = {}
    for key, share in pairs:
        groups.setdefault(key, []).append(share)
    return {key: _mean(shares) for key, shares in groups.items()}


def _mean(shares: list[Share]) -> Share:
    n = len(shares)
    return shares[0] if n == 1 else Share(fsum(s.value for s in shares) / n, fsum(s.whole for s in shares) / n)
