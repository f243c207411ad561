"""What several matches come to: worked out by hand, void matches apart."""

from __future__ import annotations

from math import isnan, nan
from typing import Any

import pytest
from msgspec.structs import replace

from arena.results.observed import Observation
from arena.results.totals import FIGURES, totals
from tests.runs.sighting import sighted

# A pie of 10 in which B has 2 without a deal: V* = 8, W_d = 2.
AGREED = replace(
    sighted("i0", status="agreed", gain=(6.0, 8.0), scenario="bargain"),
    values={"agreed": 1.0, "settled": 1.0, "pareto_optimal": 1.0, "welfare_ratio": 0.75},
    ratios={"coordination_gain": (6.0, 8.0), "joint_share": (8.0, 10.0)},
    per_seat={"utility": (3.0, 5.0)},
)
MISSED = replace(
    AGREED,
    instance="i1",
    status="no_deal_missed",
    values={"agreed": 0.0, "settled": 0.0, "pareto_optimal": nan, "welfare_ratio": 0.0},
    ratios={"coordination_gain": (0.0, 8.0), "joint_share": (2.0, 10.0)},
    per_seat={"utility": (0.0, 2.0)},
)
POOR = replace(AGREED, instance="i2", values={**AGREED.values, "pareto_optimal": 0.0, "welfare_ratio": nan})
VOID = sighted("i3", status="void", gain=(nan, 8.0), scenario="bargain")
POOLED = sighted("i4", gain=(2.0, 8.0))


def test_the_figures_of_four_bargains_one_of_them_void() -> None:
    found = totals([AGREED, MISSED, POOR, VOID])
    assert (found.matches, found.statuses) == (4, {"agreed": 2, "no_deal_missed": 1, "void": 1})
    assert (found.agreement_rate.value, found.agreement_rate.n) == (pytest.approx(2 / 3), 3)
    assert found.agreement_rate.method == "Wilson"
    assert (found.mean_points.value, found.mean_points.n) == (pytest.approx((8 + 2 + 8) / 6), 6)
    assert (found.pareto_optimal_share.value, found.pareto_optimal_share.n) == (0.5, 2), "over deals, not matches"
    assert (found.joint_share.value, found.joint_share.n) == (pytest.approx((8 + 2 + 8) / 30), 3)
    assert (found.welfare_ratio.value, found.welfare_ratio.n) == (0.375, 2), "the mean of those defined"
    gain = found.coordination_gain
    assert (gain.value, gain.n, gain.instances, gain.few) == (pytest.approx(12 / 24), 3, 3, True)
    assert gain.low < gain.value < gain.high
    assert gain.method == "jackknife t"


def test_matches_of_one_instance_count_as_one_of_its_matches() -> None:
    again = [replace(MISSED, match=f"again-{n}", repeat=n) for n in range(9)]
    once, often = totals([AGREED, MISSED]), totals([AGREED, *again])
    assert often.coordination_gain.value == once.coordination_gain.value
    assert often.coordination_gain.high == once.coordination_gain.high
    assert (often.coordination_gain.n, often.coordination_gain.instances) == (10, 2)


def test_a_ratio_of_sums_leaves_out_matches_with_nothing_to_gain() -> None:
    nothing = replace(MISSED, ratios={**MISSED.ratios, "coordination_gain": (nan, nan)})
    found = totals([AGREED, nothing]).coordination_gain
    assert (found.value, found.n) == (0.75, 1)


def test_what_is_about_deals_is_over_bargains_alone_and_families_count_alike() -> None:
    found = totals([AGREED, MISSED, POOLED])
    assert (found.agreement_rate.value, found.mean_points.n) == (0.5, 4)
    assert found.coordination_gain.value == pytest.approx((6 / 16 + 2 / 8) / 2), "the mean of the families' gains"


@pytest.mark.parametrize("matches", [[], [VOID]])
def test_where_there_is_nothing_no_figure_is_a_number(matches: list[Observation]) -> None:
    found: Any = totals(matches)
    for name in FIGURES:
        figure = getattr(found, name)
        assert isnan(figure.value)
        assert figure.n == 0


def test_the_order_of_the_matches_changes_no_figure() -> None:
    matches = [AGREED, MISSED, POOR, VOID, POOLED]
    assert repr(totals(matches)) == repr(totals(matches[::-1]))
