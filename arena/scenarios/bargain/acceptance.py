"""When a deal stands: one rule, read by the prompt, the ruling, the solver and the scorer."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from arena.scenarios.bargain.terms import Acceptance, Rules

Mask = NDArray[np.bool_]


def quorum(acceptance: Acceptance, seats: int) -> int:
    """How many of the seats must accept: all, floor(n/2) + 1, or n - 1."""
    match acceptance:
        case "unanimous":
            return seats
        case "majority":
            return seats // 2 + 1
        case "all-but-one":
            return seats - 1
    assert_never(acceptance)


def passes(rules: Rules, accepting: Collection[int]) -> bool:
    """Whether a deal stands that these seats accept: the quorum of them, all veto seats among them."""
    if len(accepting) < rules.quorum:
        return False
    for seat in rules.vetoes:  # asked after every answer: a loop costs half of what all() does
        if seat not in accepting:
            return False
    return True


def reachable(rules: Rules, away: Collection[int]) -> bool:
    """Whether a deal could still stand after these seats have left."""
    return passes(rules, [seat for seat in range(rules.seats) if seat not in away])


def passing(rules: Rules, agrees: Mask) -> Mask:
    """`passes` for many deals at once: agrees (deals, seats), whether each seat would accept; returns (deals,)."""
    stands: Mask = agrees.sum(axis=1) >= rules.quorum
    for seat in rules.vetoes:
        stands &= agrees[:, seat]
    return stands
