"""What the design claims of all measures: in range, monotone under dominance, free of scale where they should be."""

import math

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from arena.scoring.agreement.pareto import distance_plus, epsilon_plus, expected_efficiency, pareto_efficiency
from arena.scoring.agreement.ratios import egalitarian_ratio, kalai_smorodinsky_ratio, nash_ratio, welfare_ratio
from arena.solutions.space import Space
from tests.small_games import Game, floats, games, outcomes_of

RATIOS = [pareto_efficiency, nash_ratio, kalai_smorodinsky_ratio, egalitarian_ratio, welfare_ratio]
DISTANCES = [epsilon_plus, distance_plus]
FREE_OF_SCALE = [pareto_efficiency, nash_ratio, kalai_smorodinsky_ratio, *DISTANCES]
ROUNDING = 1e-9


@given(games(), st.data())
def test_ratios_lie_between_zero_and_one(game, data):
    x = floats(data.draw(outcomes_of(game)))
    for ratio in RATIOS:
        value = ratio(game.space, x)
        assert math.isnan(value) or 0 <= value <= 1
    expected = expected_efficiency(game.space)
    assert math.isnan(expected) or 0 <= expected <= 1


@given(games(), st.data())
def test_distances_of_rational_outcomes_lie_between_zero_and_one_and_are_never_negative(game, data):
    x = data.draw(outcomes_of(game))
    inside = all(u >= d for u, d in zip(x, game.disagreement, strict=True))
    for distance in DISTANCES:
        value = distance(game.space, floats(x))
        assert math.isnan(value) or 0 <= value <= (1 + ROUNDING if inside else math.inf)


def check_never_worse(game: Game, better, worse):
    for ratio in RATIOS:
        high, low = ratio(game.space, better), ratio(game.space, worse)
        assert math.isnan(high) == math.isnan(low)
        assert math.isnan(high) or high >= low - ROUNDING
    for distance in DISTANCES:
        near, far = distance(game.space, better), distance(game.space, worse)
        assert math.isnan(near) == math.isnan(far)
        assert math.isnan(near) or near <= far + ROUNDING


@given(games(), st.data())
def test_no_measure_gets_worse_when_everyone_gets_at_least_as_much(game, data):
    x = data.draw(outcomes_of(game))
    loss = data.draw(st.tuples(*[st.integers(0, 3)] * len(x)))
    check_never_worse(game, floats(x), floats(x) - np.array(loss) / 4)


@given(games(), st.data())
def test_no_measure_gets_worse_when_an_outcome_gives_way_to_one_that_dominates_it(game, data):
    pairs = [(a, b) for a in game.rows for b in game.rows if a != b and all(u >= v for u, v in zip(a, b, strict=True))]
    assume(pairs)
    better, worse = data.draw(st.sampled_from(pairs))
    check_never_worse(game, floats(better), floats(worse))


@given(games(), st.data())
def test_pareto_nash_and_kalai_smorodinsky_are_free_of_every_partys_scale(game, data):
    x = floats(data.draw(outcomes_of(game)))
    scale = np.array(data.draw(st.tuples(*[st.floats(0.01, 1000)] * len(x))))
    shift = np.array(data.draw(st.tuples(*[st.floats(-100, 100)] * len(x))))
    space = game.space
    moved = Space(space.utilities * scale + shift, space.disagreement * scale + shift, space.passing)
    for measure in FREE_OF_SCALE:
        assert np.isclose(measure(space, x), measure(moved, x * scale + shift), rtol=0, atol=1e-6, equal_nan=True)
    assert np.isclose(expected_efficiency(space), expected_efficiency(moved), rtol=0, atol=1e-6, equal_nan=True)
