"""What the measures of agreement read: the outcomes at truth, and the deal that stands among them."""

from __future__ import annotations

from arena.core.view import World
from arena.scenarios.bargain.outcome import reached, sent_by
from arena.scenarios.bargain.terms import Dealings, Rules
from arena.scenarios.bargain.worth import row_of, space
from arena.solutions.division import Division
from arena.solutions.standing import Standing


def standing(w: World[Dealings]) -> Standing:
    """The space at truth, A on what the seats were told, and the deal in it. w: the moderator's world of a dealt match.

    Raises ValueError before the sheets are dealt, TooLarge above 10^6 deals.
    """
    rules, told, deal = w.common.rules, w.own.sheets, w.common.agreement
    if rules is None or len(told) < rules.seats:
        raise ValueError("no sheets have been dealt yet; a bargain stands nowhere before its opening")
    return Standing(
        space(rules, w.own.truth or told, told),
        None if deal is None else row_of(rules, deal.offer.deal),
        0 if deal is None else deal.completed,
        tuple(sheet.discount for sheet in told),
        tuple(sheet.cost for sheet in told),
        tuple(sent_by(w, sheet.seat) for sheet in told),
        goals=tuple(_goals(w, seat) for seat in range(rules.seats)),
        division=_division(rules),
    )


def _division(rules: Rules) -> Division | None:
    """Who gets how many of what under each option, "2-0-1", where items are divided."""
    if not rules.division:
        return None
    ways = [[tuple(int(share) for share in option.split("-")) for option in issue.options] for issue in rules.issues]
    return Division(tuple(tuple(issue) for issue in ways), rules.division)


def _goals(w: World[Dealings], seat: int) -> bool | None:
    """Whether a seat reached all of its private goals; None where it has none."""
    goals = [goal for goal in w.own.goals if goal.seat == seat]
    deal, rules = w.common.agreement, w.common.rules
    if not goals or rules is None:
        return None
    true = w.own.truth or w.own.sheets
    return deal is not None and all(reached(rules, true, deal, goal) for goal in goals)
