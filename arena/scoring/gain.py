"""How much of what coordination could bring a group has had."""

from __future__ import annotations

from arena.solutions.tolerance import TOLERANCE


def coordination_gain(value: float, floor: float, optimum: float) -> float:
    """CG = (V - F) / (V* - F) of one match: 0 is no coordination, 1 the optimum.

    Never clipped: below 0 a group does worse than the floor, above 1 it was lucky. NaN where V* does not lie above F: a
    noisy optimum may turn out below the floor, and then there is nothing that a gain could be a share of.
    """
    room = optimum - floor
    return (value - floor) / room if room > TOLERANCE else float("nan")
