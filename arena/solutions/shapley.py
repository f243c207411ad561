"""The Shapley value of a small cooperative game, exactly."""

from __future__ import annotations

from math import comb

import numpy as np

from arena.solutions.coalitions import Coalitions, sizes
from arena.solutions.space import Floats


def shapley(game: Coalitions) -> Floats:
    """What each party adds to those before it, averaged over all orders of arrival; (parties,), adding up to v(N).

    phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! * (v(S and i) - v(S)) (Shapley 1953), over all 2^n
    coalitions; no sampling.
    """
    n = game.parties
    weights = np.array([1 / (n * comb(n - 1, size)) for size in range(n)])
    before = sizes(n - 1)
    values = np.empty(n)
    for party in range(n):
        without, joined = np.moveaxis(game.worths.reshape(-1, 2, 2**party), 1, 0)
        values[party] = weights[before] @ (joined - without).ravel()
    return values
