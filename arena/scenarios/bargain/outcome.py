"""How a bargain came out: status, utilities, payoffs and the group's value."""

from __future__ import annotations

import numpy as np

from arena.core.task import Outcome, Status
from arena.core.view import World
from arena.dealing.payoffs import aligned
from arena.scenarios.bargain.acceptance import passes, reachable
from arena.scenarios.bargain.terms import Agreement, Dealings, Goal, Rules, Sheet
from arena.scenarios.bargain.worth import agrees, settled, space, utility
from arena.solutions.tolerance import TOLERANCE


def over(w: World[Dealings]) -> str | None:
    """Why the bargain has ended; None while it goes on.

    `agreed`: a deal stands. `walked away`: those who are left can make no deal any more. The deadline is the meeting's.
    """
    common = w.common
    if common.agreement is not None:
        return "agreed"
    if common.away and common.rules is not None and not reachable(common.rules, common.away):
        return "walked away"
    return None


def outcome(w: World[Dealings], ended: str | None, forfeits: frozenset[int]) -> Outcome:
    """How it stands, settled at the true points.

    utilities: u(t) of the deal, or d less the cost of the messages where there is none (yet). payoffs: utility and the
    bonus of private goals, mixed with V by the alignment. value: V = sum of g = u(t) - d if the deal is in A, what the
    seats would pass on the sheets they were told; else min(sum g, 0). status: without a deal, `missed` where a deal in
    A gives someone a strict gain; `forfeit` where a seat has forfeited a turn. Before the sheets are dealt: open, no
    seats, V = 0.
    """
    rules, told = w.common.rules, w.own.sheets
    if rules is None or len(told) < rules.seats:
        return Outcome("open", (), (), 0.0)
    true = w.own.truth or told
    deal = w.common.agreement
    sent = [sent_by(w, sheet.seat) for sheet in told]
    if deal is None:
        utilities = tuple(settled(s, s.threshold, 0, m) for s, m in zip(true, sent, strict=True))
    else:
        terms = deal.offer.deal
        utilities = tuple(
            settled(s, utility(rules, s, terms), deal.completed, m) for s, m in zip(true, sent, strict=True)
        )
    gained = sum(u - s.threshold for u, s in zip(utilities, true, strict=True))
    value = gained if deal is not None and in_agreement(rules, told, deal) else min(gained, 0.0)
    own = [u + sum(_bonus(rules, true, deal, goal) for goal in w.own.goals if goal.seat == i)
           for i, u in enumerate(utilities)]  # fmt: skip
    payoffs = aligned(own, value, rules.alignment)
    return Outcome(_status(w, rules, ended, forfeits), utilities, payoffs, value)


def sent_by(w: World[Dealings], seat: int) -> int:
    """The messages that a seat has sent, as far as the holder of this world knows."""
    return sum(part.sent[seat] for part in (w.common, w.own) if seat < len(part.sent))


def in_agreement(rules: Rules, told: tuple[Sheet, ...], deal: Agreement) -> bool:
    """Whether a deal is in A: whether the rule passes it when each seat agrees iff u >= d on what it was told."""
    return passes(rules, [seat for seat, sheet in enumerate(told) if agrees(rules, sheet, deal.offer.deal)])


def _status(w: World[Dealings], rules: Rules, ended: str | None, forfeits: frozenset[int]) -> Status:
    if w.common.agreement is not None:
        return "agreed"
    if ended is None:
        return "open"
    if forfeits:
        return "forfeit"
    outcomes = space(rules, w.own.truth or w.own.sheets, w.own.sheets)
    missed = bool(np.any(outcomes.gains[outcomes.passing] > TOLERANCE))
    return "no_deal_missed" if missed else "no_deal_correct"


def _bonus(rules: Rules, true: tuple[Sheet, ...], deal: Agreement | None, goal: Goal) -> float:
    return goal.bonus if deal is not None and reached(rules, true, deal, goal) else 0.0


def reached(rules: Rules, true: tuple[Sheet, ...], deal: Agreement, goal: Goal) -> bool:
    """Whether a deal gives a seat what its private goal asks for."""
    chosen = {issue.name: option for issue, option in zip(rules.issues, deal.offer.deal, strict=True)}
    match goal.what:
        case "want":
            return chosen[goal.issue] == goal.option
        case "block":
            return chosen[goal.issue] != goal.option
        case "propose":
            return deal.offer.by == goal.seat
        case "all":
            return all(agrees(rules, sheet, deal.offer.deal) for sheet in true)
