"""Games of coalitions: what every group of parties can make by itself, utility being transferable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arena.errors import TooLarge
from arena.solutions.space import LARGEST, Floats, Indices
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True, eq=False)
class Coalitions:
    """The characteristic function v of a cooperative game (von Neumann and Morgenstern 1944), as a vector.

    worths (2**parties,): entry S is v(S), where party i is in S iff bit i of S is set: [v(nobody), v({0}), v({1}),
    v({0, 1}), v({2}), ...], in any unit; copied and read-only. Nothing is assumed of v but that nobody makes 0.
    Raises TooLarge above 10^6 coalitions (19 parties), ValueError for a length that is no power of 2 above 1, a worth
    that is not finite, or v(nobody) other than 0.
    """

    worths: Floats

    def __post_init__(self) -> None:
        worths = np.array(self.worths, dtype=np.float64)
        if worths.ndim != 1 or len(worths) < 2 or len(worths) & (len(worths) - 1):
            raise ValueError(f"worths have shape {worths.shape}, expected (2**parties,), one for each coalition")
        _refuse_many(len(worths).bit_length() - 1)
        if not np.isfinite(worths).all():
            raise ValueError("the worth of a coalition is not finite; give every coalition a number")
        if worths[0] != 0:
            raise ValueError(f"the empty coalition is worth {worths[0]:g}, expected 0; it comes first, as entry 0")
        worths.flags.writeable = False
        object.__setattr__(self, "worths", worths)

    @property
    def parties(self) -> int:
        return len(self.worths).bit_length() - 1

    @property
    def everyone(self) -> float:
        """v of all parties together, which is what there is to share."""
        return float(self.worths[-1])

    @property
    def scale(self) -> float:
        """The largest |v(S)|, at least 1: what the tolerance is multiplied by."""
        return max(1.0, float(np.abs(self.worths).max()))

    def excesses(self, allocation: Floats) -> Floats:
        """v(S) - x(S) of every coalition, (2**parties,): what it would gain by leaving. allocation x (parties,).

        Raises ValueError where the allocation is not one finite number for each party, or adds up to more than v of
        everyone.
        """
        given = np.asarray(allocation, dtype=np.float64)
        if given.shape != (self.parties,) or not np.isfinite(given).all():
            raise ValueError(f"the allocation is {given.tolist()}, expected {self.parties} numbers, one for each party")
        if given.sum() > self.everyone + TOLERANCE * self.scale:
            raise ValueError(f"{given.sum():g} is handed out of {self.everyone:g}; that is no allocation of this game")
        sums = np.zeros(1)
        for share in given:
            sums = np.concatenate([sums, sums + share])
        return self.worths - sums


def coalitions_of(parties: int, worth: Callable[[tuple[int, ...]], float]) -> Coalitions:
    """The game in which `worth` says what a coalition, given as its members in ascending order, can make.

    It is asked once for each coalition, nobody `()` included. Raises TooLarge above 19 parties, ValueError as
    `Coalitions`.
    """
    _refuse_many(parties)
    return Coalitions(np.array([worth(members(coalition)) for coalition in range(2**parties)], dtype=np.float64))


def members(coalition: int) -> tuple[int, ...]:
    """The parties of a coalition that is given as bits, ascending."""
    return tuple(party for party in range(coalition.bit_length()) if coalition >> party & 1)


def sizes(parties: int) -> Indices:
    """How many parties are in each coalition, (2**parties,)."""
    counts = np.zeros(1, dtype=np.intp)
    for _ in range(parties):
        counts = np.concatenate([counts, counts + 1])
    return counts


def _refuse_many(parties: int) -> None:
    if 2**parties > LARGEST:
        raise TooLarge(
            f"{parties} parties make {2**parties:,} coalitions, at most {LARGEST:,} are enumerated; use fewer parties"
        )
