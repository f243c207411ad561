"""What a market promises."""

from __future__ import annotations

from random import Random
from typing import Any

from msgspec.structs import replace

from arena.core.view import Ask, View
from arena.scenarios.market.terms import MarketTask, Move, PostAsk, PostBid, Take, Withdraw
from arena.testing import Case, Contract, Place


def tries(view: View, ask: Ask, rng: Random) -> Move:
    """An offer of the other side, one to a seat that sells nothing (any more), a take of any offer there was."""
    book, price = view.known.common, rng.randint(0, 10)
    whom = rng.choice(view.seats)
    moves = [PostAsk(price), PostBid(price), PostBid(price, whom), Take(rng.randint(0, book.offered + 1)), Withdraw()]
    move: Move = rng.choice(moves)
    return move


def secrets(task: MarketTask, seat: int) -> MarketTask:
    """Other values or costs, another goal."""
    sheets = tuple(
        replace(sheet, worth=tuple(points + 3 for points in sheet.worth)) if sheet.seat == seat else sheet
        for sheet in task.sheets
    )
    goals = tuple(replace(goal, bonus=goal.bonus + 7) if goal.seat == seat else goal for goal in task.goals)
    return replace(task, sheets=sheets, goals=goals)


def keenest(task: Any) -> tuple[int, int] | None:
    """The seat with the highest value."""
    tops = {sheet.seat: max(sheet.worth) for sheet in task.sheets if sheet.seat in task.rules.buyers}
    found = [seat for seat, top in tops.items() if top == max(tops.values())]
    return (found[0], len(task.seats)) if len(found) == 1 else None


CONTRACT = Contract(
    cases=(
        Case({"seats": 4, "rounds": 4}),
        Case({"seats": 5, "goods": "different", "rounds": 3, "goals": 2}),
        Case({"seats": 4, "units": 2, "rounds": 4, "alignment": 0.5}),
        Case({"seats": 2, "rounds": 3, "goals": 1}),
    ),
    refused=(
        ({"seats": 1, "taste": 1.5}, ("seats", "taste")),
        ({"buyers": 6}, ("buyers",)),
        ({"goods": "different", "units": 2}, ("units",)),
        ({"units": 4, "rounds": 3, "goals": 7}, ("rounds", "goals")),
        ({"goal_bonus": 0.0, "setting": "nowhere"}, ("goal_bonus", "setting")),
    ),
    reasons=frozenset(
        {
            "closed",
            "done",
            "wrong_side",
            "sold_out",
            "no_such_offer",
            "gone",
            "own_side",
            "not_for_you",
            "nothing_to_withdraw",
        }
    ),
    tries=tries,
    secrets=secrets,
    places={
        "keenest buyer": Place(keenest, {"seats": 4}),
        "goal": Place(lambda task: (task.goals[0].seat, 4), {"seats": 4, "goals": 1}),
        "a lone buyer": Place(lambda task: (task.rules.buyers[0], 4), {"seats": 4, "buyers": 1}),
    },
)
