"""What several matches come to: worked out by hand, void matches apart."""

from __future__ import annotations

from math import isnan, nan
from typing import Any

import pytest
from msgspec.structs import replace

from arena.scoring.scorecard import Scorecard
from arena.scoring.totals import Mean, totals

# A pie of 10 in which B has 2 without a deal: V* = 8, W_d = 2.
AGREED = Scorecard(
    "m",
    "bargain",
    "agreed",
    None,
    ("x", "y"),
    ("A", "B"),
    {"value": 6.0, "optimum": 8.0, "floor": 0.0},
    {"pareto_optimal": True, "welfare_ratio": 0.75},
    {},
    {"utility": (3.0, 5.0), "threshold": (0.0, 2.0)},
    {},
    {},
)
MISSED = replace(
    AGREED,
    status="no_deal_missed",
    headline={"value": 0.0, "optimum": 8.0, "floor": 0.0},
    agreement={"pareto_optimal": nan, "welfare_ratio": 0.0},
    per_seat={"utility": (0.0, 2.0), "threshold": (0.0, 2.0)},
)
POOR = replace(AGREED, agreement={"pareto_optimal": False, "welfare_ratio": nan})
VOID = replace(AGREED, status="void", void="cut", headline={}, agreement={}, per_seat={})
POOLED = replace(
    AGREED, status="completed", headline={"value": 4.0, "optimum": 10.0, "floor": 2.0}, agreement={}, per_seat={}
)


def test_the_figures_of_four_bargains_one_of_them_void() -> None:
    found = totals([AGREED, MISSED, POOR, VOID])
    assert (found.matches, found.statuses) == (4, {"agreed": 2, "no_deal_missed": 1, "void": 1})
    assert found.agreement_rate == Mean(pytest.approx(2 / 3), 3)
    assert found.mean_points == Mean(pytest.approx((8 + 2 + 8) / 6), 6)
    assert found.pareto_optimal_share == Mean(0.5, 2), "over deals, not over matches"
    assert found.joint_share == Mean(pytest.approx((8 + 2 + 8) / 30), 3)
    assert found.welfare_ratio == Mean(0.375, 2), "the mean of those defined"
    assert found.coordination_gain == Mean(pytest.approx(12 / 24), 3)


def test_a_ratio_of_sums_leaves_out_matches_with_nothing_to_gain() -> None:
    nothing = replace(MISSED, headline={"value": 0.0, "optimum": 0.0, "floor": 0.0})
    assert totals([AGREED, nothing]).coordination_gain == Mean(0.75, 1)


def test_what_is_about_deals_is_over_bargains_alone() -> None:
    found = totals([AGREED, POOLED])
    assert (found.agreement_rate, found.mean_points.n) == (Mean(1.0, 1), 2)
    assert found.coordination_gain == Mean(pytest.approx((6 + 2) / (8 + 8)), 2)


@pytest.mark.parametrize("cards", [[], [VOID]])
def test_where_there_is_nothing_no_figure_is_a_number(cards: list[Scorecard]) -> None:
    found: Any = totals(cards)
    for name in ("agreement_rate", "mean_points", "pareto_optimal_share", "joint_share", "coordination_gain"):
        figure = getattr(found, name)
        assert isnan(figure.value)
        assert figure.n == 0
