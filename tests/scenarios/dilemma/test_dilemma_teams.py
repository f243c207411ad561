"""What scripted players do in dilemmas, and what is claimed of teams of them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from arena.core.events import Body
from arena.moderators.meeting import Meeting
from arena.scenarios.dilemma.terms import Act
from arena.scripting import policies
from tests.meetings import MEETINGS
from tests.playing import Function, run
from tests.teams import card, deal, gain, play, reference

NAMES = policies.names("arena.scenarios.dilemma.policies")
PARAMS: list[dict[str, Any]] = [
    {},
    {"kind": "chicken", "seats": 3, "payoffs": "private", "goals": 2},
    {"kind": "traveller", "seats": 3, "actions": 5, "horizon": "hidden", "rounds": 20},
    {"kind": "sexes", "seats": 4, "talk": False, "alignment": 0.5},
    {"kind": "coordination", "seats": 6},
]
BEATEN = ["prisoner", "public_goods", "stag", "chicken"]


@pytest.mark.parametrize(("kind", "payoffs"), list(product(BEATEN, ["public", "private"])))
def test_planners_reach_the_optimum_and_fictitious_play_does_not(kind: str, payoffs: str) -> None:
    params: dict[str, Any] = {"kind": kind, "payoffs": payoffs, "seats": 3}
    assert gain("dilemma", range(8), "planner", **params) == pytest.approx(1.0)
    assert gain("dilemma", range(8), "all-d", **params) < 0.5


@pytest.mark.sweep
@pytest.mark.parametrize(("kind", "seats"), list(product(BEATEN, (2, 3, 6))))
def test_the_same_over_a_hundred_instances(kind: str, seats: int) -> None:
    assert gain("dilemma", range(100), "planner", kind=kind, seats=seats) == pytest.approx(1.0)
    assert gain("dilemma", range(100), "silent", kind=kind, seats=seats) < 0.6


def moves(names: list[str], **params: Any) -> list[str]:
    """What the first seat does, a letter a round."""
    game = deal("dilemma", 5, rounds=6, **params)
    table, _ = play(game, names)
    fate = table.hidden.fate
    return ["C" if played.actions[0] == fate.cooperate else "D" for played in table.common.played]


def test_each_does_what_its_name_says() -> None:
    assert "".join(moves(["all-c", "all-d"])) == "CCCCCC"
    assert "".join(moves(["all-d", "all-c"])) == "DDDDDD"
    assert "".join(moves(["tit-for-tat", "all-d"])) == "CDDDDD"
    assert "".join(moves(["tit-for-tat", "tit-for-tat"])) == "CCCCCC"
    assert "".join(moves(["grim", "all-d"])) == "CDDDDD"
    assert "".join(moves(["win-stay-lose-shift", "all-d"])) == "CDCDCD"
    assert "".join(moves(["win-stay-lose-shift", "all-c"])) == "CCCCCC"
    assert "".join(moves(["selfish", "all-c"])) == "DDDDDD"


def test_the_measures_of_tit_for_tat_against_one_who_defects() -> None:
    game = deal("dilemma", 5, rounds=6)
    table, lines = play(game, ["tit-for-tat", "all-d"])
    found = card(game, table, lines).group
    assert found["cooperation_rate"] == (1 / 6, 0.0)
    assert found["cooperation"] == pytest.approx(1 / 12)
    assert found["retaliation"][0] == 1.0
    assert found["exploited"][0] == -found["exploited"][1] > 0


@pytest.mark.parametrize(("name", "params"), list(product(NAMES, PARAMS)))
def test_every_policy_is_legal_in_every_dilemma_and_never_beats_the_optimum(name: str, params: dict[str, Any]) -> None:
    for seed in range(2):
        game = deal("dilemma", seed, **params)
        seats = len(game.everyone)
        table, _ = play(game, [name, *["planner", "grim", "tit-for-tat", "saboteur", "selfish"][: seats - 1]])
        assert table.forfeits == frozenset()
        assert table.valued is not None
        assert table.valued.value <= reference(game).hind + 1e-9


@pytest.mark.parametrize("meeting", MEETINGS)
def test_a_team_sits_through_every_meeting(meeting: str) -> None:
    game = deal("dilemma", 2, seats=4, kind="public_goods", payoffs="private", rounds=4)
    table, _ = play(game, ["planner", "silent", "saboteur", "absent"], MEETINGS[meeting])
    assert table.forfeits == frozenset()


def test_one_saboteur_lowers_what_planners_reach() -> None:
    names = ["planner", "planner", "saboteur"]
    for kind in ("prisoner", "stag", "public_goods", "coordination"):
        assert gain("dilemma", range(8), names, kind=kind, seats=3) < 0.9


def test_positional_players_stay_within_chance_where_labels_mean_nothing() -> None:
    """Who always takes the first action cooperates as often as not."""
    games = [deal("dilemma", seed, rounds=1) for seed in range(200)]
    first = Function(lambda view, ask: Body(move=Act(view.known.common.rules.actions[0]) if ask.must else None))
    ends = [run(game, Meeting(), [first, first])[0].valued for game in games]
    reached = sum(end.value for end in ends if end is not None)
    chance = sum(reference(game).floors["random"].value for game in games)
    best = sum(reference(game).best for game in games)
    assert abs(reached - chance) / (best - chance) < 0.25
