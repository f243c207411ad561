"""What the measures of agreement read: the outcomes at truth, and the deal that stands among them."""

from __future__ import annotations

from arena.core.view import World
from arena.scenarios.bargain.outcome import sent_by
from arena.scenarios.bargain.terms import Dealings
from arena.scenarios.bargain.worth import row_of, space
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
    )
