"""In worlds whose truth is known: do intervals hold it as often as they say, and do rules go wrong as seldom?

A small sample here; `pytest -m sweep tests/statistics` draws 4,000 of each, `python -m benchmarks.coverage` prints the
tables of docs/statistics.md.
"""

from __future__ import annotations

from math import sqrt

import pytest

from tests.statistics.truths import (
    WORLDS,
    World,
    coverage,
    order_recovered,
    peeked_wrongly,
    seat_found,
    stopped_wrongly,
    told_apart,
)

FEW, MANY = 200, 4000
CONTINUOUS = [world for world in WORLDS if not world.skewed and "share" not in world.name]
SKEWED = [world for world in WORLDS if world.skewed and "exponential" not in world.name]


def name(world: World | int) -> str:
    return world.name if isinstance(world, World) else str(world)


def within(share: float, low: float, high: float, draws: int) -> bool:
    """Whether a share lies in a range, give or take four standard errors of so many draws."""
    slack = 4 * sqrt(0.05 * 0.95 / draws)
    return low - slack <= share <= high + slack


@pytest.mark.parametrize("world", WORLDS, ids=name)
def test_intervals_from_thirty_instances_hold_the_truth(world: World) -> None:
    found = coverage(world, 30, FEW, 7)
    assert within(found, 0.93, 0.97, FEW)


def test_equal_agents_are_seldom_told_apart_by_stopping_early_and_often_by_peeking() -> None:
    assert stopped_wrongly(FEW, 7) <= 0.06
    assert peeked_wrongly(FEW, 7) > 0.2, "it is the sequence that makes the difference"


def test_equal_agents_are_called_equal_and_others_are_told_apart() -> None:
    assert within(told_apart(FEW, 7, 0.0), 0.03, 0.07, FEW)
    assert told_apart(FEW, 7, 0.1) > 0.85


def test_a_planted_seat_effect_is_found_and_none_where_there_is_none() -> None:
    assert seat_found(40, 7, 1.0) > 0.8
    assert seat_found(80, 7, 0.0) < 0.15


def test_a_planted_order_is_recovered() -> None:
    assert order_recovered(50, 7) > 0.95


@pytest.mark.sweep
@pytest.mark.parametrize("k", [5, 20, 100])
@pytest.mark.parametrize("world", CONTINUOUS, ids=name)
def test_of_four_thousand_symmetric_draws_93_to_97_in_a_hundred_hold_the_truth(world: World, k: int) -> None:
    assert 0.93 <= coverage(world, k, MANY, 1) <= 0.97


@pytest.mark.sweep
@pytest.mark.parametrize("k", [30, 100])
@pytest.mark.parametrize("world", SKEWED, ids=name)
def test_of_four_thousand_skewed_draws_93_to_97_in_a_hundred_hold_the_truth(world: World, k: int) -> None:
    assert 0.93 <= coverage(world, k, MANY, 1) <= 0.97


@pytest.mark.sweep
def test_of_four_thousand_runs_of_equal_agents_fewer_than_six_in_a_hundred_stop_wrongly() -> None:
    assert stopped_wrongly(MANY, 1) < 0.06
    assert stopped_wrongly(MANY, 2, instances=60) < 0.06
    assert stopped_wrongly(MANY, 3, instances=1000) < 0.06


@pytest.mark.sweep
def test_of_four_thousand_comparisons_of_equal_agents_five_in_a_hundred_find_a_difference() -> None:
    assert 0.04 < told_apart(MANY, 1, 0.0) < 0.06
    assert 0.03 < seat_found(MANY, 1, 0.0) < 0.07
    assert order_recovered(MANY, 1) > 0.99
