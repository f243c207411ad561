"""What a seat is paid: its own utility, its private goal, and its share in the group's success."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(own: Sequence[float], value: float, alignment: float) -> tuple[float, ...]:
    """The payoff of each seat: alignment * V + (1 - alignment) * own.

    own: each seat's utility with the bonus of its private goals; value: V; alignment in [0, 1], 0 being each for
    itself.
    """
    return tuple([alignment * value + (1 - alignment) * each for each in own])
