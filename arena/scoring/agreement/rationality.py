"""Whether an outcome leaves anybody worse off than no deal, and whether the acceptance rule should have passed it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arena.scoring.agreement.ending import Ending
from arena.solutions.space import Floats, Space
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class Rationality:
    """Individual rationality: 1[u_i >= d_i] for each party and jointly; depth = sum (d_i - u_i)+, in utility."""

    each: tuple[bool, ...]
    jointly: bool
    depth: float


def rationality(space: Space, utilities: Floats) -> Rationality:
    """Of one outcome, given as u (parties,)."""
    gains = utilities - space.disagreement
    each = gains >= -TOLERANCE
    return Rationality(tuple(each.tolist()), bool(each.all()), float(np.maximum(-gains, 0.0).sum()))


def quality_gate(space: Space, ending: Ending) -> float:
    """1 for a deal in A, 0 for one that is not; NaN without a deal."""
    return float("nan") if ending.outcome is None else float(space.passing[ending.outcome])


def group_value(space: Space, ending: Ending, utilities: Floats) -> float:
    """V = sum g if the deal is in A, else min(sum g, 0), from the realised u (parties,), in utility.

    At most V* of `first_best` where gains are not discounted or A holds no deal that leaves somebody below d.
    """
    surplus = float((utilities - space.disagreement).sum())
    passed = ending.outcome is not None and bool(space.passing[ending.outcome])
    return surplus if passed else min(surplus, 0.0)
