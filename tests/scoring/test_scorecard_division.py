"""Divisions on the scorecard: each seat's bundle in the deal that stands, by the points of its own sheet."""

from __future__ import annotations

import math

import pytest

from arena.core.table import Table
from arena.scenarios.bargain.terms import BargainTask
from arena.scoring.scorecard import Scorecard, scorecard
from tests.report.recorded import played

FAIRNESS = {"envy", "envy_but_one", "ef1", "shortfall", "proportional"}


def graded(agents: tuple[str, ...], **params: object) -> tuple[Scorecard, Table]:
    made, table, memory = played(agents, **params)  # type: ignore[arg-type]
    return scorecard(made.id, agents, made.reference, table, memory.lines), table


def per_unit(task: BargainTask, seat: int) -> list[float]:
    """What one of each kind is worth to a seat: generated sheets value every unit of a kind alike."""
    return [
        max(p / units for p, units in zip(points, shares_of(task, issue, seat), strict=True) if units)
        for issue, points in enumerate(task.truth[seat].points)
    ]


def shares_of(task: BargainTask, issue: int, seat: int) -> list[int]:
    return [int(option.split("-")[seat]) for option in task.rules.issues[issue].options]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("agents", [("planner",) * 3, ("planner", "tit-for-tat")])
def test_envy_and_fair_shares_are_those_of_the_bundles_agreed_on(agents: tuple[str, ...], seed: int) -> None:
    card, table = graded(agents, seed=seed, form="items", issues=3, units=2, rounds=20)
    assert card.status == "agreed"
    task, deal = table.game.task, table.world.common.agreement.offer.deal
    seats = range(len(agents))
    bundles = [[int(option.split("-")[seat]) for option in deal] for seat in seats]
    for seat in seats:
        unit = per_unit(task, seat)
        worth = [sum(v * n for v, n in zip(unit, bundle, strict=True)) for bundle in bundles]
        best = [max([v for v, n in zip(unit, bundle, strict=True) if n], default=0.0) for bundle in bundles]
        but_one = max(0.0, *(worth[j] - best[j] - worth[seat] for j in seats if j != seat))
        assert card.per_seat["envy"][seat] == max(worth) - worth[seat]
        assert card.per_seat["envy_but_one"][seat] == but_one
        assert card.per_seat["ef1"][seat] is (but_one == 0)
        fair = sum(unit) * 2 / len(agents)
        assert card.per_seat["shortfall"][seat] == pytest.approx(max(0.0, fair - worth[seat]))
        assert card.per_seat["proportional"][seat] is (worth[seat] >= fair - 1e-9)


def test_noisy_divisions_are_scored_at_the_true_points() -> None:
    card, table = graded(("conceder", "conceder"), form="items", issues=2, units=2, values="noisy", rounds=20)
    task, deal = table.game.task, table.world.common.agreement.offer.deal
    swapped = ["-".join(reversed(option.split("-"))) for option in deal]
    for seat, sheet in enumerate(task.truth):
        worths = [
            sum(
                points[issue.options.index(o)]
                for points, issue, o in zip(sheet.points, task.rules.issues, one, strict=True)
            )
            for one in (swapped, deal)
        ]
        assert card.per_seat["envy"][seat] == max(0.0, worths[0] - worths[1])
    assert task.truth != task.sheets
    assert card.headline["hindsight_optimum"] >= card.headline["optimum"]


def test_envy_is_of_the_division_itself_whatever_the_delay_has_left_of_it() -> None:
    card, table = graded(("conceder", "conceder"), form="items", issues=2, units=2, rounds=20, discount=0.5)
    deal = table.world.common.agreement
    assert deal.completed > 0
    bundles = [[int(option.split("-")[seat]) for option in deal.offer.deal] for seat in range(2)]
    unit = per_unit(table.game.task, 0)
    worth = [sum(v * n for v, n in zip(unit, bundle, strict=True)) for bundle in bundles]
    assert card.per_seat["envy"][0] == max(0.0, worth[1] - worth[0])


def test_without_a_deal_nothing_was_divided() -> None:
    card, _ = graded(("hardliner", "hardliner"), form="items", issues=2, units=2, rounds=2)
    assert card.status == "no_deal_missed"
    for name in FAIRNESS:
        assert all(math.isnan(value) for value in card.per_seat[name])


def test_what_is_no_division_has_no_fairness() -> None:
    card, _ = graded(("planner", "planner"))
    assert card.status == "agreed"
    assert not FAIRNESS & card.per_seat.keys()
