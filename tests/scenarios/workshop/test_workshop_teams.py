"""What scripted workers do in workshops, and what is claimed of teams of them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from msgspec.json import encode

from arena.agents.scripted import Scripted
from arena.core.draw import Draw
from arena.core.table import fold
from arena.moderators.meeting import Meeting
from arena.scenarios.workshop.terms import Idle, Take, Work
from arena.scripting import policies
from arena.scripting.bare import silent
from tests.meetings import MEETINGS
from tests.playing import Memory, run
from tests.teams import card, deal, gain, play, reference, team, value

NAMES = policies.names("arena.scenarios.workshop.policies")
PARAMS: list[dict[str, Any]] = [
    {"tasks": 10},
    {"seats": 2, "tasks": 8, "kinds": 3, "pay": 0.5, "goals": 2},
    {"seats": 6, "tasks": 14, "kinds": 5, "alone": "one", "alignment": 0.5},
]
SAMPLE = range(8)


def assert_claims(seeds: range, margin: float) -> None:
    """Planners reach the optimum; those who only announce and claim do not, and beat silence; so does who goes by what
    matters most, by less."""
    assert gain("workshop", seeds, "planner") == pytest.approx(1.0)
    assert 0.5 - margin < gain("workshop", seeds, "claimer") < 0.8 + margin
    assert gain("workshop", seeds, "duplicator") < gain("workshop", seeds, "uncoordinated")


def test_planners_reach_the_optimum_and_announcing_alone_does_not() -> None:
    assert_claims(SAMPLE, margin=0.2)


@pytest.mark.sweep
def test_the_same_over_a_hundred_instances() -> None:
    assert_claims(range(100), margin=0.05)


@pytest.mark.parametrize("params", [{"seats": 2, "tasks": 8, "kinds": 3}, {"seats": 7, "tasks": 20, "kinds": 6}])
def test_planners_reach_it_in_other_sizes(params: dict[str, Any]) -> None:
    assert gain("workshop", range(2), "planner", **params) == pytest.approx(1.0)


def test_one_saboteur_among_planners_lowers_the_gain() -> None:
    assert gain("workshop", SAMPLE, ["planner"] * 3 + ["saboteur"]) < 0


def test_who_works_on_what_others_have_in_hand_is_seen_in_the_redundancy() -> None:
    game = deal("workshop", 1)
    alike, doubled = (card(game, *play(game, names)).group for names in ("planner", ["planner"] * 3 + ["duplicator"]))
    assert alike["redundancy"] == alike["conflicts"] == 0
    assert doubled["redundancy"] > 0.05


def at(place: int) -> Any:
    """A policy that always takes up the first (0) or the last (-1) task in its list."""

    def choose(known: Any, seat: int, specs: Any, rng: Any) -> Any:
        legal = {spec.kind: spec for spec in specs}
        if "take" in legal:
            return Take(legal["take"].fields[0].options[place])
        return Work() if "work" in legal else Idle()

    return silent(choose)


def assert_positional(seeds: range, margin: float) -> None:
    for place in (0, -1):
        total = room = 0.0
        for seed in seeds:
            game, found = deal("workshop", seed), reference(deal("workshop", seed))
            table, _ = run(game, Meeting(), [Scripted(at(place), Draw.root(0, "p"))] * 4)
            assert table.valued is not None
            total += table.valued.value - found.floors["silent"].value
            room += found.best - found.floors["silent"].value
        assert total / room < margin


def test_who_goes_by_places_does_no_better_than_silence() -> None:
    assert_positional(range(12), 0.25)


@pytest.mark.sweep
def test_who_goes_by_places_does_no_better_than_silence_over_five_hundred() -> None:
    assert_positional(range(500), 0.05)


@pytest.mark.parametrize(("name", "params"), list(product(NAMES, PARAMS)))
def test_every_policy_is_legal_in_every_workshop_and_never_beats_hindsight(name: str, params: dict[str, Any]) -> None:
    game = deal("workshop", 0, **params)
    others = ["planner", "duplicator", "claimer", "saboteur", "selfish"]
    table, lines = play(game, [name, *others[: len(game.everyone) - 1]])
    assert table.forfeits == frozenset(), [a.e for line in lines for a in line if type(a.e).__name__ == "Refused"]
    assert table.valued is not None
    assert table.valued.value <= reference(game).hind


@pytest.mark.parametrize("meeting", MEETINGS)
def test_a_team_sits_through_every_meeting(meeting: str) -> None:
    game = deal("workshop", 2, tasks=10)
    for names in (["planner", "silent", "claimer", "duplicator"], ["planner", "random", "saboteur", "planner"]):
        table, _ = play(game, names, MEETINGS[meeting])
        assert table.forfeits == frozenset()


def test_planners_who_cannot_talk_still_come_to_an_end() -> None:
    for seed in range(3):
        game = deal("workshop", seed)
        assert value(game, "planner", MEETINGS["silent channel"]) > -game.task.rounds  # type: ignore[operator]


def test_playing_on_from_every_line_gives_the_same_lines() -> None:
    game, names = deal("workshop", 4, tasks=10), ["planner", "claimer", "duplicator", "silent"]
    whole = play(game, names)[1]
    for cut in range(1, len(whole) + 1, 8):
        table, memory = run(game, Meeting(), team("workshop", names), fold(game, whole[:cut]), Memory(whole[:cut]))
        assert table.closed is not None
        assert encode(memory.lines) == encode(whole), f"cut after line {cut}"


def test_no_seat_ever_sees_the_mark_or_the_skills_of_another() -> None:
    game = deal("workshop", 5, goals=2)
    table, _ = play(game, ["silent", "duplicator", "selfish", "uncoordinated"])
    secrets: Any = game.task
    for seat, desk in enumerate(table.desks):
        seen = encode([desk.seen[: desk.size], table.common, desk.own]).decode()
        others = [s.canary for s in (*secrets.sheets, *secrets.goals) if s.seat != seat]
        assert [sheet.seat for sheet in desk.own.sheets] == [seat]
        assert not [mark for mark in others if mark in seen]


def silent_gain(seeds: range) -> float:
    """The gain of silent seats, with other dice in every match: the same would coordinate them across all."""
    games = [deal("workshop", seed) for seed in seeds]
    total = room = 0.0
    for seed, game in zip(seeds, games, strict=True):
        table, _ = run(game, Meeting(), team("workshop", ["silent"] * 4, dice=seed))
        assert table.valued is not None
        total += table.valued.value - reference(game).floors["silent"].value
        room += reference(game).best - reference(game).floors["silent"].value
    return total / room


def test_the_certificates_floor_is_what_silent_seats_come_to() -> None:
    assert abs(silent_gain(range(20))) < 0.3


@pytest.mark.sweep
def test_the_certificates_floor_is_what_silent_seats_come_to_over_three_hundred() -> None:
    assert abs(silent_gain(range(300))) < 0.08
