"""The Gantt chart of a workshop: every round of every seat, what was for nothing, what waited for what."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from arena.accounts.work import Work
from arena.report.families.workshop import LETTERS
from arena.report.plots.families.workshop.gantt import ACROSS, NAMES, across
from arena.report.plots.families.workshop.scene import scene
from arena.report.plots.palette import PAPER, SALTIRE, colour
from arena.report.plots.picture import Record
from arena.scenarios.workshop.account import accounts
from tests.report.plots.drawings import points, rows, spec, team, texts
from tests.report.plots.test_plots_terminal import compact

MATCHES = {
    "clashes": team("workshop", ("uncoordinated",) * 4, tasks=12),
    "by-lot": team("workshop", ("random",) * 4, tasks=10),
    "planned": team("workshop", ("planner",) * 3, tasks=8),
    "doubled": team("workshop", ("planner", "claimer", "duplicator"), seed=1, tasks=9),
}


def account(of: Record) -> Work:
    (made,) = accounts(of.table.world)
    return made


@pytest.mark.parametrize("name", MATCHES)
def test_the_bars_are_the_rounds_of_work_that_each_seat_did(name: str) -> None:
    of = MATCHES[name]
    shown, made = scene(of), account(of)
    cell = ACROSS / across(shown)
    drawn = Counter[tuple[int, int]]()
    for row in rows(spec(of)):
        if row.get("how"):
            drawn[row["seat"], row["task"]] += round((row["x2"] - row["x"] + 2) / cell)
            tone = colour(shown.pieces[row["task"]].skill)
            assert row["fill"] == (tone if row["how"] == "new" else PAPER)
    assert drawn == Counter([(seat, task) for seat, units in enumerate(made.units) for task, _ in units])


@pytest.mark.parametrize("name", MATCHES)
def test_the_bars_of_a_seat_never_overlap_and_lie_within_the_chart(name: str) -> None:
    of = MATCHES[name]
    bars = sorted((row["seat"], row["x"], row["x2"]) for row in rows(spec(of)) if row.get("how"))
    for (seat, _, end), (next_seat, start, _) in pairwise(bars):
        assert seat != next_seat or end < start
    assert all(NAMES <= start < end <= NAMES + ACROSS for _, start, end in bars)


@pytest.mark.parametrize("name", MATCHES)
def test_what_was_lost_handed_over_and_idle_is_what_the_measures_count(name: str) -> None:
    of = MATCHES[name]
    shown, made = scene(of), account(of)
    assert shown.count("lost") == made.clashes
    assert shown.count("handed") == made.handed
    assert shown.count("idle") == sum(made.idle)
    crosses = points(spec(of), shape=SALTIRE, thick=1.8) - {(9, y) for _, y in points(spec(of), shape=SALTIRE)}
    assert len(crosses) == len([s for s in shown.stints if s.how == "lost"])
    total = sum(stint.end - stint.begin for stint in shown.stints)
    assert total == shown.rounds * len(shown.names)


def test_what_had_been_done_before_is_dashed_and_what_is_new_is_counted_once() -> None:
    of = MATCHES["by-lot"]
    shown, made = scene(of), account(of)
    assert shown.count("again") > 0
    done = [unit for units in made.units for unit in units]
    assert shown.count("new") + shown.count("again") + shown.count("lost") == len(done)
    assert shown.count("new") >= len(set(done)) - shown.count("lost")
    assert any("done again" in text for text in texts(of))


def test_a_line_leads_to_each_task_that_was_begun_when_it_could_be() -> None:
    of = MATCHES["planned"]
    shown = scene(of)
    assert shown.waits
    for wait in shown.waits:
        assert wait.task in shown.pieces[wait.next_task].after
        assert any(s.seat == wait.seat and s.task == wait.task and s.end == wait.at for s in shown.stints)
        assert any(s.seat == wait.next_seat and s.task == wait.next_task and s.begin == wait.at for s in shown.stints)
    assert len([row for row in rows(spec(of)) if row.get("wait")]) == len(shown.waits)


def test_every_task_stands_beneath_with_its_work_and_what_it_waits_for() -> None:
    of = MATCHES["clashes"]
    said = [row["text"] for row in rows(spec(of)) if "text" in row]
    for task, piece in enumerate(of.table.world.common.rules.pieces):
        after = "".join([f", after {' '.join(sorted(LETTERS[t] for t in piece.after))}" if piece.after else ""])
        assert f"{piece.rounds} round{'s' if piece.rounds > 1 else ''}{after}" in said
        assert piece.name in said
        assert LETTERS[task] in said


@pytest.mark.parametrize("name", ["clashes", "planned"])
def test_the_shortest_plan_and_the_end_are_lines(name: str) -> None:
    of = MATCHES[name]
    best, took = round(-of.header.reference.best), of.table.world.common
    assert f"the shortest plan: {best}" in texts(of)
    assert f"all done: {len(took.deeds)}" in texts(of)
    shown = compact(of)
    assert f"all done in {len(took.deeds)}" in shown
    assert f"the shortest plan takes {best}" in shown


def test_what_is_left_of_a_match_that_goes_on_is_said() -> None:
    of = team("workshop", ("planner",) * 3, tasks=8, lines=30)
    assert not scene(of).done
    assert any(text.endswith(" left") for text in texts(of))
    assert not any(text.startswith("all done") for text in texts(of))
    assert "not done" in compact(of)


def test_in_the_terminal_a_stretch_of_work_is_as_long_as_it_took() -> None:
    of = MATCHES["planned"]
    shown = scene(of)
    lines = compact(of, width=100).splitlines()
    for seat, name in enumerate(shown.names):
        line = next(line for line in lines if line.startswith(name[:10]))
        for stint in [s for s in shown.stints if s.seat == seat and s.how == "new"]:
            assert LETTERS[stint.task] + "━" * (4 * (stint.end - stint.begin) - 2) in line


def test_a_chart_wider_than_the_terminal_goes_on_below() -> None:
    of = team("workshop", ("absent", "random"), tasks=12, longest=12)
    shown = compact(of, width=40)
    assert scene(of).rounds > 40
    assert shown.count(of.game.names[0]) > 1
