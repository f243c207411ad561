"""How a bargain stands for the seat that is asked: read once from its view, for any policy to decide on."""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct

from arena.core.view import Ask, Choice, MoveSpec, View
from arena.errors import UsageError
from arena.scenarios.bargain.policies.own import deal, payoffs, place, utilities
from arena.scenarios.bargain.terms import Accept, Dealings, Move, Offer, Propose, Reject, Rules, Sheet, WalkAway
from arena.solutions.space import Floats, Mask
from arena.solutions.tolerance import TOLERANCE

HORIZON: Final = 10
"""Rounds that a seat plans for where the game tells no deadline."""


class Situation(Struct, frozen=True):
    """What a seat decides on.

    `offers` stand; `open` may be accepted now, `refusable` rejected. `utilities` and `payoffs` (deals,) are its own,
    the latter with its goals; it agrees only to deals that reach its threshold, as `rational` (deals,) says.
    """

    seat: int
    rules: Rules
    sheet: Sheet
    utilities: Floats
    payoffs: Floats
    offers: tuple[Offer, ...]
    open: tuple[Offer, ...]
    refusable: tuple[Offer, ...]
    may_propose: bool
    may_leave: bool
    must: bool
    round: int
    away: tuple[int, ...]

    @property
    def rational(self) -> Mask:
        mask: Mask = self.utilities >= self.sheet.threshold - TOLERANCE
        return mask

    @property
    def progress(self) -> float:
        """How much of the time is over: 0 in the first round, 1 in the last."""
        rounds = self.rules.rounds or HORIZON
        return min((self.round - 1) / (rounds - 1), 1.0) if rounds > 1 else 1.0

    @property
    def last(self) -> bool:
        """Whether this round is known to be the last."""
        return self.rules.rounds is not None and self.round >= self.rules.rounds

    @property
    def mine(self) -> Offer | None:
        """The seat's own standing offer."""
        return next((offer for offer in self.offers if offer.by == self.seat), None)

    @property
    def theirs(self) -> tuple[Offer, ...]:
        """The other seats' standing offers."""
        return tuple([offer for offer in self.offers if offer.by != self.seat])

    def worth(self, offer: Offer) -> float:
        """The seat's payoff from an offer."""
        return float(self.payoffs[place(self.rules, offer.deal)])

    def agreeable(self, offer: Offer) -> bool:
        """Whether an offer reaches the seat's threshold."""
        return bool(self.utilities[place(self.rules, offer.deal)] >= self.sheet.threshold - TOLERANCE)

    def propose(self, index: int | None) -> Propose | None:
        """The offer of that deal, if it may be made and does not stand as the seat's own already."""
        if index is None or not self.may_propose:
            return None
        chosen = deal(self.rules, index)
        return None if self.mine is not None and self.mine.deal == chosen else Propose(chosen)

    def owed(self, move: Move | None) -> Move | None:
        """That move; or where none is meant and one is owed, the one that gives the least away.

        To propose what stands as one's own already changes nothing.
        """
        if move is not None or not self.must:
            return move
        refusable = [offer for offer in self.refusable if self.seat not in offer.accepted]
        if refusable:
            return Reject(min(refusable, key=self.worth).number)
        if self.may_propose:
            best = deal(self.rules, int(np.argmax(self.payoffs)))
            return Propose(self.mine.deal if self.mine is not None else best)
        if self.may_leave:
            return WalkAway()
        if self.open:
            return Accept(max(self.open, key=self.worth).number)
        return Reject(self.refusable[0].number) if self.refusable else None


def situation(view: View, ask: Ask) -> Situation:
    """How it stands. Raises UsageError where the view holds no rules or no sheet: it is not a dealt bargain's."""
    common: Dealings = view.known.common
    own: Dealings = view.known.own
    sheet = next((s for s in (*reversed(own.sheets), *reversed(common.sheets)) if s.seat == view.seat), None)
    if common.rules is None or sheet is None:
        missing = "rules" if common.rules is None else "score sheet"
        raise UsageError(f"seat {view.seat} has seen no {missing}; a scripted bargainer plays in a dealt bargain only")
    kinds = {spec.kind: spec for spec in ask.moves if spec.legal}
    return Situation(
        view.seat,
        common.rules,
        sheet,
        utilities(common.rules, sheet),
        payoffs(common.rules, sheet, own.goals),
        common.offers,
        _named(common.offers, kinds.get("accept")),
        _named(common.offers, kinds.get("reject")),
        "propose" in kinds,
        "walk_away" in kinds,
        ask.must,
        common.round,
        common.away,
    )


def _named(offers: tuple[Offer, ...], spec: MoveSpec | None) -> tuple[Offer, ...]:
    """The offers whose numbers are the choices of an answer."""
    if spec is None:
        return ()
    numbers = [option for field in spec.fields if isinstance(field, Choice) for option in field.options]
    return tuple([offer for offer in offers if offer.number in numbers])
