"""Deals as profiles, a value for each seat: what parallel coordinates and the terminal's strips show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from arena.report.plots.families.bargain.scene import Scene
from arena.solutions.space import Floats, Indices

MOST: Final = 120  # profiles of the frontier that are drawn


@dataclass(frozen=True, eq=False)
class Profiles:
    """How deals are measured: as r, so that 0 is the threshold and 1 one's best in X_IR; or, where that is not defined
    for every seat (nothing is rational, or someone can gain nothing), as gains in points.

    `frontier`: the rows of X_IR's frontier that are drawn, or, where nothing is rational, of the frontier of all
    outcomes; each profile once. `thinned`: whether some are left out.
    """

    normalised: bool
    least: Floats
    unit: Floats
    frontier: Indices
    thinned: bool

    def of(self, utilities: Floats) -> Floats:
        """The profiles of utilities (..., seats)."""
        shares: Floats = (utilities - self.least) / self.unit
        return shares


def profiles(scene: Scene) -> Profiles:
    """The profiles of a scene."""
    space = scene.space
    normalised = len(space.able) == space.parties
    unit = space.ideal - space.disagreement if normalised else np.ones(space.parties)
    rows = _different(space.utilities, scene.frontier if len(scene.frontier) else scene.outer)
    shown = rows
    if len(rows) > MOST:  # evenly by what they are worth together, so that none of the frontier's kinds is left out
        order = np.argsort(space.utilities[rows].sum(axis=1), kind="stable")
        shown = rows[order[np.linspace(0, len(rows) - 1, MOST).round().astype(int)]]
    return Profiles(normalised, space.disagreement, unit, shown, len(shown) < len(rows))


def _different(utilities: Floats, rows: Indices) -> Indices:
    """The first of each set of rows that are worth the same to everyone."""
    if not len(rows):
        return rows
    _, first = np.unique(utilities[rows], axis=0, return_index=True)
    return rows[np.sort(first)]
