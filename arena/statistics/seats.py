"""Does it matter where one sits? The effect of each seat, and a test of there being none.

In each match a seat's value is taken less the mean of its match, so that what the match was worth does not count;
averaged by instance. The test is Hotelling's T^2 on the seats' effects together (Hotelling 1931): with two seats, the
t-test. It tells seats from agents only where every agent sat in every seat equally often.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, isfinite, nan

from msgspec import Struct

from arena.statistics.estimate import Estimate
from arena.statistics.means import mean
from arena.statistics.points import Point, by_cell, by_instance


class SeatEffect(Struct, frozen=True):
    """The effect of each seat, in the measure's units (they add up to 0), and the p-value of all being 0.

    p is NaN where there are fewer instances than seats.
    """

    seats: tuple[Estimate, ...]
    p: float


class Seated(Struct, frozen=True):
    """A match's values by seat."""

    instance: str
    cell: tuple[str, ...]
    values: tuple[float, ...]


def seat_effect(matches: Iterable[Seated]) -> SeatEffect | None:
    """Over matches of equally many seats, those with a value for each; None without any, or with fewer than two seats.

    Raises ValueError where the matches have different numbers of seats.
    """
    known = [match for match in matches if all(map(isfinite, match.values))]
    seats = {len(match.values) for match in known}
    if len(seats) > 1:
        raise ValueError(f"matches of {sorted(seats)} seats; expected equally many in all of them")
    if not known or seats == {1}:
        return None
    columns = [[_centred(match, seat) for match in known] for seat in range(*seats)]
    effects = tuple(mean(points) for points in columns)
    return SeatEffect(effects, _hotelling([_by_instance(points) for points in columns[:-1]]))


def _centred(match: Seated, seat: int) -> Point:
    level = fsum(match.values) / len(match.values)
    return Point(match.instance, match.cell, match.values[seat] - level)


def _by_instance(points: Iterable[Point]) -> list[float]:
    return [share.value for share in by_instance(by_cell(points)).values()]


def _hotelling(columns: Sequence[Sequence[float]]) -> float:
    """The p-value of all means being 0, of variables by column; the last seat's follows from the others."""
    import numpy as np
    from scipy.special import fdtrc

    values = np.array(columns).T
    k, width = values.shape
    if k <= width:
        return nan
    means = values.mean(axis=0)
    spread = np.atleast_2d(np.cov(values, rowvar=False))
    rank = int(np.linalg.matrix_rank(spread, hermitian=True))
    if not rank:
        return 1.0 if np.allclose(means, 0) else 0.0
    squared = float(k * means @ np.linalg.pinv(spread, hermitian=True) @ means)
    return float(fdtrc(rank, k - rank, squared * (k - rank) / (rank * (k - 1))))
