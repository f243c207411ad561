"""What everyone who knows the same sheets works out alike: which deals would pass, and which is best for all."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import numpy as np

from arena.scenarios.bargain.policies.own import shape, utilities
from arena.scenarios.bargain.terms import Rules, Sheet
from arena.solutions.space import Floats, Indices, Mask, enumerable
from arena.solutions.tolerance import TOLERANCE


@lru_cache(maxsize=32)
def passing(rules: Rules, sheets: tuple[Sheet, ...], away: tuple[int, ...]) -> Mask:
    """The deals that the acceptance rule would pass (deals,), as far as one can tell.

    A seat with a sheet agrees iff u >= d by it; one without may agree to anything; one that is away agrees to nothing.
    """
    present = [seat for seat in range(rules.seats) if seat not in away]
    agrees = {sheet.seat: utilities(rules, sheet) >= sheet.threshold - TOLERANCE for sheet in sheets}
    agreeing = np.zeros(enumerable(shape(rules)), dtype=np.intp)
    for seat in present:
        agreeing += agrees.get(seat, np.True_)
    stands: Mask = agreeing >= rules.quorum
    for seat in rules.vetoes:
        stands &= agrees.get(seat, np.True_) if seat in present else np.False_
    stands.flags.writeable = False
    return stands


@lru_cache(maxsize=32)
def total_gain(rules: Rules, sheets: tuple[Sheet, ...]) -> Floats:
    """The sum of u - d of every deal (deals,) over these sheets, in their order."""
    total = np.zeros(enumerable(shape(rules)))
    for sheet in sheets:
        total += utilities(rules, sheet) - sheet.threshold
    total.flags.writeable = False
    return total


@lru_cache(maxsize=32)
def ranking(rules: Rules, sheets: tuple[Sheet, ...], away: tuple[int, ...]) -> Indices:
    """The deals that would pass and lose the seats together nothing: the largest total gain first, then by index."""
    total = total_gain(rules, sheets)
    worthwhile = np.flatnonzero(passing(rules, sheets, away) & (total >= -TOLERANCE))
    # Rounded, so that sums that are equal but for the order of adding up count as ties.
    return worthwhile[np.argsort(-np.round(total[worthwhile], 9), kind="stable")]


def needed(rules: Rules, seats: Collection[int], away: Collection[int]) -> bool:
    """Whether no deal can pass without the consent of one of these seats, who withhold it."""
    others = [seat for seat in range(rules.seats) if seat not in away and seat not in seats]
    return len(others) < rules.quorum or any(seat not in others for seat in rules.vetoes)
