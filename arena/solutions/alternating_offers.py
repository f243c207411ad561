"""Bargaining over a pie of 1 by alternating offers: the subgame perfect division (Rubinstein 1982).

discounts (2,): what a round's delay leaves of a party's share, each in [0, 1]; party 0 proposes first, then they
alternate. Who is indifferent accepts. Raises ValueError for anything else.
"""

from __future__ import annotations

import numpy as np

from arena.solutions.space import Floats


def division_without_end(discounts: Floats) -> Floats:
    """The shares (2,) that are agreed at once where offers may go on for ever.

    The first proposer has (1 - d2) / (1 - d1 d2). Raises ValueError where both discounts are 1: then nothing holds the
    parties to any division.
    """
    first, second = _checked(discounts)
    if first == second == 1:
        raise ValueError("both discounts are 1, expected one below 1; without impatience every division is stable")
    share = (1 - second) / (1 - first * second)
    return np.array([share, 1 - share])


def division_by_deadline(discounts: Floats, rounds: int) -> Floats:
    """The shares (rounds, 2) that are agreed in each round if it is reached; the first row is what happens.

    After the last round both have nothing, so who proposes last has everything; before that the proposer leaves the
    other what waiting a round would be worth to it (Stahl 1972). No rounds: an empty array.
    """
    discount = _checked(discounts)
    if rounds < 0:
        raise ValueError(f"rounds are {rounds}, expected 0 or more")
    shares = np.zeros((rounds, 2))
    later = np.zeros(2)
    for turn in reversed(range(rounds)):
        proposer, other = turn % 2, 1 - turn % 2
        shares[turn, other] = discount[other] * later[other]
        shares[turn, proposer] = 1 - shares[turn, other]
        later = shares[turn]
    return shares


def _checked(discounts: Floats) -> Floats:
    given = np.asarray(discounts, dtype=np.float64)
    if given.shape != (2,) or not ((given >= 0) & (given <= 1)).all():
        raise ValueError(f"discounts are {given.tolist()}, expected two numbers in [0, 1], one for each party")
    return given
