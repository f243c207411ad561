from math import isnan

import msgspec
import pytest

from arena.core.draw import Draw
from arena.core.events import Body, Halted, address
from arena.core.game import Game
from arena.core.table import blank, evolve, fold
from arena.core.task import Estimate, Reference
from arena.core.view import Ask, View
from arena.moderators.meeting import Meeting
from arena.scenarios.bargain.games import task
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Accept, Propose, Reject, WalkAway
from arena.scoring.scorecard import Scorecard, scorecard
from tests.playing import Function, Memory, run
from tests.talkers import chatty
from tests.toy import Pledge, Pool, pool

PIE = {
    "name": "pie",
    "issues": {"Pie": ["all to A", "even", "all to B"]},
    "parties": {
        "A": {"threshold": 0, "points": {"Pie": [10, 5, 0]}},
        "B": {"threshold": 2, "points": {"Pie": [0, 5, 10]}},
    },
    "acceptance": "unanimous",
    "rounds": 3,
}


def pie() -> Game:
    draw = Draw.root(0, "")
    return Game(SCENARIO, task(PIE, draw), draw, (0, 1))


def script(*moves: object) -> Function:
    """Makes these moves, one a turn, and then passes."""

    def answer(view: View, ask: Ask) -> Body[object, object]:
        return Body(move=moves[ask.nth]) if ask.nth < len(moves) else Body()

    return Function(answer)


def card(first: Function, second: Function) -> Scorecard:
    game = pie()
    table, memory = run(game, Meeting(), [first, second])
    opened = fold(game, memory.lines[:1])
    return scorecard("m", ("x", "y"), SCENARIO.solve(opened.world), table, memory.lines)


def test_a_deal_is_scored_against_the_exact_optimum() -> None:
    found = card(script(Propose(("even",))), script(Accept(1)))
    assert (found.status, found.void) == ("agreed", None)
    assert found.headline["value"] == 8.0
    assert found.headline["optimum"] == 8.0
    assert found.headline["coordination_gain"] == 1.0
    assert found.per_seat["gain"] == (5.0, 3.0)
    assert found.per_seat["surplus_share"] == (5 / 8, 3 / 8)
    assert found.agreement["individually_rational"] is True
    assert found.agreement["pareto_efficiency"] == 1.0
    assert found.agreement["welfare_ratio"] == 1.0
    assert (found.agreement["loss_choice"], found.agreement["loss_delay"], found.agreement["loss_deadlock"]) == (
        0,
        0,
        0,
    )


def test_a_deal_that_leaves_a_seat_worse_off_than_walking_away_is_reported_for_that_seat() -> None:
    found = card(script(Propose(("all to A",))), script(Accept(1)))
    assert found.status == "agreed"
    assert found.per_seat["individually_rational"] == (True, False)
    assert found.per_seat["gain"] == (10.0, -2.0)
    assert found.agreement["quality_gate"] == 0.0
    assert found.agreement["pareto_efficiency"] == 0.0
    assert found.headline["value"] == 0.0, "the surplus of a deal outside A is not the group's to claim"


@pytest.mark.parametrize(
    ("first", "second", "closed"),
    [
        (script(), script(), "deadline"),
        (script(WalkAway()), script(), "walked away"),
        (script(Propose(("even",))), script(Reject(1)), "deadline"),
    ],
)
def test_a_missed_deal_is_a_no_deal_with_its_whole_loss_in_the_deadlock(
    first: Function, second: Function, closed: str
) -> None:
    found = card(first, second)
    assert (found.status, found.headline["closed"]) == ("no_deal_missed", closed)
    assert found.agreement["loss_deadlock"] == 8.0
    assert found.headline["coordination_gain"] == 0.0
    assert isnan(found.per_seat["surplus_share"][0])


def test_a_match_that_was_cut_short_is_void_and_has_no_score_at_all() -> None:
    game = pie()
    _, memory = run(game, Meeting(), [script(), script()])
    reference = Reference(8.0, 8.0, {"silent": Estimate(0.0)}, "silent", "exact")
    for cut in range(len(memory.lines)):
        found = scorecard("m", ("x", "y"), reference, fold(game, memory.lines[:cut]), memory.lines[:cut])
        assert found.status == "void"
        assert found.void == "the match was not played to its end"
        assert (found.headline, found.agreement, found.per_seat) == ({}, {}, {})


def test_a_halted_match_is_void_for_its_reason() -> None:
    game = pie()
    line = address((Halted("the endpoint is down"),), game.everyone)
    reference = Reference(8.0, 8.0, {"silent": Estimate(0.0)}, "silent", "exact")
    found = scorecard("m", ("x", "y"), reference, evolve(blank(game), line), [line])
    assert (found.status, found.void, found.agreement) == ("void", "the endpoint is down", {})


def test_a_family_without_agreements_is_scored_by_its_value_alone() -> None:
    game = pool()
    memory = Memory()
    table, _ = run(game, Meeting(), [Function(chatty) for _ in range(3)], memory=memory)
    found = scorecard("m", ("a", "b", "c"), game.scenario.solve(table.world), table, memory.lines)
    assert (found.status, found.agreement) == ("completed", {})
    assert found.headline["coordination_gain"] == found.headline["value"] / 30


def test_a_scorecard_goes_to_json_with_null_for_what_is_not_defined() -> None:
    found = msgspec.json.decode(msgspec.json.encode(card(script(), script())))
    assert found["per_seat"]["surplus_share"] == [None, None]


def test_a_gain_is_not_defined_where_the_optimum_does_not_lie_above_the_floor() -> None:
    game = pie()
    table, memory = run(game, Meeting(), [script(Propose(("even",))), script(Accept(1))])
    for best in (-31.0, 0.0, 1e-12):
        reference = Reference(best, 8.0, {"silent": Estimate(0.0)}, "silent", "exact")
        found = scorecard("m", ("x", "y"), reference, table, memory.lines)
        assert isnan(found.headline["coordination_gain"])


def test_a_bargain_gives_no_account_of_team_work() -> None:
    assert card(script(Propose(("even",))), script(Accept(1))).group == {}


def test_a_team_that_gives_an_account_is_measured_against_every_floor() -> None:
    class Team(Pool):
        def accounts(self, w: object) -> tuple[object, ...]:
            return ()

    dealt = pool()
    game = Game(Team(), dealt.task, dealt.draw, dealt.everyone)
    table, memory = run(game, Meeting(), [Function(lambda view, ask: Body(move=Pledge(2) if ask.moves else None))] * 3)
    reference = Reference(30.0, 30.0, {"silent": Estimate(0.0), "random": Estimate(10.0, 1.0)}, "silent", "exact")
    found = scorecard("pool", ("a", "b", "c"), reference, table, memory.lines).group
    value = table.valued.value if table.valued is not None else 0.0
    assert value > 0
    assert found["gain_over_random"] == pytest.approx((value - 10) / 20)
    assert found["price_of_miscoordination"] == pytest.approx((30 - value) / 30)
