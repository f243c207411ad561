"""The generator of a workshop: what it deals, what it refuses, and what its certificate says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from scipy.stats import chisquare

from arena.core.draw import Draw
from arena.errors import BadParams
from arena.scenarios.workshop.params import Given, Params
from arena.scenarios.workshop.rules import SCENARIO
from arena.scenarios.workshop.settings import SETTINGS
from arena.solutions.interruptible import order
from tests.teams import deal, reference

SEEDS = range(12)
CHAIN = (Given(0, 3), Given(1, 3, (0,)), Given(2, 3, (1,)), Given(3, 3, (2,)))


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"seats": 1}, ["seats"]),
        ({"skills": 0}, ["skills"]),
        ({"seats": 9, "links": 4.0, "alignment": 1.5}, ["seats", "links", "alignment"]),
        ({"skills": 5}, ["skills"]),
        ({"skills": 4}, ["skills"]),
        ({"seats": 2, "skills": 1}, ["kinds"]),
        ({"kinds": 1, "skills": 1}, ["skills"]),
        ({"tasks": 3}, ["tasks"]),
        ({"shortest": 5}, ["shortest"]),
        ({"goals": 5, "goal_bonus": 0.0, "setting": "teatre"}, ["goals", "goal_bonus", "setting"]),
        ({"tasks": 30, "shortest": 3, "rounds": 20}, ["rounds"]),
        ({"given": CHAIN, "rounds": 11}, ["rounds"]),
        ({"given": (*CHAIN, Given(0, 30)), "rounds": 4}, ["given", "rounds"]),
        ({"given": CHAIN[:3]}, ["given"]),
        ({"given": (*CHAIN, Given(0, 1, (7,)))}, ["given"]),
        ({"given": (Given(0, 3, (3,)), *CHAIN[1:])}, ["given"]),
        ({"pay": float("nan")}, ["pay"]),
    ],
)
def test_impossible_parameters_are_named_all_at_once(params: dict[str, Any], names: list[str]) -> None:
    with pytest.raises(BadParams) as caught:
        SCENARIO.check(Params(**params))
    assert sorted({mistake.path for mistake in caught.value.mistakes}) == sorted(names)


def test_tasks_in_a_circle_and_more_work_than_rounds_are_refused_with_the_reason() -> None:
    with pytest.raises(BadParams, match=r"tasks \[0, 1, 2, 3\] wait for each other in a circle"):
        SCENARIO.check(Params(given=(Given(0, 3, (3,)), *CHAIN[1:])))
    with pytest.raises(BadParams, match="found 90 rounds of work at the least; 4 seats have 80 in 20"):
        SCENARIO.check(Params(tasks=30, shortest=3, rounds=20))
    with pytest.raises(BadParams, match="expected 12 or more, for the longest chain of tasks"):
        SCENARIO.check(Params(given=CHAIN, rounds=11))


def test_what_is_not_worth_planning_is_not_dealt() -> None:
    with pytest.raises(BadParams, match="no instance in 300 drawn is worth planning"):
        SCENARIO.deal(Params(given=CHAIN), Draw.root(0, "").at("deal"))
    with pytest.raises(BadParams, match="300 take more rounds than there are"):
        SCENARIO.deal(Params(tasks=6, links=3.0, shortest=4, longest=4, rounds=6), Draw.root(0, "").at("deal"))


def test_a_seed_deals_the_same_and_another_seed_another() -> None:
    one, again = (SCENARIO.deal(Params(), Draw.root(3, "s").at("deal")) for _ in range(2))
    assert one == again
    assert len({deal("workshop", seed).task for seed in SEEDS}) == len(SEEDS)


def test_every_plan_is_proved_and_saves_two_rounds_over_silence() -> None:
    for seed in SEEDS:
        found = reference(deal("workshop", seed))
        silent = found.floors["silent"]
        assert found.how == "exact"
        assert found.best == found.hind
        assert found.best - silent.value >= 2 - 2 * silent.error
        assert found.floors["random"].value < silent.value


@pytest.mark.parametrize(
    "params",
    [
        {"seats": 2, "tasks": 8, "kinds": 3},
        {"seats": 8, "tasks": 24, "kinds": 6},
        {"seats": 6, "tasks": 32, "kinds": 6, "skills": 3},
    ],
)
def test_other_sizes_are_exact_too(params: dict[str, Any]) -> None:
    for seed in range(2):
        found = reference(deal("workshop", seed, **params))
        assert found.how == "exact"
        assert found.best - found.floors["silent"].value > 1.5


@pytest.mark.parametrize("alone", ["never", "one"])
def test_that_nobody_can_do_it_alone_is_declared_and_never_accidental(alone: str) -> None:
    for seed in range(6):
        game = deal("workshop", seed, alone=alone)
        task: Any = game.task
        needed = {piece.skill for piece in task.rules.pieces}
        masters = [sheet.seat for sheet in task.sheets if needed <= set(sheet.skills)]
        assert task.rules.alone is (alone == "one")
        assert len(masters) == (1 if alone == "one" else 0)
        work = sum(piece.rounds for piece in task.rules.pieces)
        assert task.rounds == task.rules.rounds == work
        assert reference(game).floors["solo"].value == -work


def test_alone_is_worth_minus_the_work_where_there_is_time_and_minus_the_rounds_where_nobody_can() -> None:
    for alone, worth in (("one", -26), ("never", -60)):
        game = deal("workshop", 0, alone=alone, rounds=60, given=tuple(Given(i % 4, 1 + i % 4) for i in range(11)))
        assert reference(game).floors["solo"].value == worth


def test_tasks_can_be_given_and_are_dealt_in_another_order() -> None:
    given = tuple(Given(i % 4, 1 + i % 3, (i - 4,) if i > 3 else ()) for i in range(12))
    tasks: list[Any] = [deal("workshop", seed, given=given).task for seed in range(3)]
    for task in tasks:
        dealt = Counter((piece.skill, piece.rounds, len(piece.after)) for piece in task.rules.pieces)
        assert dealt == Counter((g.kind, g.rounds, len(g.after)) for g in given)
    assert len({task.rules.pieces for task in tasks}) == 3


def test_every_story_is_told_and_every_seat_has_skills_a_name_and_a_mark() -> None:
    tasks: list[Any] = [deal("workshop", seed, goals=2).task for seed in range(12)]
    assert {task.rules.setting for task in tasks} == {setting.name for setting in SETTINGS}
    for task in tasks:
        marks = [sheet.canary for sheet in task.sheets] + [goal.canary for goal in task.goals]
        assert len({piece.name for piece in task.rules.pieces}) == len(task.rules.pieces)
        assert len({seat.name for seat in task.seats}) == len(task.seats)
        assert len(set(marks)) == len(marks) == len(task.seats) + 2
        assert all(len(sheet.skills) == 2 for sheet in task.sheets)
        assert {skill for sheet in task.sheets for skill in sheet.skills} == set(range(4))
        assert order(tuple(piece.after for piece in task.rules.pieces))


def test_every_story_has_names_enough_and_none_twice() -> None:
    for setting in SETTINGS:
        assert len(set(setting.parties)) == len(setting.parties) >= 8
        assert len(set(setting.skills)) == len(setting.skills) >= 6
        assert len(set(setting.tasks)) == len(setting.tasks) >= 32


def assert_unbiased(seeds: range) -> None:
    """No place in the lists tells which tasks come first, nor which seat has what."""
    tasks: list[Any] = [deal("workshop", seed).task for seed in seeds]
    first, last = Counter[int](), Counter[int]()
    for task in tasks:
        followers = {other for piece in task.rules.pieces for other in piece.after}
        first.update(place for place, piece in enumerate(task.rules.pieces) if not piece.after)
        last.update(place for place in range(12) if place not in followers)
    skilled = Counter(sheet.seat for task in tasks for sheet in task.sheets if 0 in sheet.skills)
    assert chisquare([first[place] for place in range(12)]).pvalue > 1e-3
    assert chisquare([last[place] for place in range(12)]).pvalue > 1e-3
    assert chisquare([skilled[seat] for seat in range(4)]).pvalue > 1e-3


def test_places_tell_nothing() -> None:
    assert_unbiased(range(40))


@pytest.mark.sweep
def test_places_tell_nothing_over_five_hundred() -> None:
    assert_unbiased(range(500))
