"""What deals are worth: utilities from score sheets, and the space of outcomes that the solvers read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from arena.scenarios.bargain.acceptance import passing
from arena.scenarios.bargain.terms import Deal, Interaction, Rules, Sheet
from arena.solutions import space as solutions
from arena.solutions.space import Floats, Space, additive
from arena.solutions.tolerance import TOLERANCE

SMALL = 8192  # utilities of a space that is kept at hand: 64 KiB


def utility(rules: Rules, sheet: Sheet, deal: Deal) -> float:
    """u of a deal made at once and without a message, in the points of the sheet.

    Summed from the first issue to the last and then over the interactions, as `additive` does, so that it equals the
    entry of the space to the bit. Raises ValueError for an option that the issue does not have.
    """
    total = 0.0
    for issue, option, points in zip(rules.issues, deal, sheet.points, strict=True):
        total += points[issue.options.index(option)]
    if sheet.interactions:
        chosen = {issue.name: option for issue, option in zip(rules.issues, deal, strict=True)}
        for one in sheet.interactions:
            if chosen[one.issue] == one.option and chosen[one.other_issue] == one.other_option:
                total += one.points
    return total


def settled(sheet: Sheet, worth: float, completed: int, messages: int) -> float:
    """u(t) = d + discount**t * (u - d) - cost * m: a deal of utility `worth` after t completed rounds and m messages.

    No deal is worth = d, at any time.
    """
    return sheet.threshold + sheet.discount**completed * (worth - sheet.threshold) - sheet.cost * messages


def agrees(rules: Rules, sheet: Sheet, deal: Deal) -> bool:
    """Whether a seat that goes by this sheet agrees to a deal: u >= d, within the tolerance; costs are sunk."""
    return utility(rules, sheet, deal) >= sheet.threshold - TOLERANCE


def utilities(rules: Rules, sheets: Sequence[Sheet]) -> Floats:
    """u of every deal for the seats of `sheets`, in their order: (deals, seats), the last issue fastest.

    Raises TooLarge above 10^6 deals.
    """
    tables = [np.array([sheet.points[k] for sheet in sheets]).T for k in range(len(rules.issues))]
    added = [_added(rules, one, seat, len(sheets)) for seat, sheet in enumerate(sheets) for one in sheet.interactions]
    return additive(tables, added)


def _added(rules: Rules, one: Interaction, seat: int, seats: int) -> solutions.Interaction:
    names = [issue.name for issue in rules.issues]
    first, second = names.index(one.issue), names.index(one.other_issue)
    return solutions.Interaction(
        first,
        rules.issues[first].options.index(one.option),
        second,
        rules.issues[second].options.index(one.other_option),
        [one.points if s == seat else 0.0 for s in range(seats)],
    )


def space(
    rules: Rules, sheets: tuple[Sheet, ...], told: tuple[Sheet, ...] | None = None, away: tuple[int, ...] = ()
) -> Space:
    """The outcomes of a bargain: one row for each deal, in the lexicographic order of the options.

    sheets: one per seat, in seat order, what deals are worth; told: what the seats go by when they agree (A is what
    they would pass on what they know), `sheets` where left out; away: seats that have left and agree to nothing.
    Raises TooLarge above 10^6 deals.
    """
    believed = sheets if told is None else told
    small = math.prod(_shape(rules)) * len(sheets) <= SMALL
    return _kept(rules, sheets, believed, away) if small else _space(rules, sheets, believed, away)


def _space(rules: Rules, sheets: tuple[Sheet, ...], told: tuple[Sheet, ...], away: tuple[int, ...]) -> Space:
    worth = utilities(rules, sheets)
    thresholds = np.array([sheet.threshold for sheet in sheets])
    believed = worth if told == sheets else utilities(rules, told)
    agree = believed >= thresholds - TOLERANCE
    agree[:, list(away)] = False
    return Space(worth, thresholds, passing(rules, agree), _shape(rules))


# A match needs its own at its opening, its end and its scoring; some matches are played at once.
_kept = lru_cache(maxsize=64)(_space)


def row_of(rules: Rules, deal: Deal) -> int:
    """The row of the space that a deal stands in. Raises ValueError for an option that the issue does not have."""
    chosen = [issue.options.index(option) for issue, option in zip(rules.issues, deal, strict=True)]
    return solutions.index_of(chosen, _shape(rules))


def deal_at(rules: Rules, row: int) -> Deal:
    """The deal that a row of the space stands for."""
    chosen = solutions.deal_at(row, _shape(rules))
    return tuple(issue.options[option] for issue, option in zip(rules.issues, chosen, strict=True))


def _shape(rules: Rules) -> tuple[int, ...]:
    return tuple(len(issue.options) for issue in rules.issues)
