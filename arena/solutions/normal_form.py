"""Games in normal form: all choose at once, and a table says what each gets."""

from __future__ import annotations

import numpy as np

from arena.solutions.space import Floats, Indices, enumerable
from arena.solutions.tolerance import TOLERANCE


def pure_equilibria(payoffs: Floats) -> Indices:
    """Every pure Nash equilibrium (Nash 1951): no player gains by another choice, the others' given.

    payoffs (k1, ..., kn, n): entry [a1, ..., an, i] is player i's payoff. Returns (equilibria, n): choices, a profile
    a row, in lexicographic order; (0, n) where there is none. Gains within the tolerance are none, so all ties are in.
    Raises TooLarge above 10^6 profiles, ValueError for another shape, no choice, or a payoff that is not finite.
    """
    table = np.asarray(payoffs, dtype=np.float64)
    players = table.ndim - 1
    if players < 1 or table.shape[-1] != players or not table.size:
        raise ValueError(f"payoffs have shape {table.shape}, expected (k1, ..., kn, n): choices of n players, then n")
    if not np.isfinite(table).all():
        raise ValueError("a payoff is not finite; give every player a number for every profile")
    enumerable(table.shape[:-1])
    stable = np.ones(table.shape[:-1], dtype=bool)
    for player in range(players):
        own = table[..., player]
        stable &= own >= own.max(axis=player, keepdims=True) - TOLERANCE
    return np.argwhere(stable)
