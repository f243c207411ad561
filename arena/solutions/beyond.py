"""Optima of additive spaces that are too large to enumerate, by integer programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from arena.errors import ArenaError
from arena.solutions.space import Floats
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class BestDeal:
    """One deal that attains an optimum, an option's index per issue, and the optimum; other deals may attain it too."""

    deal: tuple[int, ...]
    value: float


def best_welfare(points: Sequence[Floats], disagreement: Floats) -> BestDeal | None:
    """A rational deal with the largest sum of utilities, None where no deal is rational.

    points[k] (options_k, parties) per issue, disagreement (parties,). Exact within the solver's gap of 1e-6 in the sum
    (HiGHS, Huangfu and Hall 2018); no time limit, the same answer every time. Raises ValueError where shapes do not
    fit, ArenaError where the solver gives up.
    """
    found = _solve(points, disagreement, by_smallest_gain=False)
    return None if found is None else BestDeal(found, float(_utilities(points, found).sum()))


def best_smallest_gain(points: Sequence[Floats], disagreement: Floats) -> BestDeal | None:
    """A rational deal with the largest smallest gain, None where no deal is rational; otherwise as `best_welfare`."""
    found = _solve(points, disagreement, by_smallest_gain=True)
    return None if found is None else BestDeal(found, float((_utilities(points, found) - disagreement).min()))


def _utilities(points: Sequence[Floats], deal: tuple[int, ...]) -> Floats:
    chosen = [np.asarray(table, dtype=np.float64)[option] for table, option in zip(points, deal, strict=True)]
    return np.asarray(np.sum(chosen, axis=0))


def _solve(points: Sequence[Floats], disagreement: Floats, *, by_smallest_gain: bool) -> tuple[int, ...] | None:
    """Variables: one 0/1 per option, and the smallest gain.

    The solver lets a threshold be missed by up to 1e-6; a deal that misses it by more than our tolerance is cut off and
    the rest solved again.
    """
    options = _stacked(points, disagreement)
    issue_of = np.repeat(np.arange(len(points)), [len(table) for table in points])
    one_each = (issue_of == np.arange(len(points))[:, None]).astype(float)
    thresholds = np.column_stack([options.T, np.full(len(disagreement), -float(by_smallest_gain))])
    constraints = [
        LinearConstraint(np.column_stack([one_each, np.zeros(len(points))]), 1, 1),
        LinearConstraint(thresholds, disagreement, np.inf),
    ]
    worth = np.append(np.zeros(len(options)), 1.0) if by_smallest_gain else np.append(options.sum(axis=1), 0.0)
    no_gain_exceeds = np.abs(options).sum() + np.abs(disagreement).sum() if by_smallest_gain else 0.0
    bounds = Bounds(0, np.append(np.ones(len(options)), no_gain_exceeds))
    whole = np.append(np.ones(len(options)), 0)
    while True:
        result = milp(-worth, integrality=whole, bounds=bounds, constraints=constraints, options={"mip_rel_gap": 0})
        if result.status == 2:  # infeasible
            return None
        if result.x is None:
            raise ArenaError(f"the solver gave up on {len(points)} issues: {result.message}; use fewer or smaller ones")
        chosen = result.x[:-1] > 0.5
        if (options[chosen].sum(axis=0) >= disagreement - TOLERANCE).all():
            return tuple(int(np.flatnonzero(chosen[issue_of == issue])[0]) for issue in range(len(points)))
        constraints.append(LinearConstraint(np.append(chosen.astype(float), 0.0)[None, :], -np.inf, len(points) - 1))


def _stacked(points: Sequence[Floats], disagreement: Floats) -> Floats:
    tables = [np.asarray(table, dtype=np.float64) for table in points]
    parties = np.shape(disagreement)
    if not tables or any(table.ndim != 2 or not len(table) or table.shape[1:] != parties for table in tables):
        found = ", ".join(str(table.shape) for table in tables) or "no issue"
        raise ValueError(f"points are {found} for {parties} thresholds; expected (options, parties) for each issue")
    return np.concatenate(tables)
