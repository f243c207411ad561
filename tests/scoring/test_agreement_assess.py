"""One match, every measure at once."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arena.scoring.agreement.assess import assess
from arena.scoring.agreement.ending import Ending
from arena.solutions.space import Space
from tests.small_games import games

ROWS = np.array([(10, 10, 1), (6, 5, 3), (4, 4, 4), (5, 4, 3)], float)
VETO = Space(ROWS, np.full(3, 2.0), np.array([False, True, True, True]))


def numbers(record):
    """Every number in a record and in the records within."""
    for value in dataclasses.asdict(record).values():
        yield from value.values() if isinstance(value, dict) else [value]


def test_the_best_deal_at_once_is_perfect_throughout():
    best = assess(VETO, Ending(1))
    assert (best.status, best.outcome, best.utilities, best.gains) == ("agreed", 1, (6, 5, 3), (4, 3, 1))
    assert (best.welfare, best.surplus, best.value, best.optimum, best.gate) == (14, 8, 8, 8, 1)
    assert best.surplus_shares == (4 / 8, 3 / 8, 1 / 8)
    assert best.rationality.jointly
    assert (best.efficiency.pareto, best.efficiency.epsilon_plus, best.efficiency.distance_plus) == (1, 0, 0)
    assert (best.ratios.nash, best.ratios.kalai_smorodinsky, best.ratios.welfare) == (1, 1, 1)
    assert best.loss.total == 0


def test_a_deal_that_robs_a_party_scores_zero_while_its_raw_surplus_stands():
    robbed = assess(VETO, Ending(0), common_unit=True)
    assert robbed.efficiency.pareto == 0
    assert dataclasses.astuple(robbed.ratios) == (0, 0, 0, 0)
    assert (robbed.surplus, robbed.gate, robbed.value) == (15, 0, 0)
    assert robbed.rationality.depth == 1
    assert robbed.surplus_shares == (8 / 15, 8 / 15, -1 / 15)


def test_no_deal_counts_as_no_gain_and_is_called_missed():
    missed = assess(VETO, Ending(None), common_unit=True)
    assert missed.status == "no_deal_missed"
    assert missed.gains == (0, 0, 0)
    assert missed.efficiency.pareto == 0
    assert dataclasses.astuple(missed.ratios) == (0, 0, 0, 0)
    assert (missed.value, missed.loss.deadlock, missed.rationality.jointly) == (0, 8, True)
    assert missed.efficiency.epsilon_plus == pytest.approx(1 / 2)
    assert math.isnan(missed.gate)


def test_where_nobody_can_gain_what_divides_by_gains_is_undefined_and_no_deal_is_correct():
    nothing = Space(np.array([(1, 1), (0, 5)], float), np.ones(2), np.array([True, False]))
    correct = assess(nothing, Ending(None), common_unit=True)
    assert correct.status == "no_deal_correct"
    assert all(math.isnan(value) for value in dataclasses.astuple(correct.efficiency))
    assert all(math.isnan(value) for value in dataclasses.astuple(correct.ratios))
    assert (correct.value, correct.optimum, correct.loss.total) == (0, 0, 0)


def test_where_no_outcome_is_rational_a_deal_keeps_its_raw_numbers():
    never = Space(np.array([(0, 5)], float), np.ones(2), np.array([True]))
    deal = assess(never, Ending(0), common_unit=True)
    assert deal.status == "agreed"
    assert all(math.isnan(value) for value in dataclasses.astuple(deal.efficiency))
    assert (deal.gains, deal.surplus, deal.value, deal.rationality.depth) == ((-1, 4), 3, 3, 1)
    assert (deal.loss.choice, deal.loss.deadlock) == (-3, 0)


def test_a_void_match_has_no_measures():
    assert assess(VETO, Ending(1, ended=False)) is None


def test_a_forfeit_without_a_deal_is_charged_to_its_seat():
    forfeited = assess(VETO, Ending(None, forfeits=(2,)))
    assert (forfeited.status, forfeited.forfeits, forfeited.value) == ("forfeit", (2,), 0)


def test_delay_is_scored_against_what_could_have_been_had_at_once():
    late = assess(VETO, Ending(1, rounds=1, discounts=(0.5, 0.5, 0.5)))
    assert late.gains == (2, 1.5, 0.5)
    assert late.ratios.nash == pytest.approx(1 / 2)
    assert late.ratios.kalai_smorodinsky == pytest.approx(1 / 2)
    assert late.ratios.welfare == pytest.approx(1 / 2)
    assert (late.value, late.loss.delay) == (4, 4)


def test_an_assessment_holds_plain_numbers_only():
    for value in numbers(assess(VETO, Ending(2))):
        for entry in value if isinstance(value, tuple) else [value]:
            assert entry is None or type(entry) in {str, int, float, bool}


@given(games(), st.data())
def test_outside_what_all_accept_the_five_ratios_are_zero_and_the_raw_figures_stand(game, data):
    outside = [k for k in range(len(game.rows)) if k not in game.rational]
    assume(outside and game.rational and game.able)
    outcome = data.draw(st.sampled_from(outside))
    found = assess(game.space, Ending(outcome), common_unit=True)
    five = [found.efficiency.pareto, *dataclasses.astuple(found.ratios)]
    assert all(value == 0 or (math.isnan(value) and best_is_nothing(game, k)) for k, value in enumerate(five))
    assert found.gains == game.gains(outcome)
    assert (found.surplus, found.welfare) == (sum(found.gains), sum(game.rows[outcome]))
    assert found.rationality.each == tuple(gain >= 0 for gain in found.gains)
    assert not found.rationality.jointly
    assert found.rationality.depth == sum(max(0, -gain) for gain in found.gains)


def best_is_nothing(game, which):
    """Whether the best that the Nash, Kalai-Smorodinsky or egalitarian solution attains is 0, which leaves no ratio."""
    least = max(min(game.gains(k)[i] for i in game.able) for k in game.rational)
    return which in (1, 2, 3) and (least == 0 or (which == 3 and max(min(game.gains(k)) for k in game.rational) == 0))


@given(games(), st.data())
def test_where_nothing_is_acceptable_to_all_or_nobody_can_gain_no_ratio_is_defined(game, data):
    able = game.able if game.rational else []
    frozen = [row for row in game.rows if not all(u >= d for u, d in zip(row, game.disagreement, strict=True))]
    rows = (frozen or [tuple(game.disagreement)]) if able else list(game.rows)
    space = Space(np.array(rows, float), np.array(game.disagreement, float), np.ones(len(rows), bool))
    outcome = data.draw(st.one_of(st.none(), st.integers(0, len(rows) - 1)))
    found = assess(space, Ending(outcome), common_unit=True)
    assert all(math.isnan(value) for value in dataclasses.astuple(found.efficiency))
    assert all(math.isnan(value) for value in dataclasses.astuple(found.ratios))
    raw = game.disagreement if outcome is None else rows[outcome]
    assert found.utilities == raw
    assert math.isnan(found.gate) == (outcome is None)
