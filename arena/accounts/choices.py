"""What was chosen in a game that is played again and again."""

from __future__ import annotations

from msgspec import Struct


class Choices(Struct, frozen=True):
    """Each seat's action and points in each round: both (rounds, seats).

    cooperate, defect: the actions that are declared to be so; None where the game declares none.
    """

    actions: tuple[tuple[int, ...], ...]
    paid: tuple[tuple[float, ...], ...]
    cooperate: int | None
    defect: int | None
