"""Planner: tells its whole sheet on its first turn, then goes for the deal that is best for all who have told theirs.

Everyone who knows all sheets runs the same solver, `joint.ranking`: among the deals that would pass, the largest total
gain, ties lexicographic. The lowest-numbered seat that agrees to it proposes it at once; another does where a phase has
gone by without; the rest accept exactly that deal. What a seat whose consent is needed has rejected is passed over. In
the last round any deal that would pass is accepted. How it goes on without all sheets is in `guessing`.
"""

from __future__ import annotations

from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body, Claim, Seats
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.agreeing import agree, proposer, solution, standing
from arena.scenarios.bargain.policies.disclosure import assembled, disclosed
from arena.scenarios.bargain.policies.guessing import expecting, guess
from arena.scenarios.bargain.policies.pooling import Pool, pool_of
from arena.scenarios.bargain.policies.situation import Situation, situation
from arena.scenarios.bargain.policies.speech import sentences, voiced
from arena.scenarios.bargain.terms import Fact, Move, Rules, Sheet
from arena.scripting.speech import audience, call, fitting

TELLS: Final = 10
SETTLES: Final = 9
GUESSES: Final = 5
STEPS_IN: Final = 1


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    now = situation(view, ask)
    pool = pool_of(view, now)
    if ask.kind == "bid":
        return Body(bid=bid(view, pool))
    claims = () if pool.told else disclosed(ask, now.rules, now.sheet, audience(view, ask))
    if not pool.missing:
        move, saying = agree(view, pool)
    elif (pool.told or claims) and not ask.must and expecting(view, pool):
        move, saying = None, ""
    else:
        move, saying = guess(view, pool)
    first = next_heard(view, pool) if ask.kind == "call" else ()
    if claims:
        return telling(view, ask, draw, now, claims, move, saying, first)
    return voiced(view, ask, draw, now, "planner", move, saying, first)


def telling(
    view: View,
    ask: Ask,
    draw: Draw,
    now: Situation,
    claims: tuple[Claim[Fact], ...],
    move: Move | None,
    saying: str,
    first: Seats,
) -> Body[Move, Fact]:
    """The reply that tells the sheet, as claims and in words, and makes a move beside it if there is one to make."""
    move = now.owed(move)
    sheet = assembled(now.rules, now.seat, [claim.fact for claim in claims]) or now.sheet  # type: ignore[misc]
    told = sentences(
        view, ask, draw, now, "planner", None, "tell", sheet=sheet_text(now.rules, sheet), need=f"{sheet.threshold:g}"
    )
    said = sentences(view, ask, draw, now, "planner", move, saying)
    ways = [f"{text} {said[0]}" for text in told] if said else []
    messages = fitting(ask, audience(view, ask), [*ways, *told])
    return Body(messages=messages, claims=claims, move=move, call=call(view, ask, draw, first))


def bid(view: View, pool: Pool) -> int:
    """How much the seat wants the floor: most to tell its sheet, then to settle; not at all where it waits."""
    if not pool.told:
        return TELLS
    if pool.missing:
        return 0 if expecting(view, pool) else GUESSES
    best = solution(view, pool)
    if best is None:
        return STEPS_IN
    offer = standing(pool, best)
    if offer is None:
        return SETTLES if proposer(pool, best) == pool.now.seat else STEPS_IN
    return 0 if pool.now.seat in offer.accepted else SETTLES


def next_heard(view: View, pool: Pool) -> Seats:
    """Who should speak next: those who have told nothing; where all have, those who have not accepted the solution."""
    if pool.missing:
        return pool.missing
    best = solution(view, pool)
    if best is None:
        return ()
    offer = standing(pool, best)
    if offer is None:
        first = proposer(pool, best)
        return () if first is None else (first,)
    return tuple(s for s in range(pool.now.rules.seats) if s not in offer.accepted and s not in pool.now.away)


def sheet_text(rules: Rules, sheet: Sheet) -> str:
    """A sheet as people say it: `Price (low 0, high 50); Term (short 5, long 30)`."""
    parts = []
    for issue, points in zip(rules.issues, sheet.points, strict=True):
        options = ", ".join(f"{option} {worth:g}" for option, worth in zip(issue.options, points, strict=True))
        parts.append(f"{issue.name} ({options})")
    parts += [f"{one.option} and {one.other_option} together {one.points:g} on top" for one in sheet.interactions]
    return "; ".join(parts)
