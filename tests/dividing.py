"""Divisions for tests: every way to share items out, and the space of what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from arena.solutions.division import Division
from arena.solutions.space import Interaction, Space, additive


def divisions(parties: int, supply: Sequence[int]) -> Division:
    """All items of each kind are handed out, in every way there is."""
    ways = [tuple(w for w in product(range(n + 1), repeat=parties) if sum(w) == n) for n in supply]
    return Division(tuple(ways), tuple(supply))


def worth(division: Division, values: Sequence[Sequence[float]], added: Sequence[Interaction] = ()) -> Space:
    """The space of a division; values[party][kind]: what one item is worth, nothing being worth 0."""
    each = np.array(values, float)
    points = [np.array(ways) * each[:, kind] for kind, ways in enumerate(division.ways)]
    utilities = additive(points, added)
    return Space(utilities, np.zeros(division.parties), np.ones(len(utilities), bool), division.shape)
