"""The golden games that are bargains (1 discounted, 2, 8, 9) and sports-resort, exactly."""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from arena.scoring.agreement.assess import assess
from arena.scoring.agreement.ending import Ending
from arena.solutions.bargaining import egalitarian, kalai_smorodinsky, nash, welfare
from arena.solutions.frontier import pareto_frontier
from arena.solutions.space import Space, additive, deal_at

HERE = Path(__file__).parent
GOLDEN = json.loads((HERE / "golden-games.json").read_text(encoding="utf-8"))
SPORTS = json.loads((HERE / "sports-resort.json").read_text(encoding="utf-8"))

LOGROLL = [(4, 0), (3, 3), (1, 1), (0, 4)]
VETO = [(10, 10, 1), (6, 5, 3), (4, 4, 4), (5, 4, 3)]
ULTIMATUM = [(k, 10 - k) for k in range(11)]


def space_of(rows, disagreement):
    """Everyone has to agree."""
    utilities, standing = np.array(rows, float), np.array(disagreement, float)
    return Space(utilities, standing, (utilities >= standing).all(axis=1))


def exactly(value):
    """The fraction with a small denominator that a float stands for, to the last few bits."""
    found = Fraction(value).limit_denominator(1000)
    assert abs(Fraction(value) - found) < Fraction(1, 10**14)
    return found


def rows_of(space, outcomes):
    return sorted([Fraction(u) for u in space.utilities[k].tolist()] for k in outcomes)


def fractions(rows):
    return sorted([Fraction(text) for text in row] for row in rows)


GAMES = [
    (GOLDEN["2_logroll"], LOGROLL, (0, 0)),
    (GOLDEN["8_veto"]["ir_ideal"], VETO, (2, 2, 2)),
    (GOLDEN["9_ultimatum"]["r=(0,0)"], ULTIMATUM, (0, 0)),
    (GOLDEN["9_ultimatum"]["r=(0,3)"], ULTIMATUM, (0, 3)),
]


@pytest.mark.parametrize(("golden", "rows", "disagreement"), GAMES)
def test_rational_outcomes_ideal_and_frontier_are_exact(golden, rows, disagreement):
    space = space_of(rows, disagreement)
    assert len(space.rational_outcomes) == golden["n_ir"]
    assert [Fraction(b) for b in space.ideal.tolist()] == [Fraction(text) for text in golden["ideal"]]
    assert rows_of(space, space.frontier) == fractions(golden["frontier"])


@pytest.mark.parametrize(("golden", "rows", "disagreement"), GAMES)
def test_the_four_solutions_are_exact_sets_with_every_tie(golden, rows, disagreement):
    space = space_of(rows, disagreement)
    assert rows_of(space, nash(space).outcomes) == fractions(golden["nash"])
    assert Fraction(nash(space).value) == Fraction(golden["nash_product"])
    assert rows_of(space, kalai_smorodinsky(space).outcomes) == fractions(golden["ks_leximin"])
    assert rows_of(space, egalitarian(space).outcomes) == fractions(golden["egal"])
    assert rows_of(space, welfare(space).outcomes) == fractions(golden["welfare"])


@pytest.mark.parametrize(("golden", "rows", "disagreement"), GAMES)
def test_the_outcomes_that_only_reach_the_same_smallest_share_are_not_all_kalai_smorodinsky(golden, rows, disagreement):
    space = space_of(rows, disagreement)
    smallest = space.normalised_gains.min(axis=1)
    level = [k for k in space.rational_outcomes if smallest[k] >= kalai_smorodinsky(space).value - 1e-9]
    assert rows_of(space, level) == fractions(golden["ks_maximin"])


def test_an_even_split_after_one_completed_round_has_the_efficiency_of_the_discount():
    pie = space_of([(k / 100, (100 - k) / 100) for k in range(101)], (0, 0))
    split = assess(pie, Ending(50, rounds=1, discounts=(0.9, 0.9)))
    golden = GOLDEN["1_rubinstein"]["50/50 after one completed round, delta .9: PE"]
    assert exactly(split.efficiency.pareto) == Fraction(golden)
    assert assess(pie, Ending(50, discounts=(0.9, 0.9))).efficiency.pareto == 1


@pytest.mark.parametrize(
    ("rows", "outcome", "golden"),
    [(LOGROLL, 2, "PE(1,1)"), ([*LOGROLL, (2, 2)], 4, "with compromise (2,2)")],
)
def test_split_the_difference_is_not_scored_as_optimal(rows, outcome, golden):
    efficiency, left, most = (Fraction(text) for text in GOLDEN["2_logroll"][golden])
    found = assess(space_of(rows, (0, 0)), Ending(outcome)).efficiency.pareto
    assert exactly(found) == efficiency == 1 - left / most


def test_a_veto_keeps_the_richest_outcome_from_counting():
    space = space_of(VETO, (2, 2, 2))
    richest = float(space.utilities.sum(axis=1).max())
    assert richest == GOLDEN["8_veto"]["unconstrained welfare"]
    assert exactly((richest - welfare(space).value) / richest) == Fraction(GOLDEN["8_veto"]["price_of_IR"])
    robbed = assess(space, Ending(0))
    assert (robbed.ratios.welfare, robbed.surplus) == (0, 15)
    assert exactly(kalai_smorodinsky(space).value) == Fraction(1, 2)


def test_surplus_is_shared_not_utility_and_where_all_deals_are_efficient_there_is_no_floor_to_adjust_for():
    last = assess(space_of(ULTIMATUM, (0, 3)), Ending(7))
    shares = GOLDEN["9_ultimatum"]["surplus shares at (7,3), r=(0,3)"]
    assert [exactly(share) for share in last.surplus_shares] == [Fraction(text) for text in shares]
    assert last.efficiency.expected == 1
    assert math.isnan(last.efficiency.floor_adjusted)


@pytest.fixture(scope="module")
def sports():
    """The score sheets of sports-resort, without the developer's bonus."""
    parties = list(SPORTS["parties"].values())
    points = [np.array([party["points"][issue] for party in parties], float).T for issue in SPORTS["issues"]]
    utilities = additive(points)
    thresholds = np.array([party["threshold"] for party in parties], float)
    agrees = utilities >= thresholds
    vetoes = [party["veto"] for party in parties]
    passing = (agrees.sum(axis=1) >= len(parties) - 1) & agrees[:, vetoes].all(axis=1)
    return Space(utilities, thresholds, passing, tuple(len(one["options"]) for one in SPORTS["issues"].values()))


def named(space, outcome):
    options = [one["options"] for one in SPORTS["issues"].values()]
    return [names[k] for names, k in zip(options, deal_at(int(outcome), space.shape), strict=True)]


def test_the_counts_of_sports_resort_are_the_published_ones(sports):
    known = SPORTS["known"]
    assert len(sports.utilities) == known["deals"] == 720
    assert pareto_frontier(sports.utilities).sum() == known["pareto_optimal_deals"] == 481
    assert sports.passing.sum() == known["passing"] == 55
    assert len(sports.rational_outcomes) == known["passing_unanimously"] == 12


def test_the_largest_sums_and_products_of_sports_resort_are_the_published_ones(sports):
    known, sums = SPORTS["known"], sports.utilities.sum(axis=1)
    found = nash(sports)
    best = known["largest_product_of_gains_among_unanimous"]
    assert found.value == best["product"] == 6031872
    assert [named(sports, k) for k in found.outcomes] == [best["deal"]] == [["A2", "B3", "C3", "D2", "E3"]]
    for among, key in ((sports.passing, "among_passing"), (np.ones(720, bool), "of_all")):
        richest = np.flatnonzero(among & (sums == sums[among].max()))
        assert sums[richest[0]] == known[f"largest_sum_of_scores_{key}"]["sum"]
        assert known[f"largest_sum_of_scores_{key}"]["deal"] in [named(sports, k) for k in richest]
