"""What was taken from a common stock."""

from __future__ import annotations

from msgspec import Struct


class Harvests(Struct, frozen=True):
    """What each seat landed in each round, and what there was to land.

    landed: (rounds played, seats), units; fair: (rounds played,), what each seat could have taken at most if all had
    taken alike and the stock were not to shrink; gains: (seats,), what it was worth to each in the end. horizon: the
    rounds that there would have been; known: whether the seats knew. optimum: V*, in units.
    """

    landed: tuple[tuple[int, ...], ...]
    fair: tuple[float, ...]
    gains: tuple[float, ...]
    horizon: int
    known: bool
    optimum: float
