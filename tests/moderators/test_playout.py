from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import mean, stdev
from typing import Any

import pytest

from arena.agents.scripted import Scripted
from arena.core.draw import Draw
from arena.core.events import Addressed, address
from arena.core.game import Game
from arena.core.protocol import Floored
from arena.core.struck import Dropped
from arena.core.table import Table, blank, evolve, fold
from arena.core.view import Chooser, MoveSpec, World
from arena.moderators.agenda import opening
from arena.moderators.meeting import Meeting
from arena.moderators.playout import certify, floor, playout
from arena.scripting.bare import by_lot, silent
from tests.playing import run
from tests.teams import deal, reference
from tests.toy import SCENARIO, Leave, Pledge, Pool, State, pool

DRAW = Draw.root(0, "playouts")
Specs = tuple[MoveSpec, ...]


def generous(known: World[State], seat: int, specs: Specs, rng: Random) -> Pledge:
    return Pledge(known.own.purses[0].coins // 2 * 2)


def by_dice(known: World[State], seat: int, specs: Specs, rng: Random) -> Pledge:
    return Pledge(2 * rng.randint(0, known.own.purses[0].coins // 2))


def opened(game: Game) -> Table:
    return evolve(blank(game), address(opening(blank(game)).events, game.everyone))


def dealt(table: Table) -> list[int]:
    return [purse.coins for purse in table.hidden.purses]


def test_a_playout_comes_out_as_the_match_that_its_profile_plays_without_a_word() -> None:
    game = pool(seats=4, rounds=3)
    played, _ = run(game, Meeting(), [Scripted(silent(generous), DRAW)] * 4)
    assert played.valued is not None
    assert playout(opened(game), generous, Random(0)).value == played.valued.value


def test_it_knows_of_the_others_what_their_own_seat_knows_and_no_more() -> None:
    seen = set[tuple[int, ...]]()

    def look(known: World[State], seat: int, specs: Specs, rng: Random) -> Pledge:
        seen.add((seat, *(purse.seat for purse in known.own.purses), *(p.seat for p in known.common.purses)))
        return Pledge(0)

    playout(opened(pool(seats=3)), look, Random(0))
    assert seen == {(0, 0), (1, 1), (2, 2)}


def test_it_goes_on_from_where_the_match_stands() -> None:
    game = pool(seats=3, rounds=4)
    played, memory = run(game, Meeting(), [Scripted(silent(generous), DRAW)] * 3)
    assert played.valued is not None
    values = {playout(fold(game, memory.lines[:cut]), generous, Random(0)).value for cut in range(1, len(memory.lines))}
    assert values == {played.valued.value}


def test_a_seat_that_has_no_move_where_one_is_owed_makes_the_move_of_a_forfeit() -> None:
    assert playout(opened(pool()), lambda *_: None, Random(0)).value == 0.0


def test_a_seat_that_has_left_is_not_asked_again() -> None:
    asked = list[int]()

    def first_leaves(known: World[State], seat: int, specs: Specs, rng: Random) -> Pledge | Leave:
        asked.append(seat)
        return Leave() if seat == 0 else Pledge(0)

    playout(opened(pool(seats=2, rounds=3)), first_leaves, Random(0))
    assert asked == [0, 1, 1, 1]


def test_a_floor_is_the_mean_of_its_playouts_with_the_standard_error() -> None:
    table = opened(pool())
    values = [playout(table, by_dice, DRAW.of(i)).value for i in range(64)]
    found = floor(table, by_dice, DRAW)
    assert len(set(values)) > 1
    assert found.value == pytest.approx(mean(values))
    assert found.error == pytest.approx(stdev(values) / sqrt(64))


def test_a_profile_that_throws_no_dice_is_played_once() -> None:
    asked = list[int]()

    def counting(known: World[State], seat: int, specs: Specs, rng: Random) -> Pledge:
        asked.append(seat)
        return generous(known, seat, specs, rng)

    found = floor(opened(pool(seats=3, rounds=1)), counting, DRAW)
    assert asked == [0, 1, 2]
    assert found.error == 0.0


def test_a_lot_falls_on_every_legal_kind_of_move_about_as_often() -> None:
    table, lot = opened(pool()), by_lot(Pledge | Leave)
    specs = SCENARIO.moves(table.known(0), 0)
    moves = [lot(table.known(0), 0, specs, Random(i)) for i in range(400)]
    assert 150 < sum(isinstance(move, Leave) for move in moves) < 250
    amounts = {move.amount for move in moves if isinstance(move, Pledge)}
    assert amounts == set(range(dealt(table)[0] + 1))


@dataclass(frozen=True)
class WithFloors(Pool):
    """The toy family, with profiles for its floors."""

    floors: Mapping[str, Chooser]


def test_a_certificate_holds_the_floors_that_are_simulated_beside_those_worked_out() -> None:
    profiles: dict[str, Chooser] = {"generous": generous, "silent": generous}
    game = pool()
    scenario = WithFloors(profiles)
    reference = certify(opened(Game(scenario, game.task, game.draw, game.everyone)))
    coins = [coins // 2 * 2 for coins in dealt(opened(game))]
    assert isinstance(scenario, Floored)
    assert not isinstance(SCENARIO, Floored)
    assert reference.floors["silent"].value == 0.0, "what the scenario works out itself is not simulated"
    assert reference.floors["generous"].value == sum(coins) + 2 * sum(coins)
    assert reference.floors["generous"].error == 0.0


def test_without_profiles_a_certificate_is_what_the_scenario_works_out() -> None:
    table = opened(pool())
    assert certify(table) == SCENARIO.solve(table.world)


def test_the_same_match_has_the_same_certificate() -> None:
    profiles: dict[str, Chooser] = {"random": by_dice}

    def made() -> Any:
        game = pool()
        return certify(opened(Game(WithFloors(profiles), game.task, game.draw, game.everyone)))

    assert made() == made()
    assert made().floors["random"].error > 0


def test_a_floor_whose_playouts_all_came_out_alike_has_an_error_that_covers_the_exact_mean() -> None:
    """Six seats, two actions, one round: by lot all choose alike once in 32 times, and of 64 playouts perhaps none."""
    alike = 0
    for seed in range(40):
        found = reference(deal("dilemma", seed, kind="coordination", seats=6, actions=2, rounds=1))
        silent, exact = found.floors["silent"], found.floors["random"].value
        alike += silent.value == 0
        assert silent.error > 0
        assert silent.value != 0 or exact <= 1.96 * silent.error
    assert alike > 0


def test_where_a_seat_is_silent_what_is_worked_out_is_a_bound_and_what_is_played_out_is_not() -> None:
    game = deal("commons", 0)
    table = evolve(opened(game), (Addressed((), Dropped(1)),))
    found, before = certify(table), certify(opened(game))
    assert (before.how, before.floors["silent"].how, found.how) == ("exact", "", "bound")
    assert (found.floors["silent"].how, found.floors["random"].how) == ("bound", "")
    assert found.floors["silent"].value == before.floors["silent"].value
