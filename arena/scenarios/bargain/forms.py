"""The moves and claims of a bargain as data: what there is, what is legal now, and why something is not."""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.protocol import Refusal
from arena.core.view import Choice, MoveSpec, Record, Whole, World
from arena.scenarios.bargain.terms import Accept, Dealings, Forms, Move, Propose, Reject, Rules, WalkAway

MOST = 1000  # the largest number that a claim can name; the same for all games, so that it tells nothing of the sheets


def forms(rules: Rules) -> Forms:
    """All kinds of move and of claim under these rules."""
    deal = Record("deal", tuple(Choice(issue.name, issue.options) for issue in rules.issues))
    propose = MoveSpec("propose", "offer", (deal,))
    if rules.judged is not None:  # offers alone: nobody answers them, and nobody leaves
        none = (MoveSpec("propose", "offer", (deal,), legal=False),)
        return Forms(propose, None, (propose,), none, _claims(rules, deal))
    leave = MoveSpec("walk_away", "exit")
    answers = (_answer("accept", ()), _answer("reject", ()))
    ended = (MoveSpec("propose", "offer", (deal,), legal=False), *answers, MoveSpec("walk_away", "exit", legal=False))
    return Forms(propose, leave, (propose, *answers, leave), ended, _claims(rules, deal))


def _claims(rules: Rules, deal: Record) -> tuple[MoveSpec, ...]:
    labels = tuple(f"{issue.name}: {option}" for issue in rules.issues for option in issue.options)
    points = tuple(
        MoveSpec(
            "points",
            "claim",
            (
                Choice("issue", (issue.name,)),
                Record("points", tuple(Whole(option, 0, MOST) for option in issue.options)),
            ),
        )
        for issue in rules.issues
    )
    synergy = (Choice("first", labels), Choice("second", labels), Whole("points", -MOST, MOST))
    return (
        *points,
        MoveSpec("reserve", "claim", (Whole("points", 0, MOST),)),
        MoveSpec("synergy", "claim", synergy),
        MoveSpec("intends", "claim", (deal,)),
    )


def _answer(kind: str, offers: Sequence[int]) -> MoveSpec:
    return MoveSpec(kind, "answer", (Choice("offer", tuple(offers), True),), bool(offers))


def moves(known: World[Dealings], seat: int) -> tuple[MoveSpec, ...]:
    """Every kind of move, with what is legal now; nothing before the rules are known.

    A seat answers the standing offers of the others, and may change its answer; it cannot repeat it.
    """
    w = known.common
    if w.forms is None:
        return ()
    if w.agreement is not None or seat in w.away:
        return w.forms.ended
    if w.forms.walk_away is None:
        return w.forms.idle
    accept, reject = [], []
    for offer in w.offers:
        if offer.by != seat:
            if seat not in offer.accepted:
                accept.append(offer.number)
            if seat not in offer.rejected:
                reject.append(offer.number)
    if not accept and not reject:
        return w.forms.idle
    return (w.forms.propose, _answer("accept", accept), _answer("reject", reject), w.forms.walk_away)


def claims(known: World[Dealings], seat: int) -> tuple[MoveSpec, ...]:
    """Every kind of typed disclosure, the same for all seats at all times; nothing before the rules are known."""
    return known.common.forms.claims if known.common.forms is not None else ()


def refuse(known: World[Dealings], seat: int, move: Move) -> Refusal | None:
    """Why a move of the right form is not legal, None where it is.

    Codes: `closed`, `left`, `no_such_offer`, `replaced`, `own_offer`, `same_answer`. An offer's number is checked here
    as well as in the form, since here it can be said what became of the offer.
    """
    w = known.common
    if w.agreement is not None:
        return Refusal("closed", "A deal has been made; nothing more can be done.")
    if seat in w.away:
        return Refusal("left", "You have walked away, for good.")
    match move:
        case Propose() | WalkAway():
            return None
        case Accept(offer=number) | Reject(offer=number):
            return _refuse_answer(w, seat, number, isinstance(move, Accept))


def _refuse_answer(w: Dealings, seat: int, number: int, accepts: bool) -> Refusal | None:
    offer = next((o for o in w.offers if o.number == number), None)
    if offer is None:
        standing = ", ".join(str(o.number) for o in w.offers) or "none"
        if 1 <= number <= w.proposed:
            return Refusal("replaced", f"Offer {number} no longer stands. Standing offers: {standing}.")
        return Refusal("no_such_offer", f"There is no offer {number}. Standing offers: {standing}.")
    if offer.by == seat:
        return Refusal("own_offer", f"Offer {number} is your own; proposing another deal replaces it.")
    if seat in (offer.accepted if accepts else offer.rejected):
        return Refusal("same_answer", f"You have already {'accepted' if accepts else 'rejected'} offer {number}.")
    return None
