"""The value that a group reached, beside the optimum and every floor that there is."""

from __future__ import annotations

from arena.core.task import Reference
from arena.scoring.gain import coordination_gain
from arena.solutions.tolerance import TOLERANCE

SOLO = "solo"


def against(value: float, reference: Reference) -> dict[str, float]:
    """The coordination gain over each floor but the headline, the price of miscoordination, and the synergy.

    value: V. `gain_over_NAME`: (V - F)/(V* - F), never clipped, NaN where V* is no better than F; of a simulated floor
    beside its standard error, `floor_error_NAME`, in the units of V. `price_of_miscoordination`: (V* - V)/|V*|, NaN
    where V* = 0. `synergy`: V less what the best seat reaches alone; left out where that is not defined.
    """
    found: dict[str, float] = {}
    for name, floor in reference.floors.items():
        if name != reference.headline:
            found[f"gain_over_{name}"] = coordination_gain(value, floor.value, reference.best)
        if floor.error:
            found[f"floor_error_{name}"] = floor.error
    best = reference.best
    found["price_of_miscoordination"] = (best - value) / abs(best) if abs(best) > TOLERANCE else float("nan")
    if SOLO in reference.floors:
        found["synergy"] = value - reference.floors[SOLO].value
    return found
