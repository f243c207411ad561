"""What void matches could have made of a figure: its value had all of them gone as badly, or as well, as can be.

No model of why they are void is assumed (Manski 1990). Told where more than 2% of the matches are void.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from arena.statistics.estimate import Estimate
from arena.statistics.points import Point

TOLD = 0.02


class Bounds(Struct, frozen=True):
    """The figure at worst and at best; `void` of `matches` have no value of their own."""

    worst: Estimate
    best: Estimate
    void: int
    matches: int


def bounds(
    known: Sequence[Point],
    void: Sequence[Point],
    low: float,
    high: float,
    of: Callable[[Sequence[Point]], Estimate],
) -> Bounds | None:
    """The figure with every void match at `low`, then at `high`, the ends of its range (of a ratio of sums: shares of
    the whole that would have been its own). None where no more than 2% of the matches are void.
    """
    matches = len(known) + len(void)
    if not matches or len(void) <= TOLD * matches:
        return None

    def at(end: float) -> Estimate:
        return of([*known, *(replace(point, value=end * point.whole) for point in void)])

    return Bounds(at(low), at(high), len(void), matches)
