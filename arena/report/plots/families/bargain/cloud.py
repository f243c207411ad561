"""The outcomes of a two-party space as few marks as they can be drawn with: every one counted, none left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arena.solutions.space import Floats, Indices, Mask, Space
from arena.solutions.tolerance import TOLERANCE

FEW: Final = 1200  # different points that are drawn one by one
CELLS: Final = (80, 70)  # of the grid that more are counted in


@dataclass(frozen=True, eq=False)
class Cloud:
    """Where outcomes lie: points (m, 2), how many there are at each, and whether they are rational.

    `cell`: None where the points are those of the outcomes; else the width and height of a grid's cells, whose lower
    left corners they are. The grid's lines run through d, so that no cell holds both rational outcomes and others.
    """

    points: Floats
    counts: Indices
    rational: Mask
    cell: tuple[float, float] | None


def cloud(space: Space, low: Floats, high: Floats) -> Cloud:
    """The cloud of a space of two parties within a frame that holds it all."""
    whole = np.rint(space.utilities / TOLERANCE).astype(np.int64)
    first, counts = _different(whole)
    if len(first) <= FEW:
        return Cloud(space.utilities[first], counts, space.rational[first], None)
    cell = (high - low) / np.array(CELLS)
    if (whole % round(1 / TOLERANCE) == 0).all():  # else cells of 1.3 hold now one whole number and now two
        cell = np.ceil(cell)
    steps = np.floor((space.utilities - space.disagreement + TOLERANCE) / cell).astype(np.int64)
    first, counts = _different(steps)
    corners = space.disagreement + steps[first] * cell
    return Cloud(corners, counts, (steps[first] >= 0).all(axis=1), (float(cell[0]), float(cell[1])))


def _different(rows: NDArray[np.int64]) -> tuple[Indices, Indices]:
    """The first of each kind of row, and how many there are of it; a tenth of the time of `np.unique` by rows."""
    _, one = np.unique(rows[:, 0], return_inverse=True)
    _, other = np.unique(rows[:, 1], return_inverse=True)
    _, first, counts = np.unique(one * (int(other.max()) + 1) + other, return_index=True, return_counts=True)
    return first, counts


def staircase(space: Space, rows: Indices, step: float) -> Floats:
    """The corners of a frontier of two parties, rising in the first: (m, 2), equals once.

    Of many corners that follow each other within `step` of the first party's utility, a fraction of a pixel, the first
    and the last stand for all.
    """
    points = np.unique(space.utilities[rows], axis=0)
    if len(points) <= FEW:
        return points
    change = np.diff(np.floor(points[:, 0] / step)) > 0
    ends = np.ones(len(points), dtype=bool)
    ends[1:-1] = change[1:] | change[:-1]
    return points[ends]
