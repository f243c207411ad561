"""The space of outcomes that a bargain is about, and what follows from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arena.errors import TooLarge
from arena.solutions.frontier import pareto_frontier
from arena.solutions.tolerance import TOLERANCE

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]

LARGEST: Final = 10**6


@dataclass(frozen=True, eq=False)
class Space:
    """Every outcome of a game, what each is worth to each party, and which of them would pass.

    utilities (outcomes, parties); disagreement (parties,), the payoffs d if talks break down, never clamped; passing
    (outcomes,), the set A: the deals that the acceptance rule passes when each party agrees iff u_i >= d_i on what it
    knows; shape, options per issue, outcomes in lexicographic order with the last issue fastest (one issue if left
    out). The arrays are copied and read-only; what follows from them is computed once, when first asked for.

    Raises TooLarge above 10^6 outcomes, ValueError where shapes do not fit or a number is not finite.
    """

    utilities: Floats
    disagreement: Floats
    passing: Mask
    shape: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        utilities = np.array(self.utilities, dtype=np.float64)
        if utilities.ndim != 2 or not utilities.shape[1]:
            raise ValueError(f"utilities have shape {utilities.shape}, expected (outcomes, parties), one party or more")
        outcomes, parties = utilities.shape
        shape = tuple(self.shape) or (outcomes,)
        if enumerable(shape) != outcomes:
            raise ValueError(f"{outcomes} outcomes do not fill a space of shape {shape}; give one row for each deal")
        disagreement = np.array(self.disagreement, dtype=np.float64)
        if disagreement.shape != (parties,):
            raise ValueError(f"disagreement has shape {disagreement.shape}, expected ({parties},), one for each party")
        passing = np.array(self.passing)
        if passing.shape != (outcomes,) or passing.dtype != np.bool_:
            raise ValueError(
                f"passing is {passing.dtype} of shape {passing.shape}, expected bool of ({outcomes},), one for each row"
            )
        if not (np.isfinite(utilities).all() and np.isfinite(disagreement).all()):
            raise ValueError("a utility or a disagreement payoff is not finite; give every outcome a number")
        for name, array in (("utilities", utilities), ("disagreement", disagreement), ("passing", passing)):
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        object.__setattr__(self, "shape", shape)

    @property
    def parties(self) -> int:
        return int(self.utilities.shape[1])

    @cached_property
    def rational(self) -> Mask:
        """X_IR as a mask (outcomes,): u_i >= d_i for every party, within the tolerance."""
        mask = np.ones(len(self.utilities), dtype=bool)
        for party in range(self.parties):
            mask &= self.utilities[:, party] >= self.disagreement[party] - TOLERANCE
        return mask

    @cached_property
    def rational_outcomes(self) -> Indices:
        """X_IR as ascending indices."""
        return np.flatnonzero(self.rational)

    @cached_property
    def gains(self) -> Floats:
        """g = u - d, of shape (outcomes, parties)."""
        return self.utilities - self.disagreement

    @cached_property
    def ideal(self) -> Floats:
        """b (parties,): the most that each party can have within X_IR; NaN where X_IR is empty."""
        if not len(self.rational_outcomes):
            return np.full(self.parties, np.nan)
        within = self.utilities[self.rational_outcomes]
        return np.array([within[:, party].max() for party in range(self.parties)])

    @cached_property
    def able(self) -> Indices:
        """N, the parties that can gain within X_IR (b_i > d_i by more than the tolerance), ascending."""
        return np.flatnonzero(self.ideal > self.disagreement + TOLERANCE)

    @cached_property
    def normalised_gains(self) -> Floats:
        """r of shape (outcomes, |N|)."""
        return self.normalise(self.utilities)

    @cached_property
    def frontier(self) -> Indices:
        """The Pareto frontier of X_IR as ascending indices."""
        return self.rational_outcomes[pareto_frontier(self.utilities[self.rational_outcomes])]

    def normalise(self, utilities: Floats) -> Floats:
        """r_i = (u_i - d_i) / (b_i - d_i) for i in N: from (..., parties) to (..., |N|); in [0, 1] within X_IR."""
        least = self.disagreement[self.able]
        normalised: Floats = (utilities[..., self.able] - least) / (self.ideal[self.able] - least)
        return normalised


@dataclass(frozen=True)
class Interaction:
    """Points on top, one for each party, for deals that hold both options."""

    issue: int
    option: int
    other_issue: int
    other_option: int
    points: Sequence[float]


def additive(points: Sequence[Floats], interactions: Sequence[Interaction] = ()) -> Floats:
    """The utilities (outcomes, parties) of every deal: points[k], of shape (options_k, parties), summed over issues.

    Outcomes in lexicographic order, the last issue fastest; summed from the first issue to the last and then over the
    interactions in their order, so that a deal's own sum in that order is equal to the bit.
    Raises TooLarge above 10^6 deals, ValueError where the parties differ or an interaction names what is not there.
    """
    tables = [np.asarray(table, dtype=np.float64) for table in points]
    if not tables or any(table.ndim != 2 or table.shape[1] != tables[0].shape[1] for table in tables):
        found = ", ".join(str(table.shape) for table in tables) or "no issue"
        raise ValueError(f"points are {found}; expected (options, parties) for each issue, the same parties throughout")
    shape, parties = tuple(len(table) for table in tables), tables[0].shape[1]
    enumerable(shape)
    total = tables[0].copy()
    for table in tables[1:]:
        total = (total[:, None, :] + table[None, :, :]).reshape(-1, parties)
    grid = total.reshape(*shape, parties)
    for one in interactions:
        chosen = {one.issue: one.option, one.other_issue: one.other_option}
        if len(chosen) != 2 or any(not 0 <= k < len(shape) or not 0 <= o < shape[k] for k, o in chosen.items()):
            raise ValueError(f"{one} does not name options of two different issues of a space of shape {shape}")
        grid[tuple(chosen.get(k, slice(None)) for k in range(len(shape)))] += np.asarray(one.points, dtype=np.float64)
    return total


def enumerable(shape: Sequence[int]) -> int:
    """How many deals a space of so many options per issue has. Raises TooLarge above 10^6."""
    deals = math.prod(shape)
    if deals > LARGEST:
        raise TooLarge(
            f"{' x '.join(map(str, shape))} options make {deals:,} outcomes, at most {LARGEST:,} are enumerated; "
            "use fewer issues or options"
        )
    return deals


def index_of(deal: Sequence[int], shape: Sequence[int]) -> int:
    """The row of a deal, given as one option's index per issue. Raises ValueError for a deal outside the shape."""
    if len(deal) != len(shape) or any(not 0 <= option < options for option, options in zip(deal, shape, strict=True)):
        raise ValueError(f"deal {tuple(deal)} is not in a space of shape {tuple(shape)}; one option index per issue")
    index = 0
    for option, options in zip(deal, shape, strict=True):
        index = index * options + option
    return index


def deal_at(index: int, shape: Sequence[int]) -> tuple[int, ...]:
    """The deal, one option's index per issue, that a row stands for. Raises ValueError for a row outside the shape."""
    if not 0 <= index < math.prod(shape):
        raise ValueError(f"outcome {index} is not in a space of shape {tuple(shape)}, which has {math.prod(shape)}")
    deal = []
    for options in reversed(shape):
        index, option = divmod(index, options)
        deal.append(option)
    return tuple(reversed(deal))
