"""What a round of a dilemma does: sealed choices, points, goals, hidden horizons, new payoffs, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from arena.accounts.choices import Choices
from arena.core.draw import Draw
from arena.core.events import Body, Disclosed, Moved, Refused
from arena.core.view import World
from arena.moderators.meeting import Meeting
from arena.scenarios.dilemma.terms import Act, Paid
from arena.scenarios.dilemma.turn import shock
from arena.scoring.group.repeated import repeated
from arena.solutions.stage import Stage
from tests.playing import Function, run
from tests.teams import deal, play, reference, value

NAN = pytest.approx(float("nan"), nan_ok=True)


def test_choices_are_sealed_and_points_are_told_to_their_own() -> None:
    _, lines = play(deal("dilemma", 1, seats=3, rounds=3), "planner")
    moved = [(a.to, a.e.seat) for line in lines for a in line if isinstance(a.e, Moved)]
    paid = [(a.to, a.e.fact.seat) for line in lines for a in line
            if isinstance(a.e, Disclosed) and isinstance(a.e.fact, Paid)]  # fmt: skip
    assert len(moved) == len(paid) == 9
    assert all(to == (seat,) for to, seat in [*moved, *paid])


def test_private_payoffs_are_seen_by_nobody_else() -> None:
    table, _ = play(deal("dilemma", 1, seats=3, payoffs="private", rounds=2), "silent")
    for desk, seat in zip(table.desks, range(3), strict=True):
        assert [sheet.seat for sheet in desk.own.sheets] == [seat]
    assert table.common.sheets == ()


def test_a_hidden_horizon_ends_when_it_was_dealt_to() -> None:
    table, _ = play(deal("dilemma", 4, horizon="hidden", rounds=50, ending=0.2), "planner")
    assert table.closed == "over"
    assert table.round == table.hidden.fate.rounds
    assert table.game.task.rounds is None


def test_a_choice_that_nobody_knows_is_refused_and_one_too_early_is_told_to_wait() -> None:
    game = deal("dilemma", 1, rounds=1)
    first = game.task.rules.actions[0]  # type: ignore[attr-defined]
    table, memory = run(game, Meeting(), [Function(lambda view, ask: Body(move=Act("nothing")))] * 2)
    codes = {a.e.code for line in memory.lines for a in line if isinstance(a.e, Refused)}
    assert table.forfeits == {0, 1}
    assert [p.actions for p in table.common.played] == [(1, 0)], "another action stands in for each"
    assert len(codes) == 2
    assert "not_now" in codes
    assert game.scenario.refuse(World(table.common, table.desks[0].own), 0, Act(first)) is None


@pytest.mark.parametrize("kind", ["sexes", "coordination"])
@pytest.mark.parametrize("seats", [2, 3, 6])
def test_who_sends_nothing_that_can_be_read_meets_nobody_by_it(kind: str, seats: int) -> None:
    game = deal("dilemma", 2, kind=kind, seats=seats, rounds=4)
    table, _ = run(game, Meeting(), [Function(lambda view, ask: "What was the question?")] * seats)
    assert table.forfeits == set(range(seats))
    assert all(len(set(played.actions)) > 1 for played in table.common.played)
    assert value(game, "absent") == 0 == (table.valued.value if table.valued else None)


def test_goals_are_paid_to_their_seats_alone() -> None:
    for seed in range(6):
        table, _ = play(deal("dilemma", seed, goals=2, goal_bonus=100.0), ["all-d", "all-c"])
        assert table.valued is not None
        won = [p - u for p, u in zip(table.valued.payoffs, table.valued.utilities, strict=True)]
        for goal in table.hidden.goals:
            own = [played.actions[goal.seat] for played in table.common.played]
            often = goal.what == "often" and 2 * own.count(table.common.rules.actions.index(goal.action)) >= len(own)
            most = goal.what == "most" and table.valued.utilities[goal.seat] > table.valued.utilities[1 - goal.seat]
            assert won[goal.seat] == (100.0 if often or most else 0.0)


@pytest.mark.parametrize("kind", ["prisoner", "stag", "chicken", "public_goods", "sexes", "coordination"])
@pytest.mark.parametrize("payoffs", ["public", "private"])
def test_new_payoffs_are_of_the_same_game_and_told_as_the_old_ones(kind: str, payoffs: str) -> None:
    game = deal("dilemma", 3, kind=kind, seats=3, payoffs=payoffs, rounds=4)
    table, _ = play(game, "planner")
    told = shock(table.world, Draw.root(1, "shock"))
    assert [fact.to for fact in told] == [(s,) if payoffs == "private" else (0, 1, 2) for s in range(3)]
    common, hidden = table.common, table.hidden
    for fact in told:
        common, hidden = ((game.scenario.evolve(common, fact), hidden) if payoffs == "public"
                          else (common, game.scenario.evolve(hidden, fact)))  # fmt: skip
    before, after = game.scenario.solve(table.world), game.scenario.solve(World(common, hidden))
    assert after.best == before.best, "no round is left in which they would be paid"
    stage = Stage("count", 3, 2, tuple(f.fact.sheet.points for f in told)) if kind in ("prisoner", "stag") else None
    if stage is not None:
        assert stage.best()[1] == (table.hidden.fate.cooperate,) * 3


def test_a_certificate_in_the_middle_holds_what_was_paid_and_the_best_of_what_is_left() -> None:
    game = deal("dilemma", 3, rounds=4)
    table, _ = play(game, "all-d")
    assert table.valued is not None
    assert game.scenario.solve(table.world).best == table.valued.value
    assert reference(game).best > table.valued.value


def test_the_points_of_a_claim_are_basus() -> None:
    """Claims of 100 and 97 with a bonus of 2 come to 95 and 99."""
    stage = Stage("claim", 2, 3, (), (100, 99, 97), 2)
    assert stage.payoffs((0, 2)) == (95.0, 99.0)
    assert stage.payoffs((1, 1)) == (99.0, 99.0)
    assert stage.best() == (200.0, (0, 0))


def test_an_action_is_worth_its_mean_over_what_the_others_choose() -> None:
    stage = Stage("claim", 3, 3, (), (10, 8, 5), 3)
    chances = [[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]]
    for action in range(3):
        by_hand = sum(
            chances[0][b] * chances[1][c] * stage.payoff(0, (action, b, c)) for b in range(3) for c in range(3)
        )
        assert stage.worth(0, action, chances) == pytest.approx(by_hand)


def account(*rounds: str) -> Choices:
    """C cooperates, D defects, E does neither."""
    actions = tuple(tuple("CDE".index(letter) for letter in letters) for letters in rounds)
    return Choices(actions, tuple((1.0, 3.0) for _ in rounds), 0, 1)


def test_retaliation_and_forgiveness_by_hand() -> None:
    found = repeated(account("CD", "DC", "CC", "CD", "CC"))
    assert found["cooperation_rate"] == (4 / 5, 3 / 5)
    assert found["cooperation"] == 7 / 10
    # Seat 1 defected in rounds 1 and 4; seat 0 answered D, then C. Seat 0 defected in round 2; seat 1 answered C.
    assert found["retaliation"] == (1 / 2, 0.0)
    # Seat 1 came back in round 2 (and 5, the last); seat 0 answered C. Seat 0 came back in round 3; seat 1 answered D.
    assert found["forgiveness"] == (1.0, 0.0)
    assert found["exploited"] == (2.0, -2.0)


def test_without_occasion_or_without_declared_actions_there_is_no_rate() -> None:
    peaceful: dict[str, Any] = repeated(account("CC", "CC"))
    assert peaceful["retaliation"] == (NAN, NAN)
    assert peaceful["forgiveness"] == (NAN, NAN)
    undeclared = repeated(Choices(((0, 1), (1, 1)), ((1.0, 1.0),) * 2, None, None))
    assert undeclared["cooperation_rate"] == (NAN, NAN)
    assert undeclared["exploited"] == (0.0, 0.0)
    assert repeated(Choices((), (), 0, 1)) == {}
