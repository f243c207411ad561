"""What a commons promises."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.scenarios.commons.terms import CommonsTask
from arena.testing import Case, Contract, Place


def secrets(task: CommonsTask, seat: int) -> CommonsTask:
    """Another need, another estimate, another goal."""
    sheets = tuple(
        replace(s, need=s.need + 3, estimate=None if s.estimate is None else s.estimate + 0.5) if s.seat == seat else s
        for s in task.sheets
    )
    goals = tuple(replace(goal, bonus=goal.bonus + 7) if goal.seat == seat else goal for goal in task.goals)
    return replace(task, sheets=sheets, goals=goals)


def neediest(task: Any) -> tuple[int, int] | None:
    """The seat that alone needs most."""
    needs = [sheet.need for sheet in task.sheets]
    return (needs.index(max(needs)), len(needs)) if needs.count(max(needs)) == 1 else None


CONTRACT = Contract(
    cases=(
        Case(),
        Case({"seats": 3, "rate": 3.0, "horizon": "hidden", "rounds": 30, "goals": 2}, ceiling=False),
        Case({"regrowth": "logistic", "rate": 2.0, "growth": "estimated", "needs": 0.5, "monitor": "total"}),
        Case({"seats": 4, "institution": "quota", "fine": 0.5, "monitor": "none", "alignment": 0.5}),
        Case({"seats": 3, "institution": "manager", "term": 2, "needs": 1.0, "goals": 3}),
    ),
    refused=(
        ({"seats": 1, "start": -0.5, "ending": 1.5}, ("seats", "start", "ending")),
        ({"capacity": -20}, ("capacity",)),
        ({"rate": 0.0}, ("rate",)),
        ({"regrowth": "table"}, ("steps",)),
        ({"fine": 2.0, "goals": 6}, ("fine", "goals")),
        ({"setting": "laek"}, ("setting",)),
    ),
    reasons=frozenset({"not_now", "more_than_there_is"}),
    secrets=secrets,
    places={
        "neediest seat": Place(neediest, {"needs": 1.0, "seats": 4}),
        "goal": Place(lambda task: (task.goals[0].seat, 5), {"goals": 1}),
    },
)
