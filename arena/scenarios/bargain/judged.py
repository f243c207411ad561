"""The end of a bargain that is judged: whether the offer of one seat stands, by the thresholds of all.

In some games nobody votes: offers are made until the time is over, and then the last offer of one party counts as
accepted by everyone whose threshold it reaches (the scorable games of Susskind 1985 as played in LLM-Deliberation,
Abdelnabi et al. 2023). `Rules.judged` names that party; quorum and vetoes are those of any other bargain.
"""

from __future__ import annotations

from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.bargain.acceptance import passes
from arena.scenarios.bargain.terms import Dealings, Fact, Judged, Offer
from arena.scenarios.bargain.worth import agrees


def settle(w: World[Dealings]) -> tuple[Disclosed[Fact], ...]:
    """The judgement, told to all, at the end of the last round; nothing before, or where no offer is there to judge."""
    rules = w.common.rules
    if rules is None or rules.judged is None or w.common.round != rules.rounds:
        return ()
    judgement = judge(w)
    return () if judgement is None else (Disclosed(judgement, tuple(range(rules.seats))),)


def judge(w: World[Dealings]) -> Judged | None:
    """Whether the offer that is judged stands now: the rule passes it when each seat agrees iff u >= d on what it was
    told. None where there is none, or the bargain is not judged."""
    rules = w.common.rules
    offer = _candidate(w.common)
    if rules is None or offer is None or len(w.own.sheets) < rules.seats:
        return None
    agreeing = [seat for seat, sheet in enumerate(w.own.sheets) if agrees(rules, sheet, offer.deal)]
    return Judged(offer.number, passes(rules, agreeing))


def _candidate(common: Dealings) -> Offer | None:
    if common.rules is None or common.rules.judged is None:
        return None
    return next((offer for offer in common.offers if offer.by == common.rules.judged), None)
