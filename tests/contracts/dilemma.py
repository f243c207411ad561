"""What a dilemma promises."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.scenarios.dilemma.terms import DilemmaTask
from arena.testing import Case, Contract, Place


def secrets(task: DilemmaTask, seat: int) -> DilemmaTask:
    """Other payoffs, where they are the seat's own, and another goal."""
    sheets = task.sheets
    if task.rules.private:
        sheets = tuple(
            replace(s, points=tuple(tuple(p + 2 for p in row) for row in s.points)) if s.seat == seat else s
            for s in sheets
        )
    goals = tuple(replace(goal, bonus=goal.bonus + 7) if goal.seat == seat else goal for goal in task.goals)
    return replace(task, sheets=sheets, goals=goals)


def cooperates(task: Any) -> tuple[int, int]:
    """The place of the action that cooperates."""
    return task.fate.cooperate, len(task.rules.actions)


CONTRACT = Contract(
    cases=(
        Case({"rounds": 4}),
        Case({"kind": "stag", "seats": 3, "payoffs": "private", "rounds": 3, "goals": 2}),
        Case({"kind": "public_goods", "seats": 4, "horizon": "hidden", "ending": 0.3, "alignment": 0.5}),
        Case({"kind": "traveller", "seats": 3, "actions": 4, "rounds": 3, "talk": False}),
        Case({"kind": "sexes", "seats": 3, "actions": 3, "rounds": 3, "payoffs": "private"}),
        Case({"kind": "chicken", "rounds": 3, "goals": 1}),
    ),
    refused=(
        ({"seats": 1, "ending": 1.5}, ("seats", "ending")),
        ({"rounds": 0, "actions": 9}, ("rounds", "actions")),
        ({"kind": "traveller", "payoffs": "private"}, ("payoffs",)),
        ({"goals": 3}, ("goals",)),
        ({"setting": "guild"}, ("setting",)),
    ),
    reasons=frozenset({"not_now"}),
    secrets=secrets,
    places={
        "cooperation": Place(cooperates),
        "cooperation among three": Place(cooperates, {"kind": "public_goods", "seats": 3}),
        "goal": Place(lambda task: (task.goals[0].seat, 3), {"kind": "public_goods", "seats": 3, "goals": 1}),
    },
)
