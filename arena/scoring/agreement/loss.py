"""Where the welfare went that a match did not reach."""

from __future__ import annotations

from dataclasses import dataclass

from arena.scoring.agreement.ending import Ending, message_costs, realised, undiscounted
from arena.solutions.bargaining import welfare
from arena.solutions.space import Space


@dataclass(frozen=True)
class Loss:
    """Welfare lost against W° = max(W_d, W*), in utility: to the choice of deal, to delay, to not agreeing.

    `choice` may be negative for a deal outside X_IR, and `delay` for one that leaves somebody below d, whose loss
    shrinks with time.
    """

    choice: float
    delay: float
    deadlock: float

    @property
    def total(self) -> float:
        """choice + delay + deadlock, which is W° minus the welfare realised."""
        return self.choice + self.delay + self.deadlock


def split_loss(space: Space, ending: Ending) -> Loss:
    """The loss and its parts; W* is the largest sum of utilities in X_IR, and W° = W_d where X_IR is empty.

    A deal x at t: choice = W° - W_0(x), delay = W_0(x) - W_t(x), deadlock = 0. No deal: deadlock = W° - W_d, delay =
    the message costs. Raises ValueError where the ending does not fit the space.
    """
    best, standing = welfare(space), float(space.disagreement.sum())
    target = standing if best is None else max(standing, best.value)
    if ending.outcome is None:
        return Loss(0.0, float(message_costs(space, ending).sum()), target - standing)
    at_once, in_time = float(undiscounted(space, ending).sum()), float(realised(space, ending).sum())
    return Loss(target - at_once, at_once - in_time, 0.0)
