"""What a workshop promises."""

from __future__ import annotations

from random import Random
from typing import Any

from msgspec.structs import replace

from arena.core.view import Ask, View
from arena.scenarios.workshop.terms import HandOver, Idle, Move, Take, Work, WorkshopTask
from arena.testing import Case, Contract, Place


def tries(view: View, ask: Ask, rng: Random) -> Move:
    """Any task, whatever stands in the way of it; work and hand-overs with nothing in hand."""
    rules = view.known.common.rules
    others = [name for name in view.seats if name != view.seats[view.seat]]
    move: Move = rng.choice(
        [Take(rng.choice(rules.pieces).name), Take(rng.choice(rules.pieces).name), Work(), HandOver(rng.choice(others))]
    )
    return move if rng.random() < 0.9 else Idle()


def secrets(task: WorkshopTask, seat: int) -> WorkshopTask:
    """Another goal. Other skills would make other moves legal, and what is done shows."""
    goals = tuple(replace(goal, bonus=goal.bonus + 7) if goal.seat == seat else goal for goal in task.goals)
    return replace(task, goals=goals)


def longest(task: Any) -> tuple[int, int] | None:
    """The only task that takes longest."""
    work = [piece.rounds for piece in task.rules.pieces]
    return (work.index(max(work)), len(work)) if work.count(max(work)) == 1 else None


def lone_master(task: Any) -> tuple[int, int] | None:
    """The seat that has every skill."""
    every = [sheet.seat for sheet in task.sheets if len(sheet.skills) == len(task.rules.skills)]
    return (every[0], len(task.seats)) if len(every) == 1 else None


SUITE = {"longest": 9, "alone": "one", "goals": 1}
CONTRACT = Contract(
    cases=(
        Case(),
        Case({"seats": 2, "tasks": 8, "kinds": 3, "goals": 2, "alignment": 0.5}),
        Case({"seats": 3, "tasks": 9, "alone": "one", "pay": 2.0}),
        Case({"seats": 4, "tasks": 10, "kinds": 2, "skills": 1, "links": 0.5}),
    ),
    refused=(
        ({"seats": 1, "skills": 0, "links": -1.0}, ("seats", "skills", "links")),
        ({"shortest": 5, "longest": 2}, ("shortest",)),
        ({"tasks": 20, "rounds": 3}, ("rounds",)),
        ({"alignment": 1.5, "goals": 9, "setting": "harbor"}, ("alignment", "goals", "setting")),
    ),
    reasons=frozenset({"not_now", "empty_handed", "unskilled", "hands_full", "done", "not_ready"}),
    tries=tries,
    secrets=secrets,
    places={  # one suite for all of them: dealing workshops takes longer than looking at them
        "longest task": Place(longest, SUITE),
        "who can do it all": Place(lone_master, SUITE),
        "goal": Place(lambda task: (task.goals[0].seat, 4), SUITE),
    },
)
