"""What a round of a commons does: rationing, monitoring, quotas, managers, fines, the horizon, storms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.core.draw import Draw
from arena.core.events import Body, Disclosed, Moved
from arena.core.table import Table
from arena.core.view import Ask, View, World
from arena.moderators.meeting import Meeting
from arena.scenarios.commons.settle import ration
from arena.scenarios.commons.storm import shock
from arena.scenarios.commons.terms import Catch, Decree, Elect, Harvest, Landed, Manager, Quota, Season, Vote
from tests.playing import Function, Memory, run
from tests.teams import deal

Units = Callable[[int, int], int]  # (seat, round) to units


def harvested(units: Units, quota: Units = lambda seat, round_: 5, **params: Any) -> tuple[Table, Memory]:
    """A match in which seats harvest and vote so; everybody elects the last seat."""
    game = deal("commons", 1, seats=3, vary=0.0, **params)

    def answer(view: View, ask: Ask) -> Body[object, object]:
        now = view.known.common
        match {spec.kind for spec in ask.moves}:
            case kinds if "harvest" in kinds:
                return Body(move=Harvest(units(view.seat, now.round)))
            case kinds if "vote" in kinds:
                return Body(move=Vote(quota(view.seat, now.round)))
            case kinds if "decree" in kinds:
                return Body(move=Decree(quota(view.seat, now.round)))
            case kinds if "elect" in kinds:
                return Body(move=Elect(now.rules.names[-1]))
        return Body()

    return run(game, Meeting(), [Function(answer)] * 3)


def facts(memory: Memory, kind: type) -> list[tuple[tuple[int, ...], Any]]:
    return [(a.to, a.e.fact) for line in memory.lines for a in line
            if isinstance(a.e, Disclosed) and isinstance(a.e.fact, kind)]  # fmt: skip


@given(st.dictionaries(st.integers(0, 6), st.integers(0, 50), min_size=1), st.integers(0, 100), st.integers(0, 99))
def test_a_stock_is_rationed_by_what_was_asked_for(asked: dict[int, int], stock: int, seed: int) -> None:
    got = ration(asked, stock, Draw.root(seed, "lots"))
    total = sum(asked.values())
    assert sum(got.values()) == min(total, stock)
    assert all(0 <= got[seat] <= asked[seat] for seat in asked)
    if total > stock:
        assert all(abs(got[seat] - asked[seat] * stock / total) < 1 for seat in asked)


def test_what_is_left_over_goes_by_lot_where_remainders_tie() -> None:
    winners = [max(got, key=lambda seat: got[seat]) for seed in range(300)
               for got in (ration({0: 9, 1: 9, 2: 9}, 10, Draw.root(seed, "lots")),)]  # fmt: skip
    assert all(70 < winners.count(seat) < 130 for seat in range(3))


@pytest.mark.parametrize(("monitor", "told"), [("each", True), ("total", False), ("none", False)])
def test_what_others_landed_is_told_only_where_each_is_watched(monitor: str, told: bool) -> None:
    _, memory = harvested(lambda seat, round_: 5 + seat, monitor=monitor, rounds=6, rate=4.0)
    assert bool(facts(memory, Landed)) is told
    assert all(to == (catch.seat,) for to, catch in facts(memory, Catch))
    totals = {season.total for _, season in facts(memory, Season)}
    assert totals == ({None} if monitor == "none" else {18})


def test_nobody_sees_what_others_asked_for() -> None:
    _, memory = harvested(lambda seat, round_: 5, rounds=6, rate=4.0)
    asked = [(a.to, a.e.seat) for line in memory.lines for a in line if isinstance(a.e, Moved)]
    assert len(asked) == 18
    assert all(to == (seat,) for to, seat in asked)


def test_the_quota_is_the_lower_median_of_the_votes() -> None:
    _, memory = harvested(
        lambda seat, round_: 1, lambda seat, round_: 10 * seat, institution="quota", rounds=6, rate=4.0
    )
    assert [fact.units for _, fact in facts(memory, Quota)] == [10] * 6


def test_a_manager_is_elected_for_a_term_and_alone_sets_the_quota() -> None:
    table, memory = harvested(
        lambda seat, round_: 1, lambda seat, round_: 10 * seat, institution="manager", term=2, rounds=5, rate=4.0
    )
    assert [fact.seat for _, fact in facts(memory, Manager)] == [2, 2, 2], "elected in rounds 1, 3 and 5"
    assert [fact.units for _, fact in facts(memory, Quota)] == [20] * 5
    decrees = [a.e.seat for line in memory.lines for a in line if isinstance(a.e, Moved) and type(a.e.move) is Decree]
    assert decrees == [2] * 5
    # A round has 3 asks for talk and 3 for the harvest; an election 3 more; a decree one, of the manager alone.
    assert sum(desk.nth for desk in table.desks) == 5 * 6 + 3 * 3 + 5


def test_what_is_landed_above_the_quota_is_fined() -> None:
    table, _ = harvested(lambda seat, round_: 4 + seat, institution="quota", fine=0.5, rounds=6, rate=4.0)
    assert table.valued is not None
    assert table.valued.utilities == (24.0, 30.0, 36.0 - 6 * 0.5)
    assert table.valued.value == 90.0, "a fine is no loss to the group"


def test_a_need_that_is_missed_costs_its_seat_also_after_a_collapse() -> None:
    table, _ = harvested(lambda seat, round_: 34 if seat else 32, needs=1.0, shortage=2.0, rounds=5, rate=4.0)
    needs = {sheet.seat: sheet.need for sheet in table.hidden.sheets}
    landed = {0: 32, 1: 34, 2: 34}
    assert table.closed == "collapsed"
    assert table.round == 1
    assert table.valued is not None
    expected = [landed[s] - 2 * (max(needs[s] - landed[s], 0) + 4 * needs[s]) for s in range(3)]
    assert list(table.valued.utilities) == expected
    assert any(needs.values())


def test_a_hidden_horizon_ends_when_it_was_dealt_to_and_is_shown_to_nobody_before() -> None:
    table, memory = harvested(lambda seat, round_: 5, horizon="hidden", rounds=40, ending=0.2, rate=4.0)
    fate = table.hidden.fate
    assert table.closed == "over"
    assert table.round == fate.rounds
    assert table.game.task.rounds is None
    assert all(season.last == (season.round == fate.rounds) for _, season in facts(memory, Season))


def test_a_storm_takes_half_of_the_stock() -> None:
    table, _ = harvested(lambda seat, round_: 5, rounds=6, rate=4.0)
    ((to, storm),) = [(fact.to, fact.fact) for fact in shock(World(table.common, table.hidden), Draw.root(0, ""))]
    assert to == (0, 1, 2)
    assert storm.stock == table.common.stock // 2
    assert storm.lost + storm.stock == table.common.stock
    after = table.game.scenario.evolve(table.common, Disclosed(storm, to))
    assert after.stock == storm.stock


@pytest.mark.parametrize(
    ("move", "params", "code"),
    [
        (Harvest(10), {}, "not_now"),
        (Elect("nobody"), {"institution": "manager"}, "not_now"),
        (Vote(3), {"institution": "quota"}, "not_now"),
    ],
)
def test_a_move_of_another_phase_is_refused_and_told_so(move: Any, params: dict[str, Any], code: str) -> None:
    game = deal("commons", 1, seats=3, vary=0.0, **params)
    table, _ = run(game, Meeting(), [Function(lambda view, ask: Body())] * 3)
    known = World(table.common, table.desks[0].own)
    talking = type(known.common)(
        **{f: getattr(known.common, f) for f in known.common.__struct_fields__} | {"phase": "talk"}
    )
    refusal = game.scenario.refuse(World(talking, known.own), 0, move)
    assert refusal is not None
    assert refusal.code == code


def test_more_than_there_is_is_refused_and_forfeits_to_nothing() -> None:
    table, memory = harvested(lambda seat, round_: 170 if seat == 0 else 1, rounds=6, rate=4.0, capacity=160, start=0.5)
    codes = [a.e.code for line in memory.lines for a in line if type(a.e).__name__ == "Refused"]
    assert set(codes) == {"more_than_there_is"}
    assert table.forfeits == {0}
    assert table.valued is not None
    assert table.valued.utilities == (0.0, 6.0, 6.0)
