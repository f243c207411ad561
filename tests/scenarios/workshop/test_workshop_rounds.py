"""What a round of a workshop does: who sees what, refusals, goals and pay, shocks, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import Body, Disclosed, Moved, Refused
from arena.core.table import Table, fold
from arena.core.view import Ask, View, World
from arena.moderators.meeting import Meeting
from arena.scenarios.workshop.mishap import shock
from arena.scenarios.workshop.outcome import firsts, reached
from arena.scenarios.workshop.rules import SCENARIO
from arena.scenarios.workshop.terms import Bench, Deed, Goal, Grown, HandOver, Idle, Lost, Shift, Take, Work
from tests.playing import Function, Memory, run
from tests.teams import deal, play, reference

Choose = Callable[[int, int, dict[str, Any]], Any]  # (seat, round, legal moves by kind) to a move


def worked(choose: Choose, seed: int = 1, **params: Any) -> tuple[Table, Memory]:
    """A match in which seats move so."""
    game = deal("workshop", seed, **params)

    def answer(view: View, ask: Ask) -> Body[object, object]:
        legal = {spec.kind: spec for spec in ask.moves}
        return Body(move=choose(view.seat, view.known.common.round, legal)) if legal else Body()

    return run(game, Meeting(), [Function(answer)] * len(game.everyone))


def busily(seat: int, round_: int, legal: dict[str, Any]) -> Any:
    """Works on what is in hand, else takes up the first task there is."""
    if "work" in legal:
        return Work()
    return Take(legal["take"].fields[0].options[0]) if "take" in legal else Idle()


def test_moves_are_sealed_and_what_came_of_them_is_told_to_all() -> None:
    table, memory = worked(busily)
    events = [a for line in memory.lines for a in line]
    assert all(a.to == (a.e.seat,) for a in events if isinstance(a.e, Moved))
    shifts = [a for a in events if isinstance(a.e, Disclosed) and isinstance(a.e.fact, Shift)]
    assert all(a.to == (0, 1, 2, 3) for a in shifts)
    assert [a.e.fact.round for a in shifts] == list(range(1, table.round + 1))  # type: ignore[union-attr]


def test_it_is_over_when_all_is_done_and_worth_minus_the_rounds_to_everyone() -> None:
    table, _ = worked(busily)
    assert table.closed == "done"
    assert not any(table.common.bench.left)
    assert table.valued is not None
    assert table.valued.value == -table.round == -len(table.common.deeds)
    assert table.valued.utilities == table.valued.payoffs == (-table.round,) * 4


def test_what_is_not_done_in_time_is_worth_minus_all_rounds() -> None:
    table, _ = worked(lambda seat, round_, legal: Idle(), rounds=15)
    assert table.closed == "deadline"
    assert table.valued is not None
    assert (table.valued.value, table.round) == (-15, 15)


def test_pay_and_goals_go_to_those_who_did_the_work_first() -> None:
    table, _ = worked(busily, pay=0.5, goals=4, goal_bonus=3.0, alignment=0.25)
    earned, value = firsts(table.common.deeds, 4), -float(table.round)
    work = sum(piece.rounds for piece in table.common.rules.pieces)
    assert work <= sum(map(len, earned))
    assert len(set().union(*earned)) == work
    assert table.valued is not None
    assert list(table.valued.utilities) == [value + 0.5 * len(units) for units in earned]
    for seat, payoff in enumerate(table.valued.payoffs):
        bonus = (payoff - 0.25 * value) / 0.75 - table.valued.utilities[seat]
        assert bonus == pytest.approx(0.0) or bonus == pytest.approx(3.0)


def test_a_goal_is_reached_by_the_work_that_it_names() -> None:
    table, _ = worked(busily)
    rules = table.common.rules
    earned: list[set[tuple[int, int]]] = [set() for _ in range(4)]
    earned[2] = {(0, 1), (0, 2)}
    assert reached(rules, earned, Goal(2, "most", 1.0))
    assert not reached(rules, earned, Goal(1, "most", 1.0))
    skill = rules.pieces[0].skill
    assert reached(rules, earned, Goal(2, "skill", 1.0, skill, 2))
    assert not reached(rules, earned, Goal(2, "skill", 1.0, skill, 3))


def test_of_work_done_twice_the_first_counts_and_of_a_clash_the_one_who_has_it() -> None:
    took, again, clashed = Deed("took", 0, 1), Deed("worked", 0, 1), Deed("clashed", 0, 1)
    assert firsts([(took, clashed), (Deed("worked", 0, 2), again)], 2) == [{(0, 1), (0, 2)}, set()]
    assert firsts([(took, took)], 2) == [{(0, 1)}, {(0, 1)}]


def test_who_has_a_task_that_all_take_up_goes_by_lot() -> None:
    winners = set()
    for seed in range(7):
        table, _ = worked(busily, seed=seed, alone="one", kinds=3, skills=3)
        (first, *_) = table.common.deeds
        assert [deed.what for deed in first].count("took") == 1
        assert [deed.what for deed in first].count("clashed") == 3
        winners.add([deed.what for deed in first].index("took"))
    assert len(winners) > 2


@pytest.fixture
def known() -> World[Any]:
    """The first seat of a workshop, in whose first round of work nothing is in hand; it has the skills 0 and 1."""
    table, _ = worked(busily)
    pieces = [replace(piece, after=()) for piece in table.common.rules.pieces]
    pieces[0], pieces[1] = replace(pieces[0], skill=0), replace(pieces[1], skill=2)
    pieces[2] = replace(pieces[2], skill=1, after=(0, 1))
    rules = replace(table.common.rules, pieces=tuple(pieces))
    bench = Bench((3, 3, 3, 0, *[1] * 8), (None,) * 4)
    own = replace(table.desks[0].own, sheets=(replace(table.desks[0].own.sheets[0], skills=(0, 1)),))
    return World(replace(table.common, rules=rules, phase="work", bench=bench), own)


def code(known: World[Any], move: Any) -> str | None:
    refusal = SCENARIO.refuse(known, 0, move)
    return refusal.code if refusal is not None else None


def test_every_refusal_says_why(known: World[Any]) -> None:
    names = [piece.name for piece in known.common.rules.pieces]
    other = known.common.rules.names[1]
    talking = World(replace(known.common, phase="talk"), known.own)
    busy = World(replace(known.common, bench=Bench(known.common.bench.left, ((0, 1), None, None, None))), known.own)
    stuck = World(replace(known.common, bench=Bench(known.common.bench.left, ((1, 1), None, None, None))), known.own)
    assert code(talking, Idle()) == "not_now"
    assert code(known, Work()) == code(known, HandOver(other)) == "empty_handed"
    assert code(busy, Take(names[2])) == "hands_full"
    assert code(known, Take(names[3])) == "done"
    assert code(known, Take(names[1])) == code(stuck, Work()) == "unskilled"
    assert code(known, Take(names[2])) == "not_ready"
    legal = [
        (known, Take(names[0])),
        (known, Idle()),
        (busy, Work()),
        (busy, HandOver(other)),
        (stuck, HandOver(other)),
    ]
    assert [code(*each) for each in legal] == [None] * 5


def test_what_is_refused_at_the_last_try_is_a_round_without_work() -> None:
    table, memory = worked(lambda seat, round_, legal: Take("nothing") if seat == 0 else Idle(), rounds=15)
    refused = [a.e for line in memory.lines for a in line if isinstance(a.e, Refused)]
    assert {e.seat for e in refused} == {0}
    assert table.forfeits == {0}
    assert all(deed.what == "idle" for deeds in table.common.deeds for deed in deeds)


def mishaps(seeds: range) -> list[tuple[World[Any], Disclosed[Any]]]:
    """The worlds some rounds into matches of planners, and what befalls them."""
    found = []
    for seed in seeds:
        table, lines = play(deal("workshop", seed), "planner")
        world = _cut(table, lines, 4)
        found += [(world, fact) for fact in shock(world, Draw.root(seed, "shock"))]
    return found


def _cut(table: Table, lines: list[Any], rounds: int) -> World[Any]:
    for cut in range(1, len(lines)):
        early = fold(table.game, lines[:cut])
        if len(early.common.deeds) == rounds:
            return early.world
    raise AssertionError("the match was shorter")


def test_a_shock_is_a_skill_lost_in_secret_or_a_task_that_grows_and_can_still_be_coped_with() -> None:
    found = mishaps(range(7))
    kinds = {type(told.fact) for _, told in found}
    assert kinds == {Lost, Grown}
    scenario = deal("workshop", 0).scenario
    for world, told in found:
        common, own = world.common, world.own
        if isinstance(told.fact, Lost):
            assert told.to == (told.fact.seat,)
            after = World(common, scenario.evolve(own, told))
            assert told.fact.skill not in after.own.sheets[told.fact.seat].skills
        else:
            assert told.to == (0, 1, 2, 3)
            after = World(scenario.evolve(common, told), own)
            assert sum(after.common.bench.left) > sum(common.bench.left)
        before, now = scenario.solve(world), scenario.solve(after)
        assert now.best <= before.best < 0
        assert now.floors["silent"].value <= now.best
        assert scenario.outcome(after, None, frozenset()).status == "open"


def test_from_any_cut_the_optimum_holds_what_is_gone_and_never_rises() -> None:
    game = deal("workshop", 3)
    table, lines = play(game, ["planner", "duplicator", "random", "claimer"])
    assert table.valued is not None
    bests = []
    for rounds in range(0, len(table.common.deeds), 3):
        found = game.scenario.solve(_cut(table, lines, rounds))
        bests.append(found.best)
        assert found.best >= table.valued.value
    assert bests[0] == reference(game).best
    assert game.scenario.solve(table.world).best == game.scenario.solve(table.world).hind == table.valued.value
    assert bests == sorted(bests, reverse=True)


def test_before_anything_is_dealt_nothing_is_there() -> None:
    scenario = deal("workshop", 0).scenario
    blank = World(scenario.blank(), scenario.blank())
    assert (
        scenario.moves(blank, 0) == scenario.claims(blank, 0) == scenario.settle(blank, "work", Draw.root(0, "")) == ()
    )
    assert scenario.solve(blank).best == scenario.outcome(blank, None, frozenset()).value == 0
    assert scenario.refuse(blank, 0, Idle()) is None
