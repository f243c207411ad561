"""What a bargain promises."""

from __future__ import annotations

from random import Random
from typing import Any

from msgspec.structs import replace

from arena.core.view import Ask, View
from arena.scenarios.bargain.terms import Accept, BargainTask, Goal, Move, Reject, Sheet
from arena.testing import Case, Contract, Place


def tries(view: View, ask: Ask, rng: Random) -> Move | None:
    """An answer to an offer by its number, whether or not it stands, was replaced, is one's own or was answered."""
    proposed = view.known.common.proposed
    return rng.choice([Accept, Reject])(rng.randint(0, proposed + 1)) if proposed else None


def secrets(task: BargainTask, seat: int) -> BargainTask:
    """Other points, thresholds, discounts and costs, other truths and goals."""

    def other(sheet: Sheet, more: float) -> Sheet:
        points = tuple(tuple(p + more + k for k, p in enumerate(reversed(row))) for row in reversed(sheet.points))
        return replace(sheet, points=points, threshold=sheet.threshold + 9, interactions=(), discount=0.9, cost=1.0)

    goals = (*(goal for goal in task.goals if goal.seat != seat), Goal(seat, "propose", 5.0))
    return replace(
        task,
        sheets=tuple(other(s, 1.0) if s.seat == seat else s for s in task.sheets),
        truth=tuple(other(s, 2.0) if s.seat == seat else s for s in task.truth),
        goals=goals,
    )


def best_option(task: Any) -> tuple[int, int]:
    """The place of the option of the first issue that is worth most to all together."""
    sums = [sum(points) for points in zip(*(sheet.points[0] for sheet in task.sheets), strict=True)]
    return sums.index(max(sums)), len(sums)


CONTRACT = Contract(
    cases=(
        Case({"issues": 3}),
        Case({"seats": 4, "issues": 3, "options": 3, "acceptance": "majority", "vetoes": 1, "goals": 2}),
        Case({"values": "noisy", "issues": 3, "options": 3, "interactions": 2, "goals": 3}, ceiling=False),
        Case({"seats": 2, "issues": 3, "discount": (0.8, 0.95), "message_cost": 0.5, "alignment": 0.5}),
        Case({"form": "items", "issues": 2, "units": 2, "zone": "sometimes", "acceptance": "all-but-one"}),
    ),
    refused=(
        ({"seats": 1, "options": 7, "conflict": 1.5}, ("seats", "options", "conflict")),
        ({"seats": 2, "acceptance": "all-but-one", "vetoes": 3}, ("acceptance", "vetoes")),
        ({"discount": 0.0}, ("discount",)),
        ({"discount": (0.9, 0.5), "rounds": 0}, ("discount", "rounds")),
        ({"values": "noisy", "noise": 0.0}, ("noise",)),
        ({"setting": "moon"}, ("setting",)),
        ({"goals": 1, "goal_bonus": 0.0}, ("goal_bonus",)),
    ),
    reasons=frozenset({"closed", "left", "no_such_offer", "replaced", "own_offer", "same_answer"}),
    tries=tries,
    secrets=secrets,
    places={
        "best option": Place(best_option, {"issues": 3}),
        "veto": Place(lambda task: (task.rules.vetoes[0], 3), {"issues": 3, "acceptance": "majority", "vetoes": 1}),
        "goal": Place(lambda task: (task.goals[0].seat, 3), {"issues": 3, "goals": 1}),
        "highest threshold": Place(
            lambda task: (max(task.sheets, key=lambda sheet: sheet.threshold).seat, 3), {"issues": 3}
        ),
    },
)
