"""The picture of a commons: its stock, who took what of it, what lasts, and the way of the optimum."""

from __future__ import annotations

from collections import defaultdict

import pytest
from msgspec.structs import replace

from arena.accounts.harvests import Harvests
from arena.core.events import Addressed, AnyAddressed, Disclosed
from arena.core.table import fold
from arena.report.plots.families.commons.scene import scene
from arena.report.plots.palette import SALTIRE, colour
from arena.report.plots.picture import Record
from arena.scenarios.commons.account import accounts
from arena.scenarios.commons.terms import Season, Storm
from arena.transcripts.codec import Line
from tests.report.plots.drawings import points, rows, spec, team, texts
from tests.report.plots.test_plots_terminal import compact

FIVE = ("planner", "sustainable", "punisher", "grabber", "selfish")
MATCHES = [team("commons", FIVE, rounds=8), team("commons", ("selfish", "sustainable"), rounds=5, needs=0.5)]


def account(of: Record) -> Harvests:
    (made,) = accounts(of.table.world)
    assert isinstance(made, Harvests)
    return made


@pytest.mark.parametrize("of", MATCHES, ids=["five", "two"])
def test_the_parts_of_the_bars_are_what_each_seat_landed(of: Record) -> None:
    landed: dict[tuple[int, int], float] = defaultdict(float)
    for row in rows(spec(of)):
        if row.get("seat", -1) >= 0:
            assert row["fill"] == colour(row["seat"])
            landed[row["of"], row["seat"]] += row["y2"] - row["y"]
    harvests = account(of).landed
    assert landed == {(t + 1, i): units for t, each in enumerate(harvests) for i, units in enumerate(each) if units}
    tops = {row["of"]: 0 for row in rows(spec(of)) if "of" in row}
    for row in rows(spec(of)):
        if "of" in row:
            tops[row["of"]] = max(tops[row["of"]], row["y2"])
    assert tuple(tops.values()) == (*of.table.world.common.stocks, of.table.world.common.stock)


@pytest.mark.parametrize("of", MATCHES, ids=["five", "two"])
def test_the_strokes_stand_where_what_lasts_has_been_taken(of: Record) -> None:
    strokes = [row["y"] for row in rows(spec(of)) if "lasting" in row]
    lasting = [fair * len(of.game.names) for fair in account(of).fair]
    wanted = [s - units for s, units in zip(of.table.world.common.stocks, lasting, strict=True)]
    assert strokes == pytest.approx(wanted * 2)  # each with an edge


@pytest.mark.parametrize("of", MATCHES, ids=["five", "two"])
def test_the_optimum_takes_what_the_certificate_says_and_starts_where_the_match_does(of: Record) -> None:
    shown = scene(of)
    assert sum(takes for _, takes in shown.best) == of.header.reference.best
    assert shown.best[0][0] == of.table.world.common.rules.stock
    assert points(spec(of), shape="diamond", size=60) == {(t + 1, stock) for t, (stock, _) in enumerate(shown.best)}


def test_the_key_has_the_totals_of_the_seats() -> None:
    of = MATCHES[0]
    totals = [sum(each) for each in zip(*account(of).landed, strict=True)]
    assert {f"{name} {total}" for name, total in zip(of.game.names, totals, strict=True)} <= texts(of)
    assert f"Taken, {sum(totals)} units in all" in texts(of)
    shown = compact(of)
    assert all(f"{name} {total}" in shown for name, total in zip(of.game.names, totals, strict=True))


def test_a_collapse_is_marked_and_rounds_that_never_came_have_the_optimum_alone() -> None:
    of = team("commons", ("greedy",) * 3, rounds=6)
    assert points(spec(of), shape=SALTIRE, size=90) == {(2, scene(of).threshold)}
    assert "has collapsed" in texts(of)
    assert {row["of"] for row in rows(spec(of)) if row.get("seat", -1) >= 0} == {1}
    shown = compact(of)
    assert "left     0 collapsed" in shown
    assert len([line for line in shown.splitlines() if " of " in line and "takes" not in line]) == 6


def test_what_a_storm_took_stands_on_top_of_the_bar_that_it_lowered() -> None:
    of = team("commons", ("sustainable",) * 3, rounds=6)
    ends = [i for i, line in enumerate(of.lines) if any(isinstance(f, Season) for f in facts(line))]
    before = of.lines[ends[0]]
    stock = next(fact.stock for fact in facts(before) if isinstance(fact, Season))
    struck: AnyAddressed = Addressed(of.game.everyone, Disclosed(Storm(7, stock - 7), of.game.everyone))
    hit = replace(before, es=(*before.es, struck))
    lines = (*of.lines[: ends[0]], hit, *of.lines[ends[0] + 1 :])
    shown = Record(of.header, lines, fold(of.game, [line.es for line in lines]))
    assert [year.lost for year in scene(shown).years] == [0, 7, 0, 0, 0, 0]
    assert any(row.get("seat") == -2 and row["y2"] - row["y"] == 7 and row["of"] == 2 for row in rows(spec(shown)))
    assert "lost before the round" in texts(shown)
    assert "·│" in compact(shown) or "A·" in compact(shown)


def facts(line: Line) -> list[object]:
    return [each.e.fact for each in line.es if isinstance(each.e, Disclosed)]


def test_who_is_not_told_the_rate_is_told_so_of_the_optimum() -> None:
    of = team("commons", ("sustainable",) * 3, rounds=6, growth="estimated")
    assert not scene(of).known
    assert any("nobody is told how fast it regrows" in text for text in texts(of))
    assert "one who knows how fast it regrows" in compact(of)


def test_a_hidden_horizon_is_drawn_to_its_end_and_many_rounds_are_thinned_in_the_terminal() -> None:
    of = team("commons", ("sustainable",) * 20, seed=5, rounds=90, horizon="hidden", ending=0.011, capacity=200, vary=0)
    shown = scene(of)
    assert shown.rounds == len(shown.years) > 24
    assert f"24 of {shown.rounds} rounds are shown." in compact(of)
    assert len([row for row in rows(spec(of)) if "lasting" in row]) == 2 * shown.rounds
