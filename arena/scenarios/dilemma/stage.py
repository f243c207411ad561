"""From what was dealt to the stage game that the solver reads."""

from __future__ import annotations

from functools import lru_cache

from arena.scenarios.dilemma.terms import Rules, Sheet
from arena.solutions.stage import Stage


@lru_cache(maxsize=256)
def stage(rules: Rules, sheets: tuple[Sheet, ...]) -> Stage:
    """The payoffs of a round; sheets: all of them, in seat order."""
    points = tuple(sheet.points for sheet in sheets) if rules.form != "claim" else ()
    return Stage(rules.form, len(rules.names), len(rules.actions), points, rules.claims, rules.bonus)


@lru_cache(maxsize=256)
def best(rules: Rules, sheets: tuple[Sheet, ...]) -> float:
    """The largest joint sum of a round."""
    return stage(rules, sheets).best()[0]


@lru_cache(maxsize=256)
def mean(rules: Rules, sheets: tuple[Sheet, ...]) -> float:
    """The joint sum of a round when all choose by lot."""
    return stage(rules, sheets).mean()
