"""What a ballot of a committee does: secrets, votes, stakes, goals, corrections, refusals; and what is counted."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any

import pytest
from msgspec.structs import replace

from arena.accounts.pooling import Pooling
from arena.core.draw import Draw
from arena.core.events import Addressed, Body, Claim, Disclosed, Moved, Refused, audience
from arena.core.game import Game
from arena.core.table import Table, blank, evolve, fold
from arena.core.view import Ask, View, World
from arena.moderators.meeting import Meeting
from arena.scenarios.committee.deal import agenda
from arena.scenarios.committee.room import worth
from arena.scenarios.committee.rules import SCENARIO
from arena.scenarios.committee.terms import Ballot, Correction, Goal, Item, Stake, States, Vote
from arena.scoring.group.pooling import pooling
from arena.solutions.pooling import favourites
from tests.meetings import MEETINGS
from tests.playing import Function, Memory, run
from tests.secrecy.shown import at_every_cut, tables
from tests.teams import card, deal, play, team

Option = Callable[[int, int], int | None]  # (seat, round) to the place of an option


def voted(
    option: Option, claims: Callable[[View], tuple[Any, ...]] = lambda view: (), **params: Any
) -> tuple[Table, Memory]:
    """A match in which seats vote so, and make these claims to all in their first turn."""
    game = deal("committee", 1, **params)

    def answer(view: View, ask: Ask) -> Body[object, object]:
        if ask.moves:
            place = option(view.seat, view.known.common.round)
            return Body(move=None if place is None else Vote(view.known.common.rules.options[place]))
        others = tuple(seat for seat in range(len(view.seats)) if seat != view.seat)
        return Body(claims=tuple(Claim(others, fact) for fact in claims(view))) if ask.nth == 0 else Body()

    return run(game, Meeting(), [Function(answer)] * len(game.everyone))


def ballots(table: Table) -> list[Any]:
    options = table.common.rules.options
    return [None if b.chosen is None else options.index(b.chosen) for b in table.common.ballots]


@pytest.mark.parametrize(
    ("voting", "votes", "chosen"),
    [
        ("majority", (0, 0, 0, 1), 0),
        ("majority", (0, 0, 1, 1), None),
        ("majority", (0, 0, None, None), None),
        ("plurality", (2, 2, 1, None), 2),
        ("plurality", (None, None, None, None), None),
        ("unanimity", (3, 3, 3, 3), 3),
        ("unanimity", (3, 3, 3, None), None),
    ],
)
def test_what_is_chosen_by_the_rule(voting: str, votes: tuple[int | None, ...], chosen: int | None) -> None:
    table, _ = voted(lambda seat, round_: votes[seat], voting=voting, ballots=1)
    assert ballots(table) == [chosen]
    assert table.closed == ("deadline" if chosen is None else "decided")
    options = table.common.rules.options
    assert table.common.ballots[0].votes == tuple(None if place is None else options[place] for place in votes)


def test_a_tied_plurality_goes_by_lot_to_one_of_the_tied() -> None:
    def split(view: View, ask: Ask) -> Body[object, object]:
        return Body(move=Vote(view.known.common.rules.options[view.seat % 2]) if ask.moves else None)

    games = [deal("committee", seed, voting="plurality", ballots=1) for seed in range(30)]
    won = [ballots(run(game, Meeting(), [Function(split)] * 4)[0]) for game in games]
    assert {chosen for (chosen,) in won} == {0, 1}


def test_a_vote_of_an_earlier_ballot_does_not_count_again() -> None:
    """Two vote for the first option in ballot 1, and two others in ballot 2: neither is a majority."""
    table, _ = voted(lambda seat, round_: 0 if (seat < 2) == (round_ == 1) else None, ballots=2)
    assert ballots(table) == [None, None]


def test_the_chair_alone_is_asked_for_a_vote() -> None:
    table, memory = voted(lambda seat, round_: 2, voting="chair")
    moved = [a.e.seat for line in memory.lines for a in line if isinstance(a.e, Moved)]
    assert moved == [table.common.rules.chair]
    assert ballots(table) == [2]


def test_votes_are_sealed_until_all_are_in() -> None:
    _, memory = voted(lambda seat, round_: 0)
    sealed = [(a.to, a.e.seat) for line in memory.lines for a in line if isinstance(a.e, Moved)]
    assert sealed == [((seat,), seat) for seat in range(4)]
    told = [a.to for line in memory.lines for a in line if isinstance(a.e, Disclosed) and isinstance(a.e.fact, Ballot)]
    assert told == [(0, 1, 2, 3)]


def test_all_have_the_same_value_and_a_stake_is_its_seats_alone() -> None:
    table, _ = voted(lambda seat, round_: 0, stakes=4, stake=30.0)
    assert table.valued is not None
    value = table.valued.value
    first = table.common.rules.options[0]
    staked = [value + 30 * (stake.option == first) for stake in table.hidden.stakes]
    assert list(table.valued.utilities) == staked


def test_goals_are_paid_and_payoffs_are_mixed_with_the_value() -> None:
    task: Any = deal("committee", 1, alignment=0.25).task
    first, second = task.rules.options[:2]
    goals = (Goal(0, "block", 8.0, first), Goal(1, "block", 8.0, second), Goal(2, "side", 8.0), Goal(3, "side", 8.0))
    game = Game(SCENARIO, replace(task, goals=goals, stakes=(Stake(0, first, 4.0),)), Draw.root(0, ""), (0, 1, 2, 3))
    vote = Function(lambda view, ask: Body(move=Vote(second if view.seat == 3 else first) if ask.moves else None))
    table, _ = run(game, Meeting(), [vote] * 4)
    assert table.valued is not None
    value = table.valued.value
    own = (value + 4, value + 8, value + 8, value)  # seat 0 has its stake, 1 has blocked, 2 was on the side that won
    assert table.valued.payoffs == pytest.approx([0.25 * value + 0.75 * each for each in own])


@pytest.mark.parametrize("seed", range(6))
def test_a_correction_makes_another_option_the_best_and_is_told_to_those_who_knew(seed: int) -> None:
    game = deal("committee", seed)
    opened = tables(game, play(game, "planner")[1][:1])[-1]
    after, found = opened, SCENARIO.shock(opened.world, Draw.root(seed, "shock"))
    for told in found:
        item: Item = told.fact.item
        assert told.to == tuple(s.seat for s in opened.hidden.sheets if item.number in {i.number for i in s.items})
        assert best(after.world) == best(opened.world), "no more is corrected than it takes"
        after = evolve(after, (Addressed(audience(told, game.everyone), told),))
    assert len({told.fact.item.number for told in found}) == len(found) > 0
    assert not best(after.world) & best(opened.world)
    now = SCENARIO.solve(after.world)
    assert now.floors["silent"].value <= now.best
    table, _ = run(game, Meeting(), team("committee", ["planner"] * 4), table=after)
    assert table.valued is not None
    assert table.valued.value == now.best, "planners take it in"


def best(world: Any) -> set[int]:
    return set(favourites(worth(world, world.common.rules)))


def test_one_fact_is_corrected_where_one_can_turn_it_and_several_where_not() -> None:
    counts = set[int]()
    for seed in range(12):
        game = deal("committee", seed)
        counts.add(len(SCENARIO.shock(tables(game, play(game, "planner")[1][:1])[-1].world, Draw.root(seed, "shock"))))
    assert min(counts) == 1 < max(counts)


def test_a_fact_that_all_know_is_corrected_for_all() -> None:
    game = deal("committee", 0)
    opened = tables(game, play(game, "planner")[1][:1])[-1]
    for seed in range(40):
        (told,) = SCENARIO.shock(opened.world, Draw.root(seed, "shock"))
        if len(told.to) == 4:
            after = evolve(opened, (Addressed(audience(told, game.everyone), told),))
            assert not best(after.world) & best(opened.world)
            return
    raise AssertionError("no shared fact was ever corrected")


def test_refusals_say_what_to_do() -> None:
    game = deal("committee", 1, voting="chair", talk=1, ballots=1)
    chair = game.task.rules.chair  # type: ignore[attr-defined]
    eager = Function(lambda view, ask: Body(move=Vote(view.known.common.rules.options[0])))
    _, memory = run(game, Meeting(refusals=0), [eager] * 4)
    refused = {(a.e.seat, a.e.code) for line in memory.lines for a in line if type(a.e).__name__ == "Forfeited"}
    assert refused == {(chair, "not_now"), *((seat, "no_vote") for seat in range(4) if seat != chair)}
    known = World(blank(game).common, blank(game).common)
    assert SCENARIO.refuse(known, 0, Vote("nothing")) is None


def test_a_vote_for_what_is_no_option_is_refused_and_in_the_end_not_cast() -> None:
    game = deal("committee", 1, talk=0, ballots=1)
    table, memory = run(game, Meeting(), [Function(lambda view, ask: Body(move=Vote("nothing")))] * 4)
    assert {a.e.code for line in memory.lines for a in line if isinstance(a.e, Refused)} != set()
    assert table.forfeits == {0, 1, 2, 3}
    assert table.common.ballots[0].votes == (None,) * 4


@pytest.mark.parametrize("meeting", ["whispers", "board", "simultaneous"])
def test_a_secret_is_shown_to_nobody_else_at_any_cut(meeting: str) -> None:
    meeting = f"{meeting} channel" if meeting == "whispers" else meeting
    game = deal("committee", 3, stakes=2, goals=2, talk=1, ballots=1)
    task: Any = game.task
    secrets = [(s.seat, s.canary) for s in (*task.sheets, *task.stakes, *task.goals)]
    _, memory = run(game, MEETINGS[meeting], team("committee", ["planner", "selfish", "hoarder", "saboteur"]))
    cuts = tables(game, memory.lines)
    for seat in range(4):
        shown = at_every_cut(cuts, MEETINGS[meeting], seat)
        everything = b"\n".join(part for now in shown for part in (now.events, now.known, now.ask, now.prompt)).decode()
        assert [owner for owner, mark in secrets if mark in everything] == [own for own, _ in secrets if own == seat]


def test_playing_on_from_every_line_gives_the_same_lines() -> None:
    names = ["sharer", "follower", "saboteur", "silent"]
    game = deal("committee", 2, voting="unanimity", stakes=1, goals=1)
    _, memory = run(game, MEETINGS["random"], team("committee", names))
    for cut in range(len(memory.lines) + 1):
        again = Memory(memory.lines[:cut])
        run(game, MEETINGS["random"], team("committee", names), fold(game, memory.lines[:cut]), again)
        assert again.lines == memory.lines, f"cut after line {cut}"


def account(claims: Callable[[View], tuple[Any, ...]]) -> tuple[Pooling, Any]:
    table, _ = voted(lambda seat, round_: 0, claims)
    (found,) = SCENARIO.accounts(table.world)
    return found, table.game.task


def lie(view: View) -> tuple[Any, ...]:
    """The first seat says of all its facts that they speak for the first option, as strongly as can be."""
    rules = view.known.common.rules
    items = view.known.own.sheets[0].items
    return tuple(States(i.number, rules.options[0], rules.largest) for i in items) if view.seat == 0 else ()


def truth(view: View) -> tuple[Any, ...]:
    return tuple(States(item.number, item.option, item.amount) for item in view.known.own.sheets[0].items)


def test_what_is_told_as_it_is_counts_and_is_no_lie() -> None:
    found, task = account(truth)
    assert found.stated == found.decisive
    assert found.told == (len(task.sheets[0].items),) * 4
    assert found.untrue == found.material == (0, 0, 0, 0)
    assert pooling(found)["pooling"] == 1.0


def test_what_is_told_falsely_is_counted_where_it_is_told_and_mattered_where_a_mind_was_changed() -> None:
    found, task = account(lie)
    items = task.sheets[0].items
    first, most = task.rules.options[0], task.rules.largest
    false = sum((item.option, item.amount) != (first, most) for item in items)
    assert found.untrue == (false, 0, 0, 0)
    assert found.material == (false, 0, 0, 0), "together they turned every head"
    assert found.stated == ()


def test_decisive_facts_speak_for_the_best_or_against_the_decoy_and_are_known_to_one() -> None:
    found, task = account(lambda view: ())
    every = {item.number: item for sheet in task.sheets for item in sheet.items}
    options = task.rules.options
    values = [sum(i.amount for i in every.values() if i.option == option) for option in options]
    own = [sum(i.amount for i in task.sheets[0].items if i.option == option) for option in options]
    best, decoy = options[values.index(max(values))], options[own.index(max(own))]
    alone = [n for n in every if sum(n in {i.number for i in sheet.items} for sheet in task.sheets) == 1]
    by_hand = [n for n in sorted(alone) if (every[n].option, every[n].amount > 0) in ((best, True), (decoy, False))]
    assert list(found.decisive) == by_hand
    assert (found.stated, found.hidden, found.full) == ((), 0.0, 1.0)


def test_a_claim_made_before_a_correction_is_no_lie() -> None:
    game = deal("committee", 0)
    _, lines = play(game, "planner")
    talked = tables(game, lines[:12])[-1]
    (told,) = SCENARIO.shock(talked.world, Draw.root(1, "shock"))
    after = evolve(talked, (Addressed(audience(told, game.everyone), told),))
    (found,) = SCENARIO.accounts(after.world)
    assert sum(found.told) > 0
    assert found.untrue == (0, 0, 0, 0)


def test_a_fact_told_as_it_was_before_a_correction_is_not_pooled_as_it_is() -> None:
    game = deal("committee", 0)
    opened = fold(game, play(game, "silent")[1][:1])
    (before,) = SCENARIO.accounts(opened.world)
    facts = {item.number: (sheet.seat, item) for sheet in game.task.sheets for item in sheet.items}  # type: ignore[attr-defined]
    number = before.decisive[0]
    seat, item = facts[number]
    wrong = replace(item, amount=item.amount + (1 if item.amount not in (-1, 10) else -1))
    others = tuple(each for each in game.everyone if each != seat)
    correction = Disclosed(Correction(wrong), (seat,))

    def told(amount: int) -> Disclosed[Any]:
        return Disclosed(States(number, item.option, amount), others, by=seat)

    found = {}
    for amount in (item.amount, wrong.amount):
        line = tuple(Addressed(audience(e, game.everyone), e) for e in (told(amount), correction))
        (found[amount],) = SCENARIO.accounts(evolve(opened, line).world)
    assert number in found[item.amount].decisive
    assert found[item.amount].stated == ()
    assert found[wrong.amount].stated == (number,)
    assert found[item.amount].untrue == found[wrong.amount].untrue == (0, 0, 0, 0)


def test_the_measures_by_hand() -> None:
    found = pooling(Pooling((2, 5, 7, 8), (5, 8), True, 0.25, 1.0, (3, 0), (1, 0), (1, 0)))
    assert (found["pooling"], found["accuracy"], found["pooling_gain"]) == (0.5, 1.0, 1.0)
    assert (found["facts_stated"], found["false_disclosures"], found["materially_false"]) == ((3, 0), (1, 0), (1, 0))
    assert pooling(Pooling((1,), (), False, 0.25, 1.0, (0,), (0,), (0,)))["pooling_gain"] == pytest.approx(-1 / 3)
    nothing = pooling(Pooling((), (), True, 1.0, 1.0, (0,), (0,), (0,)))
    assert isnan(nothing["pooling"])
    assert isnan(nothing["pooling_gain"])


def test_without_talk_a_round_is_a_ballot() -> None:
    assert [phase.name for phase in agenda(0)] == ["vote"]
    assert [(phase.name, phase.times) for phase in agenda(3)] == [("talk", 3), ("vote", 1)]
    game = deal("committee", 0, talk=0)
    table, lines = play(game, "planner")
    assert card(game, table, lines).group["pooling"] == 0.0
    assert table.valued is not None
    assert table.valued.value == SCENARIO.solve(fold(game, lines[:1]).world).floors["silent"].value
