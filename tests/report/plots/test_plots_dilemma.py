"""The picture of a dilemma: choices by what they mean in the game, and the points added up."""

from __future__ import annotations

from itertools import accumulate

import pytest

from arena.accounts.choices import Choices
from arena.report.plots.families.dilemma.scene import KINDS, scene
from arena.report.plots.palette import PAPER, SALTIRE, colour
from arena.report.plots.picture import Record
from arena.scenarios.dilemma.account import accounts
from tests.report.plots.drawings import points, rows, spec, team, texts
from tests.report.plots.test_plots_terminal import compact

PAIR = ("tit-for-tat", "selfish")
MATCHES = {
    "prisoner": team("dilemma", PAIR, rounds=6),
    "public_goods": team("dilemma", ("tit-for-tat", "random", "all-c", "all-d"), rounds=12, kind="public_goods"),
    "traveller": team("dilemma", ("random", "all-d", "random"), rounds=8, kind="traveller", actions=5),
    "sexes": team("dilemma", ("silent", "random", "random"), rounds=9, kind="sexes", actions=3),
    "long": team("dilemma", ("random",) * 6, rounds=100, kind="stag"),
}


def account(of: Record) -> Choices:
    (made,) = accounts(of.table.world)
    return made


@pytest.mark.parametrize("name", MATCHES)
def test_every_choice_is_a_square_filled_where_it_cooperates(name: str) -> None:
    of = MATCHES[name]
    made = account(of)
    drawn = {(row["round"], row["seat"]): row for row in rows(spec(of)) if "action" in row}
    chosen = {(t + 1, i): a for t, each in enumerate(made.actions) for i, a in enumerate(each)}
    assert {key: row["action"] for key, row in drawn.items()} == chosen
    for (t, seat), row in drawn.items():
        met = len(set(made.actions[t - 1])) == 1
        good = row["action"] == made.cooperate if made.cooperate is not None else met
        assert row["fill"] == (colour(seat) if good else PAPER)
        assert row["stroke"] == colour(seat)


@pytest.mark.parametrize("name", MATCHES)
def test_the_lines_are_the_points_added_up(name: str) -> None:
    of = MATCHES[name]
    sums = tuple(tuple(accumulate(row, initial=0.0)) for row in zip(*account(of).paid, strict=True))
    assert scene(of).sums == sums
    ticks = {row["tick"]: row["y"] for row in rows(spec(of)) if "tick" in row}
    low, high = sorted(ticks)[0], sorted(ticks)[-1]
    unit = (ticks[low] - ticks[high]) / (high - low)
    for seat, row in enumerate(sums):
        drawn = sorted((each["x2"], each["y2"]) for each in rows(spec(of)) if each.get("line") == seat)
        assert [y for _, y in drawn] == pytest.approx([ticks[low] - unit * (each - low) for each in row[1:]])
        assert any(text.endswith(f" {row[-1]:,g}") for text in texts(of))
    assert tuple(row[-1] for row in sums) == of.outcome.utilities


def test_what_defects_is_crossed_and_named_as_it_was_in_this_match() -> None:
    of = MATCHES["prisoner"]
    made, actions = account(of), of.table.world.common.rules.actions
    assert made.cooperate is not None
    assert made.defect is not None
    crosses = {place for place in points(spec(of), shape=SALTIRE, thick=1.6) if place[0] > 100}
    assert len(crosses) == sum(row.count(made.defect) for row in made.actions)
    assert {f"cooperates: {actions[made.cooperate]}", f"defects: {actions[made.defect]}"} <= texts(of)
    shown = compact(of)
    assert f"■ cooperates: {actions[made.cooperate]}" in shown
    assert f"□ defects: {actions[made.defect]}" in shown


def test_the_title_says_which_game_it_is_and_how_often_it_went_well() -> None:
    assert any(
        text.startswith("A prisoner's dilemma: 1 of 12 choices cooperate") for text in texts(MATCHES["prisoner"])
    )
    of = MATCHES["sexes"]
    met = sum(len(set(row)) == 1 for row in account(of).actions)
    assert f"A battle of the sexes: all chose the same in {met} of 9 rounds" in texts(of)
    assert len([row for row in rows(spec(of)) if "met" in row]) == met
    assert f"all chose the same in {met} of 9 rounds" in compact(of)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_game_has_a_name_and_a_picture(kind: str) -> None:
    of = team("dilemma", ("random", "random"), rounds=3, kind=kind)
    assert any(text.lower().startswith(KINDS[kind]) for text in texts(of))
    assert KINDS[kind] in compact(of).lower()


def test_in_the_terminal_stand_the_choices_and_the_points_so_far() -> None:
    of = MATCHES["prisoner"]
    lines = compact(of).splitlines()
    made = account(of)
    for seat, name in enumerate(of.game.names):
        at = next(i for i, line in enumerate(lines) if line.startswith(name))
        assert lines[at].split()[1:] == ["■" if row[seat] == made.cooperate else "□" for row in made.actions]
        assert lines[at + 1].split() == [f"{each:g}" for each in scene(of).sums[seat][1:]]


def test_a_match_longer_than_the_terminal_is_wide_goes_on_below() -> None:
    of = MATCHES["long"]
    shown = compact(of)
    marks = [line for line in shown.splitlines() if line.strip() and set(line.split()[-1]) <= set("■□")]
    seats = len(of.game.names)
    assert len(marks) == 2 * seats
    assert sum(len(line.split()[-1]) for line in marks[::seats]) == 100
