"""The exact solutions of a bargain whose sheets are all on the table, as plain values to print or to write as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from arena.scenarios.bargain.games import deal_of
from arena.scenarios.bargain.terms import BargainTask, Rules
from arena.scenarios.bargain.worth import deal_at, space
from arena.solutions.bargaining import Solution, egalitarian, kalai_smorodinsky, nash, welfare
from arena.solutions.frontier import pareto_frontier
from arena.solutions.space import Space

SOLUTIONS = {"nash": nash, "kalai_smorodinsky": kalai_smorodinsky, "egalitarian": egalitarian, "welfare": welfare}


def exact(task: BargainTask, frontier: bool = False) -> dict[str, Any]:
    """What there is to know of a game, at its true points, made at once and without a message.

    name, parties, thresholds; outcomes, rational (individually rational), passing (what the acceptance rule passes when
    a seat agrees iff u >= d), unanimous (what all agree to): counts; frontier: how many outcomes are Pareto-optimal
    among all, and among the rational ones; nash, kalai_smorodinsky, egalitarian, welfare: {value, outcomes: [{deal,
    utilities}]} over the rational outcomes, with every tie, None where there is none; a value that is not defined is
    None. With `frontier`, those of the rational ones are listed besides, as frontier.outcomes.
    """
    rules = task.rules
    outcomes = space(rules, task.truth, task.sheets)
    counts: dict[str, Any] = {
        "all": int(pareto_frontier(outcomes.utilities).sum()),
        "rational": len(outcomes.frontier),
    }
    if frontier:
        counts["outcomes"] = _listed(rules, outcomes, outcomes.frontier)
    return {
        "name": task.name,
        "parties": [seat.name for seat in task.seats],
        "thresholds": [_plain(sheet.threshold) for sheet in task.truth],
        "outcomes": len(outcomes.utilities),
        "rational": len(outcomes.rational_outcomes),
        "passing": int(outcomes.passing.sum()),
        "unanimous": len(outcomes.rational_outcomes),
        "frontier": counts,
        **{name: _solved(rules, outcomes, solution(outcomes)) for name, solution in SOLUTIONS.items()},
    }


def _solved(rules: Rules, outcomes: Space, solution: Solution | None) -> dict[str, Any] | None:
    if solution is None:
        return None
    return {"value": _plain(solution.value), "outcomes": _listed(rules, outcomes, solution.outcomes)}


def _listed(rules: Rules, outcomes: Space, rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {
            "deal": deal_of(rules, deal_at(rules, int(row))),
            "utilities": [_plain(float(u)) for u in outcomes.utilities[row]],
        }
        for row in rows
    ]


def _plain(value: float) -> float | int | None:
    """A number as JSON has it: whole ones without a point, None for what is not a number."""
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value
