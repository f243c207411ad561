"""Two sides of a comparison: what is paired with what, and what is told apart."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from random import Random

import pytest

from arena.analysis.comparing import OVERALL, Row, compare, told_apart
from arena.analysis.seating import changed
from arena.errors import NotFound, UsageError
from arena.results.observed import Observation
from arena.results.opposed import Side, opposed
from tests.runs.sighting import sighted


def crossed(worth: Callable[[int, tuple[str, str]], float], instances: int = 12) -> list[Observation]:
    """A cross-play run of a, b and c: `worth` is what a match gains of 10."""
    seated = [(one, other) for one in "abc" for other in "abc"]
    return [
        sighted(
            f"i{n}", pair, gain=(worth(n, pair), 10.0), payoff=(worth(n, pair), 0.0), rotation=int(pair[0] > pair[1])
        )
        for n in range(instances)
        for pair in seated
    ]


def against(found: list[Observation], one: str, other: str) -> tuple[Side, Side]:
    return (
        Side(one, tuple(each for each in found if one in each.agents), one),
        Side(other, tuple(each for each in found if other in each.agents), other),
    )


def test_an_agent_is_compared_in_the_same_seats_among_the_same_others() -> None:
    first, second = against(crossed(lambda n, pair: 0.0), "a", "b")
    left, right = opposed(first, second, "coordination_gain", "pool")
    cells = {point.cell for point in left}
    assert cells == {("*+*", "*+*"), ("*+c", "*+c"), ("*+c", "c+*")}, "not the matches in which both sit"
    assert cells == {point.cell for point in right}
    left, _ = opposed(first, second, "payoff", "pool")
    assert {point.cell for point in left} - cells == {("*+@", "*+@"), ("*+@", "@+*")}, "each has a payoff of its own"


def test_a_difference_that_is_there_is_found_whatever_the_instances_are_worth() -> None:
    noise = Random(1)
    found = crossed(lambda n, pair: n % 7 + pair.count("a") + noise.gauss(0, 0.1))
    result = compare(*against(found, "a", "b"))
    (row,) = result.primary
    assert told_apart(row)
    assert row.difference.estimate.value == pytest.approx((0.2 + 0.1 + 0.1) / 3, abs=0.02), "twice in self-play"
    assert row.difference.estimate.instances == 12
    assert result.first.statuses["completed"].value == 1


def test_equal_agents_are_equal() -> None:
    found = crossed(lambda n, pair: float(n % 7))
    result = compare(*against(found, "a", "b"))
    (row,) = result.primary
    assert (row.difference.estimate.value, row.difference.p) == (0, 1)
    assert not told_apart(row)
    assert result.exploratory == ()
    assert "payoff" in result.same


def test_whole_runs_are_paired_by_block() -> None:
    one = [sighted(f"i{n}", ("a", "a"), gain=(n % 3 + 1.0, 10.0), run="one") for n in range(10)]
    other = [sighted(f"i{n}", ("b", "c"), gain=(n % 3 + 0.5 * (n % 2), 10.0), run="other") for n in range(2, 12)]
    result = compare(Side("one", tuple(one)), Side("other", tuple(other)))
    estimate = result.primary[0].difference.estimate
    assert (estimate.n, estimate.instances) == (8, 8)
    assert estimate.value == pytest.approx(0.075)


def test_void_matches_are_in_no_difference_and_bounds_are_told() -> None:
    found = crossed(lambda n, pair: 5.0 + pair.count("a"), 9)
    cut = [sighted("i0", ("a", "c"), gain=(0, 10.0), status="void") if each == found[2] else each for each in found]
    assert cut != found
    result = compare(*against(cut, "a", "b"))
    assert (result.first.void, result.second.void) == (1, 0)
    assert result.primary[0].difference.estimate.n == 3 * 9 - 1
    between = result.first.bounds["coordination_gain"]["pool"]
    assert between.worst.value < (0.7 + 0.6 + 0.6) / 3 < between.best.value
    assert result.second.bounds == {}


def test_measures_are_adjusted_for_how_many_there_are() -> None:
    noise = Random(2)
    found = [
        sighted(f"i{n}", (name, name), gain=(noise.random(), 1.0), values={f"m{k}": noise.random() for k in range(20)})
        for n in range(15)
        for name in "ab"
    ]
    result = compare(*against(found, "a", "b"), primary=("m0", "m1"))
    assert [row.measure for row in result.primary] == ["m0", "m1"]
    assert len(result.exploratory) == 19
    assert all(row.adjusted >= row.difference.p for row in (*result.primary, *result.exploratory))
    smallest = min(result.primary, key=lambda row: row.difference.p)
    assert smallest.adjusted == pytest.approx(min(1, 2 * smallest.difference.p))
    assert not any(map(told_apart, result.exploratory)), "of twenty that are noise"


def test_over_families_the_differences_are_averaged() -> None:
    noise = Random(3)
    found = [
        sighted(f"{family}{n}", (name, name), scenario=family, gain=(gain + noise.gauss(0, 0.01), 1.0))
        for family, gain_of_a in (("pool", 0.8), ("commons", 0.6))
        for n in range(10)
        for name, gain in (("a", gain_of_a), ("b", 0.5))
    ]
    rows: tuple[Row, ...] = compare(*against(found, "a", "b")).primary
    assert [row.family for row in rows] == ["commons", "pool", OVERALL]
    assert rows[-1].difference.estimate.value == pytest.approx(0.2, abs=0.02)
    assert rows[-1].difference.estimate.method == "Welch t"
    assert rows[-1].difference.p < 0.001


def test_what_was_never_played_side_by_side_cannot_be_compared() -> None:
    together = [sighted(f"i{n}", ("a", "b"), gain=(1.0, 2.0)) for n in range(3)]
    with pytest.raises(UsageError, match="never sat in the same seats"):
        compare(*against(together, "a", "b"))
    with pytest.raises(NotFound, match="no measure named 'wealth'"):
        compare(*against(crossed(lambda n, pair: 0.0), "a", "b"), primary=("wealth",))


def test_one_instance_tells_nothing_apart() -> None:
    result = compare(*against(crossed(lambda n, pair: float(pair.count("a")), 1), "a", "b"))
    (row,) = result.primary
    assert isnan(row.difference.p)
    assert not told_apart(row)


def test_seats_are_told_from_agents_where_agents_change_seats() -> None:
    found = crossed(lambda n, pair: 3.0 + n % 2)
    assert changed(found)
    (seats,) = compare(*against(found, "a", "b")).seats
    assert seats.told_from_agents
    assert seats.effect.p < 0.001
    assert seats.effect.seats[0].value > 0 > seats.effect.seats[1].value
    assert not changed([each for each in found if each.agents == ("a", "b")])
