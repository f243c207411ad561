"""What a seat has left once nobody in it remembers: what a newcomer finds, and what amnesia leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from arena.core.events import (
    AnyEvent,
    Bid,
    Carried,
    Certified,
    Closed,
    Delivered,
    Disclosed,
    Dropped,
    Floor,
    Forfeited,
    Forgot,
    Halted,
    Joined,
    Marked,
    Moved,
    Noted,
    Opened,
    Passed,
    PhaseOpened,
    Posted,
    Refused,
    Replied,
    Said,
    Seated,
    Sent,
    Summarised,
    Turned,
    Valued,
)


def left_to_a_newcomer(seen: Sequence[AnyEvent]) -> list[AnyEvent]:
    """Of what a seat has seen, in order, what a newcomer to it is given: the game, and no words.

    The seats, the phases, the moves (the seat's own sealed ones among them: they bind it), the facts of the game that
    are public or the seat's own, its goal, and the board as it stands. Not what anyone said or claimed, nor the seat's
    own replies, notes, summaries, bids and refusals. What is left of that is the same again.
    """
    last = max([i for i, e in enumerate(seen) if isinstance(e, Posted)], default=-1)
    return [e for i, e in enumerate(seen) if i == last or _stays(e)]


def _stays(e: AnyEvent) -> bool:
    match e:
        case Opened() | PhaseOpened() | Moved() | Floor() | Turned() | Closed():
            return True
        case Disclosed(by=by):
            return by is None
        case Said() | Replied() | Refused() | Passed() | Bid() | Forfeited() | Noted() | Summarised() | Posted():
            return False
        case Carried() | Joined() | Forgot() | Seated() | Dropped() | Sent() | Delivered():
            return False
        case Marked() | Certified() | Halted() | Valued():
            return False
    assert_never(e)
