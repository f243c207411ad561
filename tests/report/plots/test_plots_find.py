"""Which pictures there are: a family's own first, then those of any match."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.core.draw import Draw
from arena.core.game import Game
from arena.core.table import blank
from arena.errors import NotFound, UsageError
from arena.report.plots import families
from arena.report.plots.find import find, pictures
from arena.report.plots.picture import Record
from arena.scenarios.find import names
from tests.report.plots.drawings import match, sample


def test_a_bargain_has_its_own_picture_and_it_comes_first() -> None:
    assert [each.name for each in pictures("bargain")] == ["agreement", "talk", "value"]
    assert find(sample("items"), None).name == "agreement"


def test_a_scenario_of_ones_own_has_the_pictures_of_any_match() -> None:
    assert [each.name for each in pictures("walker.py:SCENARIO")] == ["talk", "value"]
    assert [each.name for each in pictures("general")] == ["talk", "value"]


def test_every_package_of_pictures_is_that_of_a_family() -> None:
    there = {each.name for each in Path(families.__file__).parent.iterdir() if each.is_dir() and each.name[0] != "_"}
    assert there <= set(names())


def test_a_picture_that_there_is_not_is_not_found_and_the_nearest_is_named() -> None:
    with pytest.raises(NotFound, match="did you mean 'agreement'"):
        find(sample("items"), "agreements")


def test_what_cannot_be_drawn_of_a_match_says_why_and_another_is_shown_unasked() -> None:
    of = match(lines=0)
    assert find(of, None).name == "talk"
    for name, why in (("agreement", "before anything is dealt"), ("value", "before the first round")):
        with pytest.raises(UsageError, match=why):
            find(of, name)


def test_pictures_say_in_a_line_what_is_seen() -> None:
    for each in pictures("bargain"):
        assert each.name.isidentifier()
        assert 20 < len(each.about) < 100
        assert "\n" not in each.about


def test_a_record_knows_its_game_and_how_it_stands() -> None:
    of = sample("items")
    assert isinstance(of.game, Game)
    assert of.outcome.utilities == of.table.valued.utilities  # type: ignore[union-attr]
    empty = Record(of.header, (), blank(of.game))
    assert empty.outcome.status == "open"
    assert empty.game.draw != Draw(b"")
