"""Speaking: to whom a seat may speak, what fits in what is left of its talk, whom it calls."""

from __future__ import annotations

from collections.abc import Iterable

from arena.core.draw import Draw
from arena.core.events import Disclosed, Message, Moved, Said, Seats
from arena.core.view import Ask, View


def audience(view: View, ask: Ask) -> Seats:
    """The most seats that may be addressed at once; nobody where no words are left."""
    left = ask.left
    if left.messages == 0 or left.characters == 0 or left.total == 0:
        return ()
    return tuple([s for s in range(len(view.seats)) if s != view.seat]) if ask.reach.public else ask.reach.to


def fitting(ask: Ask, to: Seats, texts: Iterable[str]) -> tuple[Message, ...]:
    """One message: the first of the texts that is short enough; none where all are too long, or nobody listens."""
    caps = [cap for cap in (ask.left.characters, ask.left.total) if cap is not None]
    for text in texts if to else ():
        if all(len(text) <= cap for cap in caps):
            return (Message(to, text),)
    return ()


def call(view: View, ask: Ask, draw: Draw, first: Seats = ()) -> int | None:
    """Who speaks next, where that is asked: one of `first` if it may be called, else the seat least heard; ties by
    lot."""
    if ask.kind != "call" or not ask.callable:
        return None
    wanted = [seat for seat in first if seat in ask.callable]
    count = heard(view)
    fewest = min(count.get(seat, 0) for seat in wanted or ask.callable)
    return draw.of("call").choice([seat for seat in wanted or ask.callable if count.get(seat, 0) == fewest])


def heard(view: View) -> dict[int, int]:
    """How many things each seat has said, told or done in this seat's sight; seats that have done none are left out."""
    count: dict[int, int] = {}
    for event in view.events[:]:
        author: int | None = None
        if type(event) is Said or type(event) is Moved:
            author = event.seat
        elif type(event) is Disclosed:
            author = event.by
        if author is not None:
            count[author] = count.get(author, 0) + 1
    return count
