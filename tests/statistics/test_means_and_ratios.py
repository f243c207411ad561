"""Means, ratios of sums, and one figure over several: against values worked out elsewhere."""

from __future__ import annotations

from math import isnan, nan, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from arena.statistics.estimate import Estimate, student
from arena.statistics.families import across
from arena.statistics.means import mean
from arena.statistics.points import Point
from arena.statistics.ratios import ratio

VALUES = [3.0, 5.0, 4.0, 9.0, 1.0]


def alone(values: list[float]) -> list[Point]:
    """One match an instance."""
    return [Point(f"i{n}", ("t", "0"), value) for n, value in enumerate(values)]


def test_a_mean_of_single_matches_is_the_t_interval_of_the_textbook() -> None:
    found = mean(alone(VALUES))
    low, high = stats.t.interval(0.95, 4, np.mean(VALUES), stats.sem(VALUES))
    assert found.value == pytest.approx(4.4)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert (found.n, found.instances, found.few) == (5, 5, True)


def test_matches_of_an_instance_count_as_one() -> None:
    doubled = [Point(p.instance, p.cell, p.value) for p in alone(VALUES) for _ in range(4)]
    once, often = mean(alone(VALUES)), mean(doubled)
    assert (often.value, often.low, often.high) == (once.value, once.low, once.high)
    assert (often.n, often.instances) == (20, 5)


def test_a_condition_that_was_played_more_often_weighs_no_more() -> None:
    points = [Point("i", ("r0",), 1.0), Point("i", ("r0",), 1.0), Point("i", ("r0",), 1.0), Point("i", ("r1",), 0.0)]
    assert mean(points).value == 0.5
    nested = [Point("i", ("team", "r0"), 1.0), Point("i", ("team", "r1"), 0.0), Point("i", ("other", "r0"), 1.0)]
    assert mean(nested).value == 0.75


def test_what_is_not_defined_is_in_no_mean() -> None:
    found = mean([*alone(VALUES), Point("void", ("t", "0"), nan)])
    assert found == mean(alone(VALUES))
    empty = mean([Point("void", (), nan)])
    assert (empty.n, empty.instances, isnan(empty.value), isnan(empty.low)) == (0, 0, True, True)


def test_one_instance_has_a_value_and_no_interval() -> None:
    found = mean([Point("i", ("0",), 2.0), Point("i", ("1",), 4.0)])
    assert (found.value, found.n, found.instances) == (3.0, 2, 1)
    assert isnan(found.low)
    assert isnan(found.high)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_matches_changes_nothing(random: Random) -> None:
    points = [Point(f"i{n % 7}", (str(n % 3), str(n % 2)), n**0.5, 1 + n % 5) for n in range(60)]
    shuffled = random.sample(points, len(points))
    assert mean(shuffled) == mean(points)
    assert ratio(shuffled) == ratio(points)


def test_a_ratio_of_equal_wholes_is_the_mean_and_so_is_its_interval() -> None:
    points = [Point(p.instance, p.cell, p.value, 10.0) for p in alone(VALUES)]
    found, plain = ratio(points), mean(alone(VALUES))
    assert found.value == pytest.approx(plain.value / 10)
    assert found.low == pytest.approx(plain.low / 10)
    assert found.high == pytest.approx(plain.high / 10)


def test_a_ratio_and_its_jackknife_by_hand() -> None:
    # 1/2, 3/4, 2/6: 6/12 in all; without each: 5/10, 3/8, 4/6.
    points = [Point(str(n), (), part, whole) for n, (part, whole) in enumerate([(1, 2), (3, 4), (2, 6)])]
    found = ratio(points)
    without = [5 / 10, 3 / 8, 4 / 6]
    error = sqrt(2 / 3 * sum((each - sum(without) / 3) ** 2 for each in without))
    assert found.value == 0.5
    assert found.error == pytest.approx(error)
    assert found.high - found.value == pytest.approx(student(2) * error)


def test_a_ratio_without_a_whole_is_not_a_number() -> None:
    found = ratio([Point("a", (), 1, -2), Point("b", (), 1, 1)])
    assert isnan(found.value)
    assert isnan(found.low)


def test_over_families_each_counts_once_with_the_errors_added_in_quadrature() -> None:
    small = Estimate(0.2, nan, nan, 5, 5, "", 0.03)
    large = Estimate(0.6, nan, nan, 100, 100, "", 0.04)
    found = across([small, large])
    assert found.value == pytest.approx(0.4)
    assert found.error == pytest.approx(0.05 / 2)
    df = (0.03**2 + 0.04**2) ** 2 / (0.03**4 / 4 + 0.04**4 / 99)
    assert found.high - found.value == pytest.approx(student(df) * 0.025)
    assert (found.n, found.instances) == (105, 105)
    assert across([small, Estimate(nan, nan, nan, 0, 0, "")]) == small
    assert isnan(across([]).value)
