"""Paired differences, several at once, rates, bounds, seats, power: against textbooks and other people's code."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from scipy import stats

from arena.statistics.bounds import bounds
from arena.statistics.differences import difference
from arena.statistics.means import mean
from arena.statistics.multiple import benjamini_hochberg, holm
from arena.statistics.points import Point
from arena.statistics.power import detectable, from_pilot, instances, paired, unpaired
from arena.statistics.rates import rate, wilson
from arena.statistics.ratios import ratio
from arena.statistics.seats import Seated, seat_effect

ONE = [0.3, 0.9, 0.5, 0.7, 0.2, 0.6]
OTHER = [0.1, 0.8, 0.6, 0.3, 0.1, 0.2]


def points(values: list[float], whole: float = 1.0) -> list[Point]:
    return [Point(f"i{n}", ("r0",), value, whole) for n, value in enumerate(values)]


def test_a_paired_difference_is_the_paired_t_test() -> None:
    found = difference(points(ONE), points(OTHER))
    expected = stats.ttest_rel(ONE, OTHER)
    interval = expected.confidence_interval()
    assert found.p == pytest.approx(expected.pvalue)
    assert (found.estimate.low, found.estimate.high) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert (found.first, found.second) == (pytest.approx(np.mean(ONE)), pytest.approx(np.mean(OTHER)))


def test_only_what_both_have_is_compared() -> None:
    found = difference([*points(ONE), Point("more", ("r0",), 9.0)], [*points(OTHER), Point("i0", ("r1",), 9.0)])
    assert found == difference(points(ONE), points(OTHER))
    nothing = difference(points(ONE), [Point("else", ("r0",), 1.0)])
    assert (nothing.estimate.n, isnan(nothing.p)) == (0, True)


def test_the_sign_turns_with_the_sides() -> None:
    there, back = difference(points(ONE), points(OTHER)), difference(points(OTHER), points(ONE))
    assert there.estimate.value == pytest.approx(-back.estimate.value)
    assert there.p == pytest.approx(back.p)


def test_a_difference_of_ratios_of_equal_wholes_is_the_difference_of_means() -> None:
    plain = difference(points(ONE), points(OTHER)).estimate
    found = difference(points(ONE, 4.0), points(OTHER, 4.0), ratios=True).estimate
    assert found.value == pytest.approx(plain.value / 4)
    assert found.low == pytest.approx(plain.low / 4)


def test_sides_that_never_differ_are_not_told_apart() -> None:
    found = difference(points(ONE), points(ONE))
    assert (found.estimate.value, found.p) == (0, 1)


def test_holm_and_benjamini_hochberg_as_others_have_them() -> None:
    ps = [0.01, 0.04, 0.03, 0.005, nan]
    assert holm(ps)[:4] == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert benjamini_hochberg(ps)[:4] == pytest.approx(stats.false_discovery_control(ps[:4]))
    assert isnan(holm(ps)[4])
    assert isnan(benjamini_hochberg(ps)[4])
    assert holm([0.9, 0.8]) == [1, 1]


def test_wilson_as_scipy_has_it() -> None:
    expected = stats.binomtest(7, 10).proportion_ci(method="wilson")
    found = rate(points([1.0] * 7 + [0.0] * 3))
    assert (found.low, found.high) == (pytest.approx(expected.low), pytest.approx(expected.high))
    assert rate(points([1.0] * 5)).low == pytest.approx(wilson(1, 5)[0])
    assert rate(points([1.0] * 5)).high == 1


def test_matches_that_are_alike_make_a_rate_no_surer() -> None:
    alike = [Point(f"i{n}", (str(r),), float(n < 7)) for n in range(10) for r in range(20)]
    apart = [Point(f"i{n}", (str(r),), float(n * 20 + r < 140)) for r in range(20) for n in range(10)]
    wide, plain = rate(alike), wilson(0.7, 200)
    assert wide.n == 200
    assert wide.high - wide.low > 2 * (plain[1] - plain[0])
    assert wide == rate(apart)
    lone = rate([Point("i", (str(r),), 1.0) for r in range(9)])
    assert (lone.value, isnan(lone.low)) == (1, True)


def test_bounds_are_told_above_two_in_a_hundred_void() -> None:
    known, void = points([0.5] * 98), [Point("v1", ("r0",), nan), Point("v2", ("r0",), nan)]
    assert bounds(known, void, 0, 1, mean) is None
    found = bounds(known[:97], [*void, Point("v3", ("r0",), nan)], 0, 1, mean)
    assert found is not None
    assert found.worst.value == pytest.approx(0.485)
    assert found.best.value == pytest.approx(0.515)
    assert (found.void, found.matches) == (3, 100)


def test_bounds_of_a_ratio_are_shares_of_what_was_to_be_had() -> None:
    found = bounds([Point("a", (), 3.0, 6.0)], [Point("b", (), nan, 2.0)], 0, 1, ratio)
    assert found is not None
    assert (found.worst.value, found.best.value) == (3 / 8, 5 / 8)


def seated(rows: list[list[float]]) -> list[Seated]:
    return [Seated(f"i{n}", ("0",), tuple(row)) for n, row in enumerate(rows)]


def test_with_two_seats_the_test_of_seats_is_the_t_test() -> None:
    found = seat_effect(seated([list(row) for row in zip(ONE, OTHER, strict=True)]))
    assert found is not None
    assert found.p == pytest.approx(stats.ttest_rel(ONE, OTHER).pvalue)
    assert found.seats[0].value == pytest.approx((np.mean(ONE) - np.mean(OTHER)) / 2)
    assert sum(seat.value for seat in found.seats) == pytest.approx(0)


def test_what_a_match_was_worth_is_no_effect_of_seats() -> None:
    rows = [[1.0, 2.0, 1.5], [3.0, 2.0, 2.0], [1.0, 1.0, 4.0], [0.0, 2.0, 1.0], [2.0, 1.0, 0.5]]
    richer = [[value + 100 * n for value in row] for n, row in enumerate(rows)]
    one, other = seat_effect(seated(rows)), seat_effect(seated(richer))
    assert one is not None
    assert other is not None
    assert one.p == pytest.approx(other.p)
    assert [s.value for s in one.seats] == pytest.approx([s.value for s in other.seats])


def test_seats_that_are_always_equal_have_no_effect_and_few_instances_no_test() -> None:
    equal = seat_effect(seated([[2.0, 2.0, 2.0]] * 6))
    assert equal is not None
    assert equal.p == 1
    few = seat_effect(seated([[1.0, 2.0, 3.0], [2.0, 2.0, 1.0]]))
    assert few is not None
    assert isnan(few.p)
    assert seat_effect([]) is None
    assert seat_effect(seated([[1.0]])) is None
    with pytest.raises(ValueError, match="equally many"):
        seat_effect(seated([[1.0, 2.0], [1.0, 2.0, 3.0]]))


def test_power_gives_the_published_numbers() -> None:
    assert unpaired(0.25, 0.05) == 393
    assert paired(0.25, 0.5, 0.05) == 197
    assert paired(0.25, 0.8, 0.05) == 79


def test_a_pilot_tells_how_many_and_how_little_it_knows() -> None:
    found = from_pilot(0.25, 20, 0.05)
    assert found.instances == 197
    assert found.low < found.instances
    assert found.high is not None
    assert found.high > found.instances
    assert from_pilot(0.25, 1, 0.05).high is None
    assert instances(0.25**2, detectable(0.25, 100) * 1.0001) == 100
    assert isnan(detectable(0.25, 0))
