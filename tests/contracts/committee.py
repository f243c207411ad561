"""What a committee promises."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from msgspec.structs import replace

from arena.core.view import Ask, View
from arena.scenarios.committee.terms import CommitteeTask, Vote
from arena.solutions.pooling import Piece, values
from arena.testing import Case, Contract, Place


def tries(view: View, ask: Ask, rng: Random) -> Vote | None:
    """A vote, whether it is the time for one or not, by whoever is asked."""
    rules = view.known.common.rules
    return Vote(rng.choice(rules.options)) if rng.random() < 0.5 else None


def secrets(task: CommitteeTask, seat: int) -> CommitteeTask:
    """What the seat alone knows reads otherwise; another stake, another goal."""
    known = Counter(item.number for sheet in task.sheets for item in sheet.items)
    sheets = tuple(
        replace(
            sheet,
            items=tuple(replace(i, amount=-i.amount) if known[i.number] == 1 else i for i in sheet.items),
        )
        if sheet.seat == seat
        else sheet
        for sheet in task.sheets
    )
    stakes = tuple(replace(stake, points=stake.points + 7) if stake.seat == seat else stake for stake in task.stakes)
    goals = tuple(replace(goal, bonus=goal.bonus + 7) if goal.seat == seat else goal for goal in task.goals)
    return replace(task, sheets=sheets, stakes=stakes, goals=goals)


def worth(task: Any) -> tuple[int, ...]:
    """What each option is worth by all facts, in the order that the options are listed in."""
    items = {item.number: item for sheet in task.sheets for item in sheet.items}
    return values(task.rules.options, [Piece(i.number, i.option, i.amount) for i in items.values()])


def best(task: Any) -> tuple[int, int]:
    """The best option."""
    found = worth(task)
    return found.index(max(found)), len(found)


def decoy(task: Any) -> tuple[int, int]:
    """The option that the first seat's own facts speak for most."""
    found = values(task.rules.options, [Piece(i.number, i.option, i.amount) for i in task.sheets[0].items])
    return found.index(max(found)), len(found)


CONTRACT = Contract(
    cases=(
        Case(),
        Case({"seats": 3, "options": 3, "voting": "plurality", "goals": 3, "unique": 2}),
        Case({"voting": "chair", "stakes": 2, "alignment": 0.5}),
        Case({"seats": 5, "voting": "unanimity", "ballots": 3, "talk": 1}),
        Case({"seats": 3, "voting": "majority", "talk": 3, "ballots": 4, "stakes": 3, "goals": 1}),
    ),
    refused=(
        ({"seats": 1, "alignment": 1.5}, ("seats", "alignment")),
        ({"seats": 8, "unique": 4}, ("unique",)),
        ({"stakes": 5, "goals": 6}, ("stakes", "goals")),
        ({"stake": 0.0, "goal_bonus": -1.0, "setting": "harbor"}, ("stake", "goal_bonus", "setting")),
    ),
    reasons=frozenset({"no_vote", "not_now"}),
    tries=tries,
    secrets=secrets,
    places={
        "best option": Place(best),
        "decoy": Place(decoy),
        "chair": Place(lambda task: (task.rules.chair, 4), {"voting": "chair"}),
        "stake": Place(lambda task: (task.stakes[0].seat, 4), {"stakes": 1}),
        "goal": Place(lambda task: (task.goals[0].seat, 4), {"goals": 1}),
    },
    chance=0.25,
)
