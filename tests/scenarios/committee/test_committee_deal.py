"""The generator of committees: hidden profiles, what it refuses, what its certificate says, and that no label tells."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from scipy.stats import chisquare

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.game import Game
from arena.core.table import blank, fold
from arena.core.view import Ask, View
from arena.errors import BadParams
from arena.moderators.meeting import Meeting
from arena.scenarios.committee import deal as generator
from arena.scenarios.committee.deal import deal as dealt
from arena.scenarios.committee.params import Params
from arena.scenarios.committee.rules import SCENARIO
from arena.scenarios.committee.settings import MOST, SETTINGS
from arena.scenarios.committee.terms import Item, Vote
from arena.solutions.voting import winners
from tests.playing import Function, Memory, run
from tests.teams import deal, reference

SEEDS = range(60)
MARGIN = 0.1


def facts(task: Any) -> dict[int, Item]:
    return {item.number: item for sheet in task.sheets for item in sheet.items}


def worth(options: Any, items: Any) -> list[int]:
    return [sum(item.amount for item in items if item.option == option) for option in options]


def best_of(task: Any) -> int:
    values = worth(task.rules.options, facts(task).values())
    return values.index(max(values))


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"seats": 1}, ["seats"]),
        ({"seats": 2, "options": 2}, ["seats", "options"]),
        ({"seats": 9, "options": 9, "alignment": 1.5}, ["seats", "options", "alignment"]),
        ({"shared": 1, "unique": 0, "largest": 4}, ["shared", "unique", "largest"]),
        ({"talk": -1, "ballots": 0}, ["talk", "ballots"]),
        ({"stake": 0.0, "goal_bonus": 0.0}, ["stake", "goal_bonus"]),
        ({"stakes": 5, "goals": 5}, ["stakes", "goals"]),
        ({"seats": 8, "unique": 3}, ["unique"]),
        ({"setting": "archives"}, ["setting"]),
        ({"alignment": float("nan")}, ["alignment"]),
    ],
)
def test_impossible_parameters_are_named_all_at_once(params: dict[str, Any], names: list[str]) -> None:
    with pytest.raises(BadParams) as caught:
        SCENARIO.check(Params(**params))
    assert sorted({mistake.path for mistake in caught.value.mistakes}) == sorted(names)


@given(st.integers(3, 8), st.integers(3, 8), st.integers(2, 6), st.integers(1, 4), st.integers(5, 100), st.integers(0))
def test_every_parameter_there_may_be_deals_a_hidden_profile(
    seats: int, options: int, shared: int, unique: int, largest: int, seed: int
) -> None:
    if shared + seats * unique > MOST:
        return
    params = Params(seats=seats, options=options, shared=shared, unique=unique, largest=largest)
    task = dealt(params, Draw.root(seed, "any").at("deal"))
    names, every = task.rules.options, facts(task)
    values, views = worth(names, every.values()), [worth(names, sheet.items) for sheet in task.sheets]
    best, reach = best_of(task), max(values) - min(values)
    (decoy,) = {view.index(max(view)) for view in views}
    assert decoy != best
    assert all(sorted(view)[-1] > sorted(view)[-2] for view in views), "no own view is torn"
    assert values[best] - sorted(values)[-2] >= 0.2 * reach
    assert 0 <= fmean(values) - values[decoy] <= 0.1 * reach
    for one, other in combinations(task.sheets, 2):
        both = worth(names, {item.number: item for item in [*one.items, *other.items]}.values())
        assert both[decoy] >= both[best], "no two together see it"
    assert all(0 < abs(item.amount) <= largest for item in every.values())
    assert sorted(every) == list(range(1, task.rules.facts + 1))
    held = Counter(item.number for sheet in task.sheets for item in sheet.items)
    assert Counter(held.values()) == {seats: options * shared, 1: options * seats * unique}
    assert len({(item.option, item.topic) for item in every.values()}) == len(every)
    assert task.rules.status_quo < min(values)


def test_where_no_lot_makes_a_hidden_profile_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "ATTEMPTS", 0)
    with pytest.raises(BadParams, match="none of 0 drawn sets of facts is a hidden profile for 4 seats and 4 options"):
        dealt(Params(), Draw.root(0, "").at("deal"))


def test_a_seed_deals_the_same_and_another_seed_another() -> None:
    draw = Draw.root(3, "s").at("deal")
    assert SCENARIO.deal(Params(), draw) == SCENARIO.deal(Params(), Draw.root(3, "s").at("deal"))
    assert len({deal("committee", seed).task for seed in SEEDS}) == len(SEEDS)


def test_every_story_is_told_and_every_secret_has_a_mark_of_its_own() -> None:
    tasks: list[Any] = [deal("committee", seed, stakes=2, goals=2).task for seed in SEEDS]
    assert {task.rules.setting for task in tasks} == {setting.name for setting in SETTINGS}
    for task in tasks:
        marks = [secret.canary for secret in (*task.sheets, *task.stakes, *task.goals)]
        assert len(set(marks)) == len(marks) == 8
        assert all(marks)
    assert {task.goals[0].what for task in tasks} == {"block", "side"}
    stakes = {task.rules.options.index(stake.option) == best_of(task) for task in tasks for stake in task.stakes}
    assert stakes == {True, False}, "a stake does not tell that an option is bad"


def test_no_place_and_no_seat_tells_where_the_answer_is() -> None:
    tasks: list[Any] = [deal("committee", seed).task for seed in range(300)]
    places = Counter(best_of(task) for task in tasks)
    assert chisquare([places[k] for k in range(4)]).pvalue > 1e-3
    speaks = [[worth(task.rules.options, sheet.items)[best_of(task)] for sheet in task.sheets] for task in tasks]
    strongest = Counter(own.index(max(own)) for own in speaks if own.count(max(own)) == 1)
    assert chisquare([strongest[s] for s in range(4)]).pvalue > 1e-3
    numbers = Counter((item.number - 1) // 6 for task in tasks for item in facts(task).values()
                      if item.option == task.rules.options[best_of(task)])  # fmt: skip
    assert chisquare([numbers[k] for k in range(4)]).pvalue > 1e-3


def test_in_its_own_view_the_best_looks_no_better_than_the_other_options_that_are_not_preferred() -> None:
    apart = list[int]()
    for seed in range(300):
        task: Any = deal("committee", seed).task
        view = worth(task.rules.options, task.sheets[0].items)
        best = best_of(task)
        assert view[best] < max(view)
        others = [each for k, each in enumerate(view) if k != best and each < max(view)]
        apart += [(view[best] > each) - (view[best] < each) for each in others]
    assert abs(fmean(apart)) < 0.1


def votes(option: Any) -> Function:
    return Function(lambda view, ask: Body(move=Vote(option(view)) if ask.moves else None))


def played(game: Game, option: Any) -> float:
    table, _ = run(game, Meeting(), [votes(option) for _ in game.everyone])
    assert table.valued is not None
    return table.valued.value


def first_impression(view: View) -> str:
    """What most members like best at first; everybody has been told, as they would be by a show of hands."""
    options = view.known.common.rules.options
    own = worth(options, view.known.own.sheets[0].items)
    return str(options[own.index(max(own))])


def worst_fact(view: View) -> str:
    """The option with the worst single fact, as if what speaks against the best were what all know."""
    return str(min(view.known.own.sheets[0].items, key=lambda item: item.amount).option)


LABELS = {
    "first": lambda view: view.known.common.rules.options[0],
    "last": lambda view: view.known.common.rules.options[-1],
    "middle": lambda view: view.known.common.rules.options[len(view.known.common.rules.options) // 2],
    "majority of first impressions": first_impression,
}
SHAPES = {"worst fact": worst_fact}


def above_chance(name: str, seeds: range, **params: Any) -> float:
    """How far a policy gets from an option by lot (0) to the best (1), over the instances: a ratio of sums."""
    reached, room = 0.0, 0.0
    for seed in seeds:
        game = deal("committee", seed, **params)
        task: Any = game.task
        chance = fmean(worth(task.rules.options, facts(task).values()))
        found = reference(game)
        value = found.floors["random"].value if name == "random" else played(game, (LABELS | SHAPES)[name])
        reached, room = reached + value - chance, room + found.best - chance
    return reached / room


@pytest.mark.parametrize("name", [*LABELS, *SHAPES, "random"])
def test_trivial_policies_stay_within_chance_and_a_margin(name: str) -> None:
    assert above_chance(name, range(100), voting="plurality") <= 2 * MARGIN


@pytest.mark.sweep
@pytest.mark.parametrize(("options", "name"), list(product((3, 4, 6), [*LABELS, "random"])))
def test_the_same_over_500_hidden_profiles(options: int, name: str) -> None:
    assert above_chance(name, range(500), options=options, voting="plurality") <= MARGIN


@pytest.mark.sweep
@pytest.mark.parametrize("options", [3, 4, 6])
def test_the_shape_of_ones_own_facts_tells_nothing(options: int) -> None:
    assert above_chance("worst fact", range(500), options=options, voting="plurality") <= MARGIN


def ballots(rules: Any, each: Any) -> float:
    """The mean value of one ballot over every profile of votes."""
    values, total = each
    profiles = list(product(range(len(values)), repeat=len(rules.names)))
    for profile in profiles:
        rule = rules.voting
        won = winners([profile.count(k) for k in range(len(values))], len(profile), rule)
        total += fmean([values[k] for k in won]) if won else rules.status_quo
    return float(total / len(profiles))


@pytest.mark.parametrize("voting", ["plurality", "majority", "unanimity"])
def test_the_certificate_is_what_counting_every_ballot_gives(voting: str) -> None:
    for seed in range(5):
        game = deal("committee", seed, seats=3, options=3, voting=voting, ballots=1)
        task: Any = game.task
        values = worth(task.rules.options, facts(task).values())
        found = reference(game)
        assert found.best == found.hind == max(values)
        assert found.floors["random"].value == pytest.approx(ballots(task.rules, (values, 0.0)))
        assert found.floors["silent"].value == played(game, first_impression)
        assert (found.headline, found.how) == ("silent", "exact")


def test_the_chair_alone_decides_what_silence_and_chance_come_to() -> None:
    game = deal("committee", 1, voting="chair")
    task: Any = game.task
    values = worth(task.rules.options, facts(task).values())
    assert reference(game).floors["random"].value == pytest.approx(fmean(values))
    assert reference(game).floors["silent"].value == played(game, first_impression)


def test_ballots_that_are_left_count_in_the_floors() -> None:
    one, ten = (reference(deal("committee", 2, ballots=count)) for count in (1, 10))
    assert one.floors["random"].value < ten.floors["random"].value
    assert one.best == ten.best


def test_solving_from_every_cut_gives_what_can_still_be_had() -> None:
    """Split votes in the first ballot, then all for the first option."""
    game = deal("committee", 3)
    options = game.task.rules.options  # type: ignore[attr-defined]

    def answer(view: View, ask: Ask) -> Body[object, object]:
        if not ask.moves:
            return Body()
        return Body(move=Vote(options[view.seat if view.known.common.round == 1 else 0]))

    table, memory = run(game, Meeting(), [Function(answer)] * 4)
    first = worth(options, facts(game.task).values())[0]
    assert table.valued is not None
    assert table.valued.value == first
    best = [SCENARIO.solve(fold(game, memory.lines[:cut]).world).best for cut in range(1, len(memory.lines) + 1)]
    assert best[0] == reference(game).best
    assert best[-1] == first
    assert best == sorted(best, reverse=True)
    sealed = next(cut for cut in range(len(memory.lines))
                  if len(fold(game, memory.lines[:cut]).world.own.urn) == 4
                  and fold(game, memory.lines[:cut]).round == 2)  # fmt: skip
    found = SCENARIO.solve(fold(game, memory.lines[:sealed]).world)
    assert (found.best, found.floors["silent"].value, found.floors["random"].value) == (first, first, first)


def test_before_anything_is_dealt_all_is_nothing() -> None:
    world = blank(deal("committee", 0)).world
    assert SCENARIO.solve(world).best == 0.0
    assert SCENARIO.outcome(world, None, frozenset()).utilities == ()
    assert (SCENARIO.accounts(world), SCENARIO.shock(world, Draw.root(0, ""))) == ((), ())
    assert SCENARIO.moves(world, 0) == SCENARIO.claims(world, 0) == ()


def test_where_nothing_is_chosen_the_status_quo_is_the_value() -> None:
    game = deal("committee", 4, ballots=3)
    memory = Memory()
    table, memory = run(game, Meeting(), [Function(lambda view, ask: Body())] * 4, memory=memory)
    assert (table.closed, table.round) == ("deadline", 3)
    assert table.valued is not None
    assert table.valued.status == "completed"
    assert table.valued.value == game.task.rules.status_quo  # type: ignore[attr-defined]
    assert SCENARIO.solve(table.world).best == table.valued.value


def test_a_status_quo_that_is_better_than_every_option_is_the_optimum() -> None:
    task: Any = deal("committee", 0).task
    rich = replace(task, rules=replace(task.rules, status_quo=10_000))
    assert reference(Game(SCENARIO, rich, Draw.root(0, ""), (0, 1, 2, 3))).best == 10_000
