from __future__ import annotations

from math import isnan

import pytest

from arena.core.task import Estimate, Reference
from arena.scoring.group.floors import against


def reference(best: float, headline: str = "silent", **floors: Estimate) -> Reference:
    return Reference(best, best, floors, headline, "exact")


def test_jobs_20_over_random_15_of_21_is_five_sixths_and_17_one_third() -> None:
    jobs = reference(21, silent=Estimate(17), random=Estimate(15, 0.25))
    assert against(20, jobs)["gain_over_random"] == pytest.approx(5 / 6)
    assert against(17, jobs)["gain_over_random"] == pytest.approx(1 / 3)
    assert against(20, jobs)["floor_error_random"] == 0.25


def test_the_headline_is_told_by_the_coordination_gain_and_not_again() -> None:
    assert set(against(5, reference(10, silent=Estimate(0), random=Estimate(2)))) == {
        "gain_over_random",
        "price_of_miscoordination",
    }


def test_a_gain_is_never_clipped() -> None:
    stag = reference(8, silent=Estimate(0), random=Estimate(6))
    assert [against(value, stag)["gain_over_random"] for value in (8, 3, 6)] == [1, -1.5, 0]


def test_the_price_is_what_is_missing_of_the_optimum_whatever_its_sign() -> None:
    assert against(6, reference(8, silent=Estimate(0)))["price_of_miscoordination"] == pytest.approx(0.25)
    assert against(-12, reference(-8, silent=Estimate(-20)))["price_of_miscoordination"] == pytest.approx(0.5)
    assert isnan(against(-1, reference(0, silent=Estimate(-2)))["price_of_miscoordination"])


def test_synergy_is_over_the_best_alone_and_left_out_where_nobody_can_be_alone() -> None:
    assert against(9, reference(10, silent=Estimate(1), solo=Estimate(4)))["synergy"] == 5
    assert "synergy" not in against(9, reference(10, silent=Estimate(1)))


def test_where_the_optimum_is_no_better_than_a_floor_there_is_no_gain_over_it() -> None:
    assert isnan(against(5, reference(5, silent=Estimate(0), random=Estimate(5)))["gain_over_random"])
