"""Optima of additive spaces that are too large to enumerate, by integer programming.

points[k] (options_k, parties) per issue, disagreement (parties,). Optima are over the rational deals, exact within the
solver's gap of 1e-6 (HiGHS, Huangfu and Hall 2018); no time limit, the same answer every time. All raise ValueError
where shapes do not fit, ArenaError where the solver gives up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from arena.solutions.deal_program import Deal, DealProgram
from arena.solutions.space import Floats
from arena.solutions.tolerance import TOLERANCE

_TANGENTS: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.01)  # where the logarithm is bounded from the start
_ROUNDS: Final = 20  # programs that are solved for one product
_GAP: Final = 1e-6


@dataclass(frozen=True)
class BestDeal:
    """A deal, an option's index per issue; what it attains; and what no rational deal exceeds.

    `exact`: the deal attains the optimum, others may too. `estimated`: the optimum lies between `value` and `bound`.
    """

    deal: Deal
    value: float
    bound: float
    how: Literal["exact", "estimated"] = "exact"


def best_welfare(points: Sequence[Floats], disagreement: Floats) -> BestDeal | None:
    """A rational deal with the largest sum of utilities, None where no deal is rational."""
    program = DealProgram.of(points, disagreement)
    found = program.best(program.options.sum(axis=1))
    if found is None:
        return None
    value = float(program.utilities(found.deal).sum())
    return BestDeal(found.deal, value, value)


def best_smallest_gain(points: Sequence[Floats], disagreement: Floats) -> BestDeal | None:
    """A rational deal with the largest smallest gain, over all parties; None where no deal is rational."""
    program = DealProgram.of(points, disagreement)
    found = _fairest(program, program.gain_rows(range(program.parties)))
    if found is None:
        return None
    value = float(program.gains(found).min())
    return BestDeal(found, value, value)


def best_smallest_share(points: Sequence[Floats], disagreement: Floats) -> BestDeal | None:
    """A rational deal with the largest smallest r_i = g_i / (b_i - d_i) over N, the parties that can gain.

    That is what Kalai-Smorodinsky outcomes attain, b_i being the most that i can have in a rational deal; among deals
    that attain it, leximin is not looked for. N empty: any rational deal, and NaN. None where no deal is rational.
    """
    program = DealProgram.of(points, disagreement)
    most = _most_gains(program)
    if most is None:
        return None
    able = np.flatnonzero(most > TOLERANCE)
    if not len(able):
        return BestDeal(program.any_deal(), float("nan"), float("nan"))
    found = _fairest(program, program.gain_rows(able) / most[able, None])
    assert found is not None, "what was rational for one party's best still is"
    value = float((program.gains(found)[able] / most[able]).min())
    return BestDeal(found, value, value)


def best_product(points: Sequence[Floats], disagreement: Floats) -> BestDeal | None:
    """A rational deal with a large product of the gains of N, and what no rational deal's product exceeds.

    The logarithm of each r_i is bounded by its tangents, and one more is drawn at each deal that is found (outer
    approximation, Duran and Grossmann 1986), up to 20 programs; `estimated` unless bound and deal then agree within
    1e-6 of the product. N empty: any rational deal, and a product of 1. None where no deal is rational.
    """
    program = DealProgram.of(points, disagreement)
    most = _most_gains(program)
    if most is None:
        return None
    able = np.flatnonzero(most > TOLERANCE)
    if not len(able):
        return BestDeal(program.any_deal(), 1.0, 1.0)
    shares = program.gain_rows(able) / most[able, None]
    rows = [_tangents(shares, np.full(len(able), at)) for at in _TANGENTS]
    best, bound, deal = -1.0, np.inf, program.any_deal()
    for _ in range(_ROUNDS):
        objective = np.append(np.zeros(len(program.options)), np.ones(len(able)))
        found = program.best(objective, np.concatenate(rows), lowest=-np.inf)
        assert found is not None, "tangents bound from above and cut no deal off"
        reached = np.maximum(program.gains(found.deal)[able] / most[able], 0.0)
        bound = min(bound, float(np.exp(found.value)))
        if reached.prod() > best:
            best, deal = float(reached.prod()), found.deal
        if bound <= best * (1 + _GAP):
            break
        rows.append(_tangents(shares, np.maximum(reached, 1e-3)))
    unit = float(most[able].prod())
    how: Literal["exact", "estimated"] = "exact" if bound <= best * (1 + _GAP) else "estimated"
    return BestDeal(deal, best * unit, max(bound, best) * unit, how)


def _fairest(program: DealProgram, rows: Floats) -> Deal | None:
    """The deal that makes the smallest of these linear forms (one a row, the constant last) as large as can be."""
    forms, constants = rows[:, :-1], rows[:, -1:]
    limits = np.column_stack([-forms, np.ones(len(rows)), constants])
    objective = np.append(np.zeros(len(program.options)), 1.0)
    found = program.best(objective, limits, lowest=0.0)
    return None if found is None else found.deal


def _most_gains(program: DealProgram) -> Floats | None:
    """b - d (parties,): the most that each party can gain in a rational deal; None where there is none."""
    most = []
    for party in range(program.parties):
        found = program.best(program.options[:, party])
        if found is None:
            return None
        most.append(program.gains(found.deal)[party])
    return np.array(most)


def _tangents(shares: Floats, at: Floats) -> Floats:
    """t_i <= log a_i + (r_i - a_i) / a_i, a row each: coefficients of the options, of t, and the right-hand side.

    shares: r_i as a linear form, the constant last.
    """
    forms, constants = shares[:, :-1], shares[:, -1]
    return np.column_stack([-forms / at[:, None], np.eye(len(at)), np.log(at) - 1 + constants / at])
