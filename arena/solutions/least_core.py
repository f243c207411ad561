"""The core of a cooperative game: what no coalition would leave, and how far the rest is from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from arena.errors import ArenaError
from arena.solutions.coalitions import Coalitions
from arena.solutions.space import Floats, Indices
from arena.solutions.tolerance import TOLERANCE

_TIGHT: Final = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}  # the least HiGHS takes


@dataclass(frozen=True, eq=False)
class LeastCore:
    """The smallest eps such that no coalition gains more than eps by leaving, and one allocation that attains it.

    epsilon above 0: the core is empty; 0 or below: it is not, and the allocation lies in it. -inf with one party, whom
    nobody can leave. The allocation (parties,) adds up to v(N); others may attain the same epsilon.
    """

    epsilon: float
    allocation: Floats


def core_violation(game: Coalitions, allocation: Floats) -> float:
    """The most that a coalition would gain by leaving: max over S of (v(S) - x(S))+, 0 in the core; in units of v.

    allocation x (parties,). What is left over counts: everyone together could share it. Raises ValueError for more than
    there is, or where x is not a number for each party. Gillies 1959.
    """
    return max(0.0, float(game.excesses(allocation)[1:].max()))


def in_core(game: Coalitions, allocation: Floats) -> bool:
    """Whether all of v(N) is handed out and no coalition would gain by leaving; otherwise as `core_violation`."""
    return core_violation(game, allocation) <= TOLERANCE * game.scale


def blocking_coalitions(game: Coalitions, allocation: Floats) -> Indices:
    """Every coalition that gains the most by leaving, as ascending bits; none where the allocation is in the core."""
    excesses = game.excesses(allocation)[1:]
    most = max(float(excesses.max()) - TOLERANCE * game.scale, TOLERANCE * game.scale)
    return np.flatnonzero(excesses > most) + 1


def core_is_empty(game: Coalitions) -> bool:
    """Whether every allocation leaves some coalition that would gain by leaving (Bondareva 1963, Shapley 1967)."""
    return least_core(game).epsilon > TOLERANCE * game.scale


def least_core(game: Coalitions) -> LeastCore:
    """The least core by linear programming (Maschler, Peleg and Shapley 1979); exact to 1e-9 of the largest |v(S)|.

    Minimises eps subject to x(S) >= v(S) - eps for every coalition but nobody and everyone, and x(N) = v(N). Coalitions
    are added to the program as they are found to gain the most, so that few of the 2^n are ever written down; epsilon
    is the largest excess over all of them. Raises ArenaError where the solver gives up.
    """
    n, everyone = game.parties, 2**game.parties - 1
    if n == 1:
        return LeastCore(float("-inf"), np.array([game.everyone]))
    considered = [1 << party for party in range(n)]
    while True:
        allocation = _allocation(game, considered)
        excesses = game.excesses(allocation)[1:everyone]
        worst = int(excesses.argmax()) + 1
        foreseen = float(excesses[np.array(considered) - 1].max())
        if worst in considered or excesses[worst - 1] <= foreseen + TOLERANCE * game.scale:
            return LeastCore(float(excesses[worst - 1]), allocation)
        considered.append(worst)


def _allocation(game: Coalitions, considered: list[int]) -> Floats:
    """The allocation that leaves these coalitions the least to gain; worths are brought to 1 for the solver."""
    from scipy.optimize import linprog

    n = game.parties
    members = (np.array(considered)[:, None] >> np.arange(n)) & 1
    found = linprog(
        np.append(np.zeros(n), 1.0),
        A_ub=np.column_stack([-members, -np.ones(len(considered))]),
        b_ub=-game.worths[considered] / game.scale,
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[game.everyone / game.scale],
        bounds=(None, None),
        options=_TIGHT,
    )
    if found.x is None:
        raise ArenaError(f"the solver gave up on a game of {n} parties: {found.message}; use fewer parties")
    allocation: Floats = found.x[:n] * game.scale + 0.0  # no minus zero
    return allocation
