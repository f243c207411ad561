"""What a seat has seen of the bargaining so far, beyond what still stands."""

from __future__ import annotations

from arena.core.events import AnyEvent, Disclosed, Moved, Passed, PhaseOpened, Said
from arena.core.view import View
from arena.scenarios.bargain.terms import Deal, Intends, Propose, Reject, WalkAway


def proposals(view: View) -> dict[int, list[Deal]]:
    """The offers that each seat has made, oldest first; seats that have made none are left out."""
    made: dict[int, list[Deal]] = {}
    for event in view.events[:]:
        if type(event) is Moved and type(event.move) is Propose:
            made.setdefault(event.seat, []).append(event.move.deal)
    return made


def rejections(view: View) -> dict[Deal, set[int]]:
    """The deals that seats have rejected while they stood, and by whom.

    Offers are numbered from 1 as they come; a deal that stands already gets no second number.
    """
    numbered: list[Deal] = []
    standing: dict[int, Deal] = {}
    rejected: dict[Deal, set[int]] = {}
    for event in view.events[:]:
        if type(event) is not Moved:
            continue
        seat, move = event.seat, event.move
        if type(move) is Propose:
            if standing.get(seat) == move.deal:
                continue
            standing.pop(seat, None)
            if move.deal not in standing.values():
                numbered.append(move.deal)
                standing[seat] = move.deal
        elif type(move) is Reject and 1 <= move.offer <= len(numbered):
            rejected.setdefault(numbered[move.offer - 1], set()).add(seat)
        elif type(move) is WalkAway:
            standing.pop(seat, None)
    return rejected


def told_this_phase(view: View) -> bool:
    """Whether a seat has disclosed points since the phase began."""
    for i in range(len(view.events) - 1, -1, -1):
        event = view.events[i]
        if _told_by(event) is not None:
            return True
        if isinstance(event, PhaseOpened):
            return False
    return False


def told_since_own_turn(view: View) -> bool:
    """Whether another seat has disclosed points since this seat last said, told or did something, or passed."""
    for i in range(len(view.events) - 1, -1, -1):
        event = view.events[i]
        by = _told_by(event)
        if by is not None and by != view.seat:
            return True
        if by == view.seat or (isinstance(event, Said | Moved | Passed) and event.seat == view.seat):
            return False
    return False


def _told_by(event: AnyEvent) -> int | None:
    """The seat that discloses points in this event."""
    return event.by if isinstance(event, Disclosed) and not isinstance(event.fact, Intends) else None
