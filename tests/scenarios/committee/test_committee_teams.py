"""What is claimed of scripted committees: who shares finds the best option, who hoards the decoy; stakes make liars."""

from __future__ import annotations

from itertools import product
from statistics import fmean, stdev
from typing import Any

import pytest

from arena.core.draw import Draw
from arena.core.events import Body, Claim
from arena.core.view import Ask, View
from arena.scenarios.committee.terms import Fact, Move
from arena.scripting import policies
from arena.scripting.lots import any_move
from tests.meetings import MEETINGS
from tests.playing import Function, run
from tests.teams import card, deal, gain, play, reference, team, value

NAMES = policies.names("arena.scenarios.committee.policies")
PARAMS: list[dict[str, Any]] = [
    {},
    {"seats": 3, "options": 3, "voting": "unanimity", "stakes": 2, "goals": 3},
    {"seats": 6, "options": 5, "voting": "chair", "talk": 1, "stakes": 6, "alignment": 0.5},
    {"voting": "plurality", "talk": 0, "ballots": 1},
]
SAMPLE = range(12)
VOTING = ["plurality", "majority", "unanimity", "chair"]


@pytest.mark.parametrize("voting", VOTING)
def test_those_who_share_find_the_best_and_those_who_hoard_the_decoy(voting: str) -> None:
    assert gain("committee", SAMPLE, "sharer", voting=voting) == pytest.approx(1.0)
    assert gain("committee", SAMPLE, "planner", voting=voting) == pytest.approx(1.0)
    assert gain("committee", SAMPLE, "hoarder", voting=voting) == 0.0
    assert gain("committee", SAMPLE, "follower", voting=voting) == 0.0


def test_the_selfish_share_unless_they_have_a_stake() -> None:
    assert gain("committee", SAMPLE, "selfish") == pytest.approx(1.0)
    assert gain("committee", SAMPLE, "selfish", stakes=4) < 0.5
    assert gain("committee", SAMPLE, "sharer", stakes=4) == pytest.approx(1.0)
    assert gain("committee", SAMPLE, "selfish", stakes=4, alignment=1.0) == pytest.approx(1.0)


def apart(better: str, worse: str, **params: Any) -> tuple[float, float]:
    """The mean difference in value over 100 instances, in units of V* - F, and the half width of its 95% interval."""
    games = [deal("committee", seed, **params) for seed in range(100)]
    room = [reference(game).best - reference(game).floors["silent"].value for game in games]
    gaps = [(value(game, better) - value(game, worse)) / each for game, each in zip(games, room, strict=True)]
    return fmean(gaps), 1.984 * stdev(gaps) / len(gaps) ** 0.5


@pytest.mark.sweep
@pytest.mark.parametrize("voting", VOTING)
def test_known_groups_over_a_hundred_instances(voting: str) -> None:
    mean, half = apart("sharer", "hoarder", voting=voting)
    assert mean - half > 0.9
    mean, half = apart("sharer", "selfish", voting=voting, stakes=4)
    assert mean - half > 0.2
    assert apart("sharer", "selfish", voting=voting) == (0.0, 0.0)


def test_one_saboteur_lowers_the_gain_where_its_vote_is_needed() -> None:
    names = ["planner", "planner", "planner", "saboteur"]
    assert gain("committee", SAMPLE, names, voting="unanimity") < 0.0
    assert gain("committee", SAMPLE, names, voting="majority") < 0.9


def test_two_who_share_are_not_enough_where_the_others_listen_to_nobody() -> None:
    assert gain("committee", SAMPLE, ["sharer", "sharer", "hoarder", "hoarder"]) < 0.8
    assert gain("committee", SAMPLE, ["sharer", "sharer", "sharer", "hoarder"]) > 0.8


def test_the_follower_votes_with_those_who_speak() -> None:
    for seed in SAMPLE:
        table, _ = play(deal("committee", seed), ["planner", "planner", "planner", "follower"])
        assert len(set(table.common.ballots[-1].votes)) == 1


def test_a_liar_is_caught_by_rule() -> None:
    found = []
    for seed in SAMPLE:
        game = deal("committee", seed)
        table, lines = play(game, ["saboteur", "planner", "planner", "planner"])
        group = card(game, table, lines).group
        assert group["false_disclosures"] == (len(table.hidden.sheets[0].items), 0, 0, 0)
        assert group["pooling"] < 1.0
        found.append(group["materially_false"][0])
    assert sum(found) > 0


@pytest.mark.parametrize(("name", "params"), list(product(NAMES, PARAMS)))
def test_every_policy_is_legal_in_every_committee_and_never_beats_hindsight(name: str, params: dict[str, Any]) -> None:
    for seed in range(2):
        game = deal("committee", seed, **params)
        names = [name, *["planner", "saboteur", "selfish", "follower", "sharer"][: len(game.everyone) - 1]]
        table, lines = play(game, names)
        assert table.forfeits == frozenset(), [a.e for line in lines for a in line if type(a.e).__name__ == "Refused"]
        assert table.valued is not None
        assert table.valued.value <= reference(game).hind + 1e-9


@pytest.mark.parametrize("meeting", MEETINGS)
def test_a_team_sits_through_every_meeting(meeting: str) -> None:
    game = deal("committee", 2, ballots=3, voting="unanimity")
    table, _ = play(game, ["planner", "selfish", "saboteur", "absent"], MEETINGS[meeting])
    assert table.forfeits == frozenset()


@pytest.mark.parametrize("name", NAMES)
def test_claims_without_sense_lead_nobody_to_an_illegal_move(name: str) -> None:
    """The others claim anything about any fact, in public and in whispers."""

    def babble(view: View, ask: Ask) -> Body[Any, Any]:
        rng = Draw.root(7, "babble").of(view.seat, ask.nth)
        if ask.moves:
            return Body(move=any_move(ask.moves, Move, rng))
        to = tuple(rng.sample(ask.reach.to, rng.randint(1, len(ask.reach.to))))
        return Body(claims=tuple(Claim(to, any_move([rng.choice(ask.claims)], Fact, rng)) for _ in range(9)))

    for seed in range(3):
        game = deal("committee", seed, stakes=4, goals=4)
        seated = [*team("committee", [name]), *[Function(babble) for _ in range(3)]]
        table, memory = run(game, MEETINGS["round robin"], seated)
        assert table.forfeits == frozenset()
        assert sum(card(game, table, memory.lines).group["facts_stated"]) > 0


def test_facts_are_passed_on_where_not_everyone_hears_them() -> None:
    """In a chain each hears only its neighbours; with enough turns everything reaches everyone."""
    chain = MEETINGS["chain channel"]
    assert all(value(deal("committee", seed, talk=4), "planner", chain) == reference(deal("committee", seed)).best
               for seed in range(6))  # fmt: skip
