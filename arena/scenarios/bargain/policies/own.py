"""What deals are worth to a seat by its own sheet: one number for each deal, in lexicographic order.

Computed once per sheet and read-only, so that a turn only looks things up. The caches are small: a space may hold 10^6
deals.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from arena.scenarios.bargain.terms import Deal, Goal, Rules, Sheet
from arena.solutions.space import Floats, Interaction, Mask, additive, deal_at, index_of


@lru_cache(maxsize=64)
def shape(rules: Rules) -> tuple[int, ...]:
    """Options per issue."""
    return tuple(len(issue.options) for issue in rules.issues)


def deal(rules: Rules, index: int) -> Deal:
    """The deal in that place, by its options' names."""
    chosen = deal_at(int(index), shape(rules))
    return tuple(issue.options[option] for issue, option in zip(rules.issues, chosen, strict=True))


@lru_cache(maxsize=4096)
def place(rules: Rules, deal: Deal) -> int:
    """The index of a deal."""
    return index_of([issue.options.index(o) for issue, o in zip(rules.issues, deal, strict=True)], shape(rules))


@lru_cache(maxsize=32)
def utilities(rules: Rules, sheet: Sheet) -> Floats:
    """The seat's utility of every deal (deals,), before discounting and costs."""
    at = {issue.name: k for k, issue in enumerate(rules.issues)}
    option = {(issue.name, name): o for issue in rules.issues for o, name in enumerate(issue.options)}
    interactions = [
        Interaction(
            at[one.issue],
            option[one.issue, one.option],
            at[one.other_issue],
            option[one.other_issue, one.other_option],
            (one.points,),
        )
        for one in sheet.interactions
    ]
    return _sealed(additive([np.array(points, dtype=np.float64)[:, None] for points in sheet.points], interactions))


@lru_cache(maxsize=32)
def payoffs(rules: Rules, sheet: Sheet, goals: tuple[Goal, ...]) -> Floats:
    """Utilities and what the seat's own goals add (deals,); a goal that hangs on more than the deal adds nothing."""
    total = utilities(rules, sheet).copy()
    for goal in goals:
        if goal.seat == sheet.seat and goal.what in ("want", "block"):
            held = _holding(rules, goal.issue, goal.option)
            total[held if goal.what == "want" else ~held] += goal.bonus
    return _sealed(total)


@lru_cache(maxsize=128)
def likeness(rules: Rules, offers: tuple[Deal, ...]) -> Floats:
    """How much each deal is like these offers (deals,): the mean share of issues settled alike; 0 without offers.

    What others put forward is what a seat knows of their wishes: the frequency model of HardHeaded (van Krimpen,
    Looije and Hajizadeh 2013) at its simplest.
    """
    weight = 1.0 / (len(rules.issues) * max(len(offers), 1))
    tables = []
    for k, issue in enumerate(rules.issues):
        asked = [offer[k] for offer in offers]
        tables.append(np.array([[asked.count(option) * weight] for option in issue.options]))
    return _sealed(additive(tables))


def _holding(rules: Rules, issue: str, option: str) -> Mask:
    """The deals that settle an issue on an option."""
    k = next(k for k, one in enumerate(rules.issues) if one.name == issue)
    grid = np.zeros(shape(rules), dtype=np.bool_)
    grid[(slice(None),) * k + (rules.issues[k].options.index(option),)] = True
    return grid.reshape(-1)


def _sealed(array: Floats) -> Floats:
    flat = array.reshape(-1)
    flat.flags.writeable = False
    return flat
