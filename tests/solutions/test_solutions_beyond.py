"""Integer programming finds what enumeration finds, and goes on where enumeration stops."""

import numpy as np
import pytest

from arena.solutions import beyond
from arena.solutions.bargaining import egalitarian, gain_products, kalai_smorodinsky, welfare
from arena.solutions.beyond import best_product, best_smallest_gain, best_smallest_share, best_welfare
from arena.solutions.space import Space, additive, index_of


def dealt(seed):
    rng = np.random.default_rng(seed)
    shape, parties = rng.integers(1, 5, rng.integers(1, 5)), rng.integers(1, 5)
    points = [rng.integers(0, 10, (options, parties)).astype(float) for options in shape]
    if seed % 2:
        points = [table * rng.random(parties) for table in points]
    utilities = additive(points)
    return points, np.quantile(utilities, rng.choice([0.2, 0.5, 0.9]), axis=0), utilities


@pytest.mark.parametrize("seed", range(40))
def test_the_best_deals_are_those_of_enumeration(seed):
    points, disagreement, utilities = dealt(seed)
    space = Space(utilities, disagreement, np.ones(len(utilities), bool), tuple(map(len, points)))
    for by_enumeration, by_program in ((welfare, best_welfare), (egalitarian, best_smallest_gain)):
        expected, found = by_enumeration(space), by_program(points, disagreement)
        if expected is None:
            assert found is None
        else:
            assert found.value == pytest.approx(expected.value, abs=1e-6)
            assert (found.bound, found.how) == (found.value, "exact")
            assert space.rational[index_of(found.deal, space.shape)]


@pytest.mark.parametrize("seed", range(40))
def test_the_smallest_share_and_the_product_are_those_of_enumeration(seed):
    points, disagreement, utilities = dealt(seed)
    space = Space(utilities, disagreement, np.ones(len(utilities), bool), tuple(map(len, points)))
    expected = kalai_smorodinsky(space)
    share, product = best_smallest_share(points, disagreement), best_product(points, disagreement)
    if expected is None:
        assert share is None
        assert product is None
        return
    assert share.value == pytest.approx(expected.value, abs=1e-6, nan_ok=True)
    best = float(gain_products(space.gains[space.rational_outcomes][:, space.able]).max())
    slack = 1e-5 * (1 + best)
    assert product.value - slack <= best <= product.bound + slack
    assert product.how == "estimated" or product.value == pytest.approx(best, rel=1e-5, abs=1e-5)
    for found in (share, product):
        assert space.rational[index_of(found.deal, space.shape)]


def test_a_product_whose_bound_is_not_met_in_time_is_called_estimated(monkeypatch):
    rng = np.random.default_rng(4)
    points = [rng.integers(0, 20, (10, 3)).astype(float) for _ in range(12)]
    exact = best_product(points, np.full(3, 60.0))
    assert exact.how == "exact"
    monkeypatch.setattr(beyond, "_ROUNDS", 1)
    early = best_product(points, np.full(3, 60.0))
    assert early.how == "estimated"
    assert early.value <= exact.value <= early.bound
    assert early.value < early.bound


def test_the_seeds_hold_games_with_and_without_a_rational_deal():
    answers = [best_welfare(*dealt(seed)[:2]) is None for seed in range(40)]
    assert 5 < sum(answers) < 35


def test_a_space_of_a_trillion_deals_is_solved():
    rng = np.random.default_rng(1)
    points = [rng.integers(0, 20, (10, 3)).astype(float) for _ in range(12)]
    found = best_welfare(points, np.zeros(3))
    assert found.value == sum(table.sum(axis=1).max() for table in points)
    fair = best_smallest_gain(points, np.full(3, 50.0))
    assert 0 < fair.value <= found.value / 3 - 50


def test_a_threshold_missed_by_less_than_the_solver_sees_is_still_missed():
    points = [np.array([[5.0, 1 - 1e-7], [3.0, 1.0]])]
    for solver in (best_welfare, best_smallest_gain, best_smallest_share, best_product):
        assert solver(points, np.array([0.0, 1.0])).deal == (1,)
        assert solver([points[0][:1]], np.array([0.0, 1.0])) is None


@pytest.mark.parametrize("points", [[], [np.zeros((2, 3))], [np.zeros((0, 2))], [np.zeros(2)]])
def test_points_that_do_not_fit_the_thresholds_are_refused(points):
    with pytest.raises(ValueError, match="for each issue"):
        best_welfare(points, np.zeros(2))
