"""Recovery, by matches whose course is worked out by hand."""

from __future__ import annotations

from math import isnan
from typing import Any

import pytest

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.game import Game
from arena.core.view import Ask, View
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Noise, Perturbation, Saboteur, Shock
from arena.moderators.playout import certify
from arena.scenarios.commons.params import Params
from arena.scenarios.commons.rules import SCENARIO
from arena.scenarios.commons.terms import Harvest
from arena.scoring.group.recovery import recovery
from arena.scoring.scorecard import scorecard
from tests.playing import Function, run
from tests.secrecy.shown import tables

# Three fishers, a stock of 120 that doubles up to 120, a storm in round 3 that takes half of it.
STORM = (Shock(3),)


def commons(rounds: int = 6) -> Game:
    drawn = Draw.root(0, "open")
    given = Params(seats=3, rounds=rounds)
    return Game(SCENARIO, SCENARIO.deal(given, drawn.at("deal")), drawn, (0, 1, 2))


def takes(*units: int) -> Function:
    """Harvests so much in each round."""

    def answer(view: View, ask: Ask) -> Body[Any, Any]:
        round_ = len(view.known.common.seasons)
        return Body(move=Harvest(units[round_]) if ask.must else None)

    return Function(answer)


def after(*units: int, perturb: tuple[Perturbation, ...] = STORM) -> dict[str, float]:
    table, memory = run(commons(), Meeting(perturb=perturb), [takes(*units)] * 3)
    assert table.closed is not None
    return recovery(table, memory.lines)


def test_the_best_continuation_recovers_all_of_it() -> None:
    """120 landed; 60 stand. Wait a round, then 60, 60 and all 120: 360 in all. Grabbing at once gives 180."""
    found = after(20, 20, 0, 20, 20, 40)
    assert found == pytest.approx(
        {"recovery": 1.0, "recovery_gain": 180, "recovery_room": 180, "struck_in": 3, "rounds_to_90": 4}
    )


def test_grabbing_what_the_storm_left_recovers_nothing() -> None:
    found = after(20, 20, 20, 0, 0, 0)
    assert (found["recovery"], found["recovery_gain"]) == (0, 0)
    assert isnan(found["rounds_to_90"])


def test_what_is_reached_early_is_counted_in_rounds_from_the_storm() -> None:
    """Two rounds are left, 60 stand: wait, then all 120. Of 120 above what was landed, 60 are the floor's."""
    table, memory = run(commons(5), Meeting(perturb=(Shock(4),)), [takes(20, 20, 20, 0, 40)] * 3)
    found = recovery(table, memory.lines)
    assert (found["recovery"], found["recovery_room"], found["rounds_to_90"]) == (1.0, 60.0, 2)


def test_the_last_moment_counts_that_anything_struck() -> None:
    assert after(20, 20, 0, 20, 20, 40, perturb=(Shock(3), Saboteur(0, 5)))["struck_in"] == 5
    assert after(20, 20, 0, 20, 20, 40, perturb=(Shock(3), Saboteur(0, 1)))["struck_in"] == 3


@pytest.mark.parametrize("perturb", [(), (Noise(0.5),)])
def test_where_nothing_struck_at_a_moment_there_is_none(perturb: tuple[Perturbation, ...]) -> None:
    assert after(20, 20, 20, 20, 20, 40, perturb=perturb) == {}


def test_what_strikes_in_the_first_round_is_measured_as_the_whole_match() -> None:
    table, memory = run(commons(), Meeting(perturb=(Saboteur(1),)), [takes(20, 20, 20, 20, 20, 20)] * 3)
    reference = certify(tables(commons(), memory.lines)[1])
    card = scorecard("m", ("a",) * 3, reference, table, memory.lines)
    assert card.group["recovery"] == card.headline["coordination_gain"]
    assert card.per_seat["saboteur"] == (False, True, False)
    assert card.per_seat["payoff"][1] == -card.headline["value"]
