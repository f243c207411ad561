"""How a group shared out its work: redundancy, division of labour, loads."""

from __future__ import annotations

from itertools import permutations
from math import isnan, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.accounts.work import Work
from arena.scoring.group.labour import adjusted_mutual_information as ami
from arena.scoring.group.labour import entropy
from arena.scoring.group.work import redundancy, shared

NAN = pytest.approx(float("nan"), nan_ok=True)


def information(counts: list[list[int]]) -> float:
    """MI as H(rows) + H(columns) - H(cells)."""
    cells = [n for row in counts for n in row]
    return entropy([sum(row) for row in counts]) + entropy([sum(c) for c in zip(*counts, strict=True)]) - entropy(cells)


def table(seats: tuple[int, ...], kinds: tuple[int, ...]) -> list[list[int]]:
    pairs = list(zip(seats, kinds, strict=True))
    return [[pairs.count((s, k)) for k in range(max(kinds) + 1)] for s in range(max(seats) + 1)]


@pytest.mark.parametrize(
    ("seats", "kinds"),
    [
        ((0, 0, 0, 1, 1, 1), (0, 0, 1, 1, 1, 0)),
        ((0, 0, 1, 1, 2, 2), (0, 0, 1, 1, 1, 2)),
        ((0, 1, 1, 1, 1), (0, 0, 1, 1, 2)),
    ],
)
def test_it_is_adjusted_by_the_mean_over_all_ways_to_deal_the_kinds_out(
    seats: tuple[int, ...], kinds: tuple[int, ...]
) -> None:
    every = [information(table(seats, dealt)) for dealt in permutations(kinds)]
    mean, found = sum(every) / len(every), table(seats, kinds)
    most = max(entropy([sum(row) for row in found]), entropy([sum(c) for c in zip(*found, strict=True)]))
    assert ami(found) == pytest.approx((information(found) - mean) / (most - mean), abs=1e-12)


def test_a_strict_division_is_one_whoever_does_what_and_one_without_is_about_zero() -> None:
    assert ami([[5, 0, 0], [0, 0, 7], [0, 3, 0]]) == pytest.approx(1.0)
    assert -0.2 < ami([[5, 5], [5, 5]]) < 0
    rng = Random(1)
    drawn = [ami(table(tuple([i % 3 for i in range(30)]), tuple(rng.choices(range(3), k=30)))) for _ in range(200)]
    assert abs(sum(drawn) / len(drawn)) < 0.02


@pytest.mark.parametrize("counts", [[[3, 2]], [[3], [2]], [[0, 0], [0, 0]], [[4, 2], [0, 0]], [[1, 0], [0, 1]], []])
def test_without_two_seats_at_two_kinds_there_is_no_division_of_labour(counts: list[list[int]]) -> None:
    assert isnan(ami(counts))


@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=4))
def test_it_is_at_most_one_and_does_not_hang_on_the_order(counts: list[list[int]]) -> None:
    found = ami(counts)
    assert isnan(found) or found <= 1 + 1e-9
    assert ami(counts[::-1]) == pytest.approx(found, nan_ok=True)
    assert ami([list(column) for column in zip(*counts, strict=True)]) == pytest.approx(found, nan_ok=True)


def account(*units: tuple[tuple[int, int], ...]) -> Work:
    return Work(units, (0, 1), (0,) * len(units), 3, 0, 0)


def test_redundancy_is_what_was_done_before_of_all() -> None:
    assert redundancy(account(((0, 1), (0, 2)), ((1, 1),))) == 0
    assert redundancy(account(((0, 1), (0, 2)), ((0, 1),))) == pytest.approx(1 / 3)
    assert redundancy(account(*[((0, 1), (0, 2))] * 4)) == pytest.approx(3 / 4), "1 - 1/n where all do the same"
    assert isnan(redundancy(account((), ())))


def test_the_set_of_shared_work() -> None:
    units = (((0, 1), (0, 2), (0, 3)), ((1, 1),))
    found = shared(Work(units, (0, 1), (0, 2), 3, 1, 2))
    assert found["division_of_labour"] == pytest.approx(1.0)
    assert found["load_entropy"] == pytest.approx(-(0.75 * log(0.75) + 0.25 * log(0.25)) / log(2))
    assert found["idle_time"] == pytest.approx(2 / 6)
    assert (found["conflicts"], found["handovers"], found["worked"], found["idle"]) == (1, 2, (3, 1), (0, 2))


def test_of_no_work_at_all_there_is_little_to_say() -> None:
    found = shared(Work(((), ()), (0, 1), (0, 0), 0, 0, 0))
    assert [found[name] for name in ("redundancy", "division_of_labour", "load_entropy", "idle_time")] == [NAN] * 4
    assert found["worked"] == (0, 0)
