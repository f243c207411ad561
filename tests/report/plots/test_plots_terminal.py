"""Pictures in the terminal: the same figures, within the width that there is."""

from __future__ import annotations

import io
import re

import pytest
from msgspec import Raw
from msgspec.json import encode
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from arena.agents.find import find as find_agent
from arena.core.draw import Draw
from arena.core.events import Said
from arena.core.game import Game
from arena.core.table import fold
from arena.moderators.meeting import Meeting
from arena.planning.instances import certificate
from arena.report.plots.find import find, pictures
from arena.report.plots.general.course import course
from arena.report.plots.general.heard import heard
from arena.report.plots.picture import Record
from arena.results.score import score
from arena.scenarios.find import find as find_scenario
from arena.transcripts.codec import Line
from tests.playing import run
from tests.report.plots.drawings import HOSTILE, match, named, sample
from tests.report.recorded import header
from tests.samples import SAMPLES, place

NAMES = [picture.name for picture in pictures("bargain")]


def compact(of: Record, name: str | None = None, width: int = 80) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, highlight=False, markup=False, no_color=True)
    console.print(find(of, name).compact(of, width))
    return file.getvalue()


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("picture", NAMES)
def test_no_line_is_wider_than_the_terminal(picture: str, width: int) -> None:
    for name in SAMPLES:
        lines = compact(sample(name), picture, width).splitlines()
        assert max(map(cell_len, lines)) <= width, name


@pytest.mark.parametrize("seats", [2, 3, 8])
@pytest.mark.parametrize("picture", NAMES)
def test_names_that_steer_a_terminal_are_shown_and_cut(seats: int, picture: str) -> None:
    shown = compact(named(HOSTILE, ("conceder",) * seats), picture)
    assert not set(shown) & set("\x1b\u202e")
    assert max(map(cell_len, shown.splitlines())) <= 80
    if picture != "value":
        assert "<script>alert" in shown


def test_the_plane_names_the_deal_the_solutions_and_the_offers() -> None:
    shown = compact(sample("alternating-offers"))
    for mark in ("■2", "■4", "■6", "●1", "●3", "●5", "★", "☆", "×", "NKEU"):
        assert mark in shown
    assert "★ the deal, offer 7: 55, 62" in shown
    assert "☆ what came of it 53.1, 55.4" in shown
    assert "× no deal 51, 48" in shown
    assert "Pareto frontier (2)" in shown


def test_the_plane_puts_what_is_worth_more_further_up_and_further_right() -> None:
    rows = compact(sample("no-deal")).splitlines()
    at = {mark: next((i, row.index(mark)) for i, row in enumerate(rows) if mark in row) for mark in ("■2", "●1", "×")}
    assert at["■2"][0] < at["×"][0] < at["●1"][0]
    assert at["■2"][1] < at["×"][1] < at["●1"][1]


def test_many_outcomes_are_shaded_and_those_that_both_accept_by_another_mark() -> None:
    shown = compact(match(issues=6, options=6, rounds=3))
    assert "▒▓" in shown
    assert "▓" in shown.split("Offers")[0]


def test_each_seat_has_a_strip_with_its_threshold_its_offers_and_the_deal() -> None:
    of = sample("sports-resort")
    shown = compact(of)
    strips = [line for line in shown.splitlines() if "┆" in line and "Marks" not in line and "threshold" not in line]
    assert len(strips) == 6
    assert all(strip.count("★") == 1 for strip in strips)
    for threshold, utility in zip(*[score(place("sports-resort")).per_seat[k] for k in ("threshold", "utility")]):  # noqa: B905
        assert re.search(rf"needs {threshold:g}, at best \d+; the deal gives {utility:g}\n", shown)


def test_every_cut_has_a_compact_form() -> None:
    whole = match(("conceder", "boulware", "planner"), rounds=3)
    for n in range(len(whole.lines) + 1):
        of = match(("conceder", "boulware", "planner"), rounds=3, lines=n)
        assert all(compact(of, each.name) for each in pictures("bargain") if each.missing(of) is None)
    assert n > 5


def test_messages_are_counted_by_who_heard_them() -> None:
    of = sample("refusals")
    found = heard(of)
    said = [a.e for line in of.lines for a in line.es if isinstance(a.e, Said)]
    assert sum(found.sent) == len(said)
    assert sum(map(sum, found.all)) == sum(len(e.to) for e in said)
    assert sum(map(sum, found.aside)) == sum(len(e.to) == 1 for e in said) > 0
    assert all(found.all[i][i] == 0 for i in range(3))
    assert "2 (1)" in compact(of, "talk")


def test_the_value_of_each_round_is_what_breaking_off_after_it_would_have_left() -> None:
    of = match(("boulware", "boulware"), message_cost=0.5, rounds=6, seed=3)
    went = course(of)
    assert len(went.values) == of.table.round + 1
    assert of.table.valued is not None
    assert went.values[-1] == of.table.valued.value
    assert (went.best, went.floor) == (of.header.reference.best, of.header.reference.floors["silent"].value)
    opens = [i for i, line in enumerate(of.lines) if any(getattr(a.e, "round", 0) > 1 for a in line.es)]
    cuts = [fold(of.game, [line.es for line in of.lines[:i]]) for i in opens]
    assert went.values[1:-1] == tuple(t.game.scenario.outcome(t.world, None, t.forfeits).value for t in cuts)
    assert went.values[1] < 0


def test_what_a_round_settled_counts_in_that_round() -> None:
    """Four planners who keep the stock at 120 take what regrows, 60 a round, and in the last round all of it."""
    scenario, draw = find_scenario("commons"), Draw.root(0, "open")
    task = scenario.deal(scenario.params_type(seats=4), draw.at("deal"))
    game = Game(scenario, task, draw, (0, 1, 2, 3))
    planner = find_agent("planner", "commons", game.draw.at("agents", 0), lambda *_: pytest.fail("it needs no parser"))
    seated = [planner for _ in game.everyone]
    table, memory = run(game, Meeting(), seated)
    made = replace(header()[0], task=Raw(encode(task)), scenario="commons", reference=certificate(game))
    lines = tuple(Line(n, 0, "", line) for n, line in enumerate(memory.lines, start=2))
    assert course(Record(made, lines, table)).values == (*[60.0 * n for n in range(12)], 780.0)
