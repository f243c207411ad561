"""Which moves, claims and audiences an ask leaves open: now (exact), or on any turn of the match."""

from __future__ import annotations

from arena.core.events import Seats
from arena.core.view import Ask, MoveSpec

HIGHEST_BID = 10


def move_forms(ask: Ask) -> tuple[MoveSpec, ...]:
    """Every kind of move that the seat might ever make."""
    return tuple([form for form in ask.forms if form.role != "claim"])


def claim_forms(ask: Ask) -> tuple[MoveSpec, ...]:
    """Every kind of claim that the seat might ever make; those among the ask's forms where it names any there."""
    return tuple([form for form in ask.forms if form.role == "claim"]) or ask.claims


def open_now(specs: tuple[MoveSpec, ...]) -> tuple[MoveSpec, ...]:
    """Those that may be made now."""
    return tuple([spec for spec in specs if spec.legal])


def may_speak(ask: Ask) -> bool:
    """Whether the seat can say anything to anyone now."""
    left = ask.left
    spent = left.messages == 0 or left.characters == 0 or left.total == 0
    return not spent and (ask.reach.public or bool(ask.reach.to))


def others(seat: int, seats: tuple[str, ...]) -> Seats:
    """Everyone but the seat, ascending."""
    return tuple([s for s in range(len(seats)) if s != seat])
