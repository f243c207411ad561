"""Golden game 6, exactly: three members; each sees A = 2, B = -1; pooled A = 0, B = 3; 7 of 9 unique facts needed."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

from arena.core.draw import Draw
from arena.core.game import Game
from arena.core.task import Seat
from arena.scenarios.committee.deal import agenda
from arena.scenarios.committee.rules import SCENARIO
from arena.scenarios.committee.terms import CommitteeTask, Item, Rules, Sheet
from arena.solutions.pooling import Piece, facts_needed, favourites, pool, short, values
from tests.teams import card, play, reference

GOLDEN = json.loads((Path(__file__).parent / "golden-games.json").read_text(encoding="utf-8"))["6_hidden"]
OPTIONS = ("A", "B")
# Six facts that all know, A +3 and B -3 by ones; three that each has alone, A -1 and B +1 twice.
SHARED = [Item(k, option, "", amount) for k, (option, amount) in enumerate([("A", 1), ("B", -1)] * 3, start=1)]
ALONE = (("A", -1), ("B", 1), ("B", 1))
UNIQUE = [[Item(7 + 3 * seat + k, option, "", amount) for k, (option, amount) in enumerate(ALONE)] for seat in range(3)]
NAMES = ("Ann", "Ben", "Cem")
RULES = Rules("archive", NAMES, OPTIONS, 15, 5, "majority", 1, -10)
SHEETS = tuple(Sheet(seat, (*SHARED, *own)) for seat, own in enumerate(UNIQUE))
TASK = CommitteeTask(tuple(Seat(name) for name in NAMES), agenda(2), 1, RULES, SHEETS)
GAME = Game(SCENARIO, TASK, Draw.root(0, "golden"), (0, 1, 2))


def pieces(items: list[Item]) -> list[Piece]:
    return [Piece(item.number, item.option, item.amount) for item in items]


def test_every_own_view_prefers_a_and_all_facts_b() -> None:
    views = [values(OPTIONS, pieces([*SHARED, *own])) for own in UNIQUE]
    assert [list(view) for view in views] == GOLDEN["member view A,B"]
    told = [(seat, each) for seat, own in enumerate(UNIQUE) for each in pieces(own)]
    assert list(values(OPTIONS, pool(pieces(SHARED), told).values())) == GOLDEN["pooled A,B"]


def test_a_member_needs_four_more_points_to_change_its_mind() -> None:
    view = values(OPTIONS, pieces([*SHARED, *UNIQUE[0]]))
    needs = short(view, OPTIONS.index("B"))
    golden = GOLDEN["min unique facts to flip one member if only B facts pooled"]
    assert golden == f"member 0 sees A={view[0]},B={view[1]}; needs {needs} more net units"


def test_seven_of_nine_facts_are_needed_in_any_order_and_six_tie() -> None:
    gains = [1 if item.option == "B" else -item.amount for own in UNIQUE for item in own]
    shared = values(OPTIONS, pieces(SHARED))
    assert facts_needed(shared[0] - shared[1], gains) == tuple(GOLDEN["unique facts needed of 9 (any order)"])
    unique = [piece for own in UNIQUE for piece in pieces(own)]
    liked = {count: {favourites(values(OPTIONS, [*pieces(SHARED), *told])) for told in combinations(unique, count)}
             for count in range(10)}  # fmt: skip
    assert [liked[count] for count in (5, 6, 7)] == [{(0,)}, {(0, 1)}, {(1,)}]


def test_those_who_share_choose_b_and_those_who_do_not_choose_a() -> None:
    found = reference(GAME)
    assert (found.best, found.hind, found.floors["silent"].value) == (3, 3, 0)
    for name, value, pooling in (("sharer", 3, 1.0), ("planner", 3, 1.0), ("hoarder", 0, 0.0), ("follower", 0, 0.0)):
        table, lines = play(GAME, name)
        scored = card(GAME, table, lines)
        assert table.valued is not None
        assert (table.valued.value, scored.group["pooling"], scored.group["accuracy"]) == (value, pooling, value / 3)


def test_two_who_share_leave_the_third_with_a_tie() -> None:
    table, lines = play(GAME, ["sharer", "sharer", "hoarder"])
    assert card(GAME, table, lines).group["pooling"] == 6 / 9
    assert table.closed in ("decided", "deadline")
