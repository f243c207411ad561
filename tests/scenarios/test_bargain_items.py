"""Game files with items to divide, and those without a deadline."""

from __future__ import annotations

from typing import Any

import pytest

from arena.errors import ConfigError
from arena.scenarios.bargain import games
from arena.scenarios.bargain.terms import BargainTask
from arena.scenarios.bargain.worth import utility
from tests.scenarios.small_bargains import DRAW


def game(**more: Any) -> dict[str, Any]:
    return {
        "items": {"food": 2, "water": {"count": 1, "about": "by the canister"}},
        "parties": {
            "a": {"threshold": 1, "points": {"food": 5, "water": 2}},
            "b": {"threshold": 1, "points": [3, 4]},
        },
        **more,
    }


def dealt(written: dict[str, Any]) -> BargainTask:
    return games.task(written, DRAW)


def test_an_option_says_who_gets_how_many_and_every_item_goes_to_somebody() -> None:
    rules = dealt(game()).rules
    assert [(i.name, i.about, i.options) for i in rules.issues] == [
        ("food", "", ("2-0", "1-1", "0-2")),
        ("water", "by the canister", ("1-0", "0-1")),
    ]
    assert rules.division == (2, 1)


def test_points_are_what_one_item_is_worth() -> None:
    task = dealt(game())
    assert task.sheets[0].points == ((10.0, 5.0, 0.0), (2.0, 0.0))
    assert task.sheets[1].points == ((0.0, 3.0, 6.0), (0.0, 4.0))
    assert [utility(task.rules, sheet, ("1-1", "0-1")) for sheet in task.sheets] == [5.0, 7.0]


def test_three_parties_divide_as_two_do() -> None:
    parties = {name: {"threshold": 0, "points": {"food": 1}} for name in "abc"}
    rules = dealt({"items": {"food": 2}, "parties": parties}).rules
    assert rules.issues[0].options == ("2-0-0", "1-1-0", "1-0-1", "0-2-0", "0-1-1", "0-0-2")


def test_a_game_may_have_no_deadline() -> None:
    assert dealt(game()).rounds == 10
    task = dealt(game(rounds="none"))
    assert (task.rounds, task.rules.rounds) == (None, None)
    assert games.task(game(rounds="none"), DRAW, rounds=4).rounds == 4


def party(**more: Any) -> dict[str, Any]:
    found = game()
    found["parties"]["a"].update(more)
    return found


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "half": (game(items={"food": 1.5}), "items.food", "found 1.5; expected a whole number from 0 to 1000000"),
    "below none": (game(items={"food": -1}), "items.food", "found -1; expected a whole number"),
    "nothing": (game(items={}), "items", "found {}; expected numbers of items"),
    "no count": (game(items={"food": {"about": "x"}}), "items.food.count", "found None; expected a whole number"),
    "a key": (game(items={"food": {"count": 1, "size": 2}}), "items.food.size", "found an unknown key"),
    "too many": (
        game(items={"food": 999_999, "water": 1}),
        "items",
        "found 2,000,000 divisions; expected at most 1,000,000",
    ),
    "a chore": (party(points={"food": -5, "water": 2}), "parties.a.points.food", "found -5.0; expected 0 or more"),
    "a point missing": (party(points={"food": 5}), "parties.a.points.water", "found nothing; expected a number"),
    "issues too": (game(issues={"x": ["y"]}), "issues", "found an unknown key"),
    "interactions too": (game(interactions=[]), "interactions", "found an unknown key"),
    "a deadline in words": (game(rounds="ten"), "rounds", "found ten; expected a whole number from 1 to 1000, or none"),
}


@pytest.mark.parametrize(("written", "path", "words"), BAD.values(), ids=BAD)
def test_a_mistake_says_where_it_is_what_was_found_and_what_was_expected(
    written: dict[str, Any], path: str, words: str
) -> None:
    with pytest.raises(ConfigError) as error:
        dealt(written)
    found = {mistake.path: f"{mistake.found}; {mistake.expected}" for mistake in error.value.mistakes}
    assert path in found
    assert found[path].startswith(words)
