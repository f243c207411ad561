"""The first best, with exact and with noisy values."""

import numpy as np
import pytest
from hypothesis import given

from arena.solutions.optimum import NoisyOptimum, first_best, noisy_optimum
from arena.solutions.space import Space
from tests.small_games import best, games


@given(games())
def test_the_first_best_is_the_largest_sum_of_gains_that_passes_or_no_deal(game):
    deals = [k for k, passes in enumerate(game.passing) if passes]
    top = max([0, *(sum(game.gains(k)) for k in deals)])
    found = first_best(game.space)
    assert found.value == top
    assert found.outcomes.tolist() == [k for k in deals if sum(game.gains(k)) == top]


def spaces(expected, true, passing):
    return tuple(Space(np.array(rows, float), np.zeros(2), np.array(passing)) for rows in (expected, true))


def test_the_noisy_optimum_is_chosen_on_the_signals_and_valued_at_truth():
    signals, truth = spaces([(3, 3), (2, 2), (9, 9)], [(1, 0), (4, 4), (9, 9)], [True, True, False])
    assert noisy_optimum(signals, truth) == NoisyOptimum(0, 6.0, 1.0)


def test_the_noisy_optimum_breaks_ties_by_the_lowest_index():
    signals, truth = spaces([(0, 0), (2, 2), (3, 1)], [(9, 9), (1, 1), (5, 5)], [True] * 3)
    assert noisy_optimum(signals, truth) == NoisyOptimum(1, 4.0, 2.0)


def test_the_noisy_optimum_is_no_deal_where_none_is_expected_to_gain():
    signals, truth = spaces([(0, 0), (-1, 0)], [(5, 5), (5, 5)], [True, True])
    assert noisy_optimum(signals, truth) == NoisyOptimum(None, 0.0, 0.0)


@given(games(parties=2), games(parties=2))
def test_the_noisy_optimum_never_exceeds_the_first_best_of_the_truth_over_the_same_deals(one, other):
    rows = min(len(one.rows), len(other.rows))
    signals = Space(np.array(one.rows[:rows], float), np.zeros(2), np.array(one.passing[:rows]))
    truth = Space(np.array(other.rows[:rows], float), np.zeros(2), np.array(one.passing[:rows]))
    found = noisy_optimum(signals, truth)
    assert found.value <= first_best(truth).value
    if found.outcome is not None:
        deals = np.flatnonzero(signals.passing).tolist()
        assert found.outcome == best(deals, lambda k: sum(one.rows[k]))[0]


def test_signals_and_truth_of_different_games_are_refused():
    signals, _ = spaces([(1, 1)], [(1, 1)], [True])
    _, truth = spaces([(1, 1)] * 2, [(1, 1)] * 2, [True] * 2)
    with pytest.raises(ValueError, match="not of the same game"):
        noisy_optimum(signals, truth)
