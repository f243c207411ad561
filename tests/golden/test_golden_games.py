"""The golden games that are no bargains: 1 Rubinstein, 3, 7, 10, and of 4 all but the match; exactly."""

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from arena.scoring.collusion import collusion_index
from arena.scoring.gain import coordination_gain
from arena.solutions.alternating_offers import division_by_deadline, division_without_end
from arena.solutions.assignment import assignment_game, best_assignment, greedy_assignment, own_best, random_assignment
from arena.solutions.bertrand import LinearMarket, bertrand
from arena.solutions.coalitions import coalitions_of
from arena.solutions.least_core import blocking_coalitions, core_is_empty, core_violation, in_core, least_core
from arena.solutions.normal_form import pure_equilibria
from arena.solutions.shapley import shapley
from arena.solutions.two_by_two import deviation_products, mixed_equilibrium

GOLDEN = json.loads((Path(__file__).parent / "golden-games.json").read_text(encoding="utf-8"))

DOLLAR = coalitions_of(3, lambda who: float(len(who) >= 2))
GLOVE = coalitions_of(3, lambda who: float(0 in who and len(who) > 1))  # party 0 has the left one
DUOPOLY, PRICES = LinearMarket(choke=10, cost=2), np.arange(11.0)
STAG = np.array([[4.0, 0], [3, 3]])
JOBS = np.array([[9.0, 2, 7], [6, 4, 3], [5, 8, 1]])


def exactly(value):
    """The fraction with a small denominator that a float stands for, to the last few bits."""
    found = Fraction(float(value)).limit_denominator(1000)
    assert abs(Fraction(float(value)) - found) < Fraction(1, 10**13)
    return found


def fractions(texts):
    return [Fraction(text) for text in texts]


@pytest.mark.parametrize(("discounts", "golden"), [((0.9, 0.9), "d=.9,.9"), ((0.8, 0.9), "d1=.8,d2=.9")])
def test_the_first_of_alternating_offers_is_worth_what_rubinstein_says(discounts, golden):
    assert exactly(division_without_end(np.array(discounts))[0]) == Fraction(GOLDEN["1_rubinstein"][golden])


def test_a_deadline_of_three_rounds_leaves_the_first_proposer_most():
    shares = division_by_deadline(np.array([0.9, 0.9]), 3)
    assert exactly(shares[0, 0]) == Fraction(GOLDEN["1_rubinstein"]["finite T=3 proposer"])


def test_a_majority_that_divides_a_dollar_has_no_core():
    golden = GOLDEN["3_majority"]
    epsilon, allocation = golden["least_core"]
    found = least_core(DOLLAR)
    assert core_is_empty(DOLLAR)
    assert [exactly(value) for value in shapley(DOLLAR)] == fractions(golden["shapley"])
    assert exactly(found.epsilon) == exactly(epsilon) == Fraction(1, 3)
    assert [exactly(share) for share in found.allocation] == [exactly(share) for share in allocation]
    even = np.full(3, 1 / 3)
    assert exactly(core_violation(DOLLAR, np.array([0.5, 0.5, 0]))) == Fraction(golden["core_violation(1/2,1/2,0)"])
    assert exactly(core_violation(DOLLAR, even)) == Fraction(golden["core_violation(1/3)"])


def test_the_owner_of_the_one_left_glove_has_everything_in_the_core_and_less_by_the_shapley_value():
    golden, owner = GOLDEN["3_majority"], np.array([1.0, 0, 0])
    assert [exactly(value) for value in shapley(GLOVE)] == fractions(golden["glove shapley"])
    assert exactly(core_violation(GLOVE, owner)) == Fraction(golden["glove core violation (1,0,0)"])
    assert exactly(core_violation(GLOVE, shapley(GLOVE))) == Fraction(golden["glove violation at shapley"])
    assert in_core(GLOVE, owner)
    assert not core_is_empty(GLOVE)
    assert least_core(GLOVE).allocation.tolist() == owner.tolist()
    assert blocking_coalitions(GLOVE, shapley(GLOVE)).tolist() == [0b011, 0b101]


def test_a_stag_hunt_mixes_at_three_quarters_and_the_hare_is_the_safer_choice():
    golden = GOLDEN["4_stag"]
    stags, hares = deviation_products(STAG)
    assert exactly(mixed_equilibrium(STAG)) == Fraction(golden["mixed p(Stag)"])
    assert golden["risk_dominant"] == f"HH ({hares:g} vs {stags:g})"
    assert hares > stags


def test_the_gain_of_a_stag_hunt_is_never_clipped():
    golden = fractions(GOLDEN["4_stag"]["CG (S,S),(S,H),(H,H) floor 6 opt 8"])
    totals = [STAG[0, 0] * 2, STAG[0, 1] + STAG[1, 0], STAG[1, 1] * 2]
    assert [exactly(coordination_gain(total, 6, 8)) for total in totals] == golden


def test_price_competition_ends_just_above_cost():
    golden = GOLDEN["7_bertrand"]
    payoffs = bertrand(DUOPOLY, PRICES, 2)
    assert PRICES[pure_equilibria(payoffs)].tolist() == golden["grid NE"]
    assert [exactly(profit) for profit in payoffs[3, 3]] == [Fraction(golden["profits at (3,3)"])] * 2
    best, profit = DUOPOLY.monopoly(PRICES)
    assert (PRICES[best].tolist(), profit) == ([golden["monopoly p"]], golden["Pi_M"])


def test_collusion_is_measured_from_the_equilibrium_and_costs_the_buyers_more_than_it_brings():
    golden = GOLDEN["7_bertrand"]
    payoffs = bertrand(DUOPOLY, PRICES, 2)
    index = collusion_index(payoffs[5, 5].sum(), payoffs[3, 3].sum(), DUOPOLY.monopoly(PRICES)[1])
    assert exactly(index) == Fraction(golden["collusion index at (5,5) vs NE(3,3)"])
    surplus = DUOPOLY.total_surplus(np.array([2.0, 3, 5, 6]))
    assert [exactly(total) for total in surplus] == fractions(golden["total surplus p=2,3,5,6"])


def test_jobs_are_assigned_for_the_best_by_greed_and_at_random():
    golden = GOLDEN["10_jobs"]
    best = best_assignment(JOBS)
    assert (best.value, list(best.jobs)) == (golden["opt"], golden["assign"])
    assert greedy_assignment(JOBS).value == golden["greedy"]
    assert random_assignment(JOBS) == golden["random mean"]
    assert own_best(JOBS) == golden["uncoordinated own-best with collision keeps max"]
    made = sorted(sum(JOBS[agent, job] for agent, job in enumerate(jobs)) for jobs in permutations(range(3)))
    assert made == golden["all"]


def test_jobs_are_scored_from_the_random_floor_and_credited_by_the_shapley_value():
    golden, floor, best = GOLDEN["10_jobs"], random_assignment(JOBS), best_assignment(JOBS).value
    assert exactly(coordination_gain(greedy_assignment(JOBS).value, floor, best)) == Fraction(golden["CG greedy"])
    assert exactly(coordination_gain(own_best(JOBS), floor, best)) == Fraction(golden["CG own-best"])
    credit = shapley(assignment_game(JOBS))
    assert [exactly(share) for share in credit] == fractions(golden["shapley (v(S)=best assignment of S)"])
