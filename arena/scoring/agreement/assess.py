"""Every measure of one agreement, or of there being none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arena.scoring.agreement.ending import Ending, Status, realised, status_of
from arena.scoring.agreement.loss import Loss, split_loss
from arena.scoring.agreement.pareto import Efficiency, efficiency, pareto_optimal
from arena.scoring.agreement.rationality import Rationality, group_value, quality_gate, rationality
from arena.scoring.agreement.ratios import Ratios, ratios, surplus_shares
from arena.solutions.optimum import first_best
from arena.solutions.space import Space

NAN: Final = float("nan")


@dataclass(frozen=True)
class Assessment:
    """The measures of one match; NaN where a measure is not defined.

    utilities are those realised, u(t), and gains, surplus_shares and rationality follow from them: one entry for each
    party, never clipped. surplus: W - W_d. gate: the quality gate. optimal: whether nothing dominates the deal. value
    and optimum: V and V*.
    """

    status: Status
    outcome: int | None
    forfeits: tuple[int, ...]
    utilities: tuple[float, ...]
    gains: tuple[float, ...]
    surplus_shares: tuple[float, ...]
    welfare: float
    surplus: float
    rationality: Rationality
    gate: float
    optimal: bool | float
    efficiency: Efficiency
    ratios: Ratios
    loss: Loss
    value: float
    optimum: float


def assess(space: Space, ending: Ending, *, common_unit: bool = False) -> Assessment | None:
    """Score a match on the true space of its game; None for a void match, which is counted and never scored.

    Without a deal the outcome is d, less the message costs. `common_unit`: the game declares that all parties'
    utilities have the same unit; without it the egalitarian ratio is NaN. Raises ValueError where the ending does not
    fit the space.
    """
    status = status_of(space, ending)
    if status == "void":
        return None
    utilities = realised(space, ending)
    gains = utilities - space.disagreement
    return Assessment(
        status=status,
        outcome=ending.outcome,
        forfeits=ending.forfeits,
        utilities=tuple(utilities.tolist()),
        gains=tuple(gains.tolist()),
        surplus_shares=tuple(surplus_shares(space, utilities).tolist()),
        welfare=float(utilities.sum()),
        surplus=float(gains.sum()),
        rationality=rationality(space, utilities),
        gate=quality_gate(space, ending),
        optimal=pareto_optimal(space, ending.outcome),
        efficiency=efficiency(space, utilities),
        ratios=ratios(space, utilities, common_unit=common_unit),
        loss=split_loss(space, ending),
        value=group_value(space, ending, utilities),
        optimum=first_best(space).value,
    )
