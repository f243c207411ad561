"""What was made of facts that lay with different members."""

from __future__ import annotations

from msgspec import Struct


class Pooling(Struct, frozen=True):
    """The facts that mattered, those that were told, and what was told.

    decisive: the numbers of the facts that only one member had and that speak for the best option, or against the one
    that most own views prefer; stated: those of them that somebody was told, as they are. found: the best option was
    chosen. hidden, full: the chance that it is chosen when each votes by its own view, and when each knows all facts.
    told, untrue, material: one entry a member; how many different facts it stated, how many of those as they are not,
    and how many of these to a listener who would like another option best, by all that it has heard, had all that this
    member stated falsely been as it is.
    """

    decisive: tuple[int, ...]
    stated: tuple[int, ...]
    found: bool
    hidden: float
    full: float
    told: tuple[int, ...]
    untrue: tuple[int, ...]
    material: tuple[int, ...]
