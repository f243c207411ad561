"""The confidence sequence: its formula, and what it decides."""

from __future__ import annotations

from math import isnan, log, sqrt

import numpy as np
import pytest

from arena.statistics.differences import Pair
from arena.statistics.points import Share
from arena.statistics.sequence import FIRST, Sequence, decide, margin


def pairs(values: list[float], whole: float = 1.0) -> list[Pair]:
    return [Pair(Share(value, whole), Share(0.0, whole)) for value in values]


def test_the_margin_is_that_of_the_paper() -> None:
    # Their R code: sqrt(2 (t rho2 + 1) log(sqrt(t rho2 + 1) / alpha) / (t^2 rho2)).
    rho2 = (-2 * log(0.05) + log(-2 * log(0.05) + 1)) / 50
    t = 30
    expected = sqrt(2 * (t * rho2 + 1) * log(sqrt(t * rho2 + 1) / 0.05) / (t**2 * rho2))
    assert margin(30, 50) == pytest.approx(expected)
    assert margin(50, 50) < min(margin(50, 10), margin(50, 250)), "narrowest where it is meant to be"
    assert margin(1000, 50) > 1.96 / sqrt(1000), "wider than an interval that is looked at once"


def test_running_sums_give_the_mean_and_deviation_of_the_differences() -> None:
    values = list(np.random.default_rng(1).normal(0.3, 1, 40))
    sequence = Sequence(100)
    for pair in pairs(values):
        sequence.add(pair)
    found = sequence.interval()
    assert found.value == pytest.approx(np.mean(values))
    assert found.high - found.value == pytest.approx(np.std(values, ddof=1) * margin(40, 50))


def test_shares_of_equal_wholes_are_means() -> None:
    values = list(np.random.default_rng(2).normal(0.3, 1, 40))
    plain, shares = Sequence(100), Sequence(100)
    for one, other in zip(pairs(values), pairs([5 * v for v in values], 5.0), strict=True):
        plain.add(one)
        shares.add(other)
    assert shares.interval().value == pytest.approx(plain.interval().value)
    assert shares.interval().low == pytest.approx(plain.interval().low)


def test_nothing_is_decided_before_twenty_instances() -> None:
    found = decide(pairs([1.0, 1.1] * 50), 0.05, 100)
    assert found is not None
    assert (found.verdict, found.after) == ("first", FIRST)
    assert decide(pairs([1.0, 1.1] * 9), 0.05, 100) is None


def test_who_has_less_and_who_is_equal_is_decided_too() -> None:
    less = decide(pairs([-1.0, -1.1] * 50), 0.05, 100)
    assert less is not None
    assert less.verdict == "second"
    same = decide(pairs([0.0] * 50), 0.05, 100)
    assert same is not None
    assert (same.verdict, same.after) == ("equal", FIRST)
    noisy = decide(pairs([0.1, -0.1] * 200), 0.05, 400)
    assert noisy is not None
    assert noisy.verdict == "equal"
    assert noisy.after > FIRST
    assert -0.05 < noisy.estimate.low < 0 < noisy.estimate.high < 0.05


def test_a_decision_stands_on_a_prefix_and_not_on_what_follows() -> None:
    values = list(np.random.default_rng(3).normal(0.5, 1, 200))
    found = decide(pairs(values), 0.05, 200)
    assert found is not None
    assert decide(pairs(values[: found.after]), 0.05, 200) == found
    assert decide(pairs(values[: found.after - 1]), 0.05, 200) is None


def test_without_wholes_there_is_no_interval() -> None:
    sequence = Sequence(100)
    assert isnan(sequence.interval().low)
    for pair in pairs([1.0] * 30, 0.0):
        sequence.add(pair)
    assert isnan(sequence.interval().value)
    assert sequence.verdict(0.05) is None
