"""What a remote agent is told: its seat's view and the ask, as JSON. Pure.

Seats go by their names. Nothing in it says when it was, how many events there were that the seat did not see, or who
plays the others; inside a fact, a move or the known world, seats are numbers as the game has them, which `seats` names.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

import msgspec

from arena.core.events import AnyEvent, Body, Replied, Seats
from arena.core.view import Ask, View
from arena.core.wire import schema
from arena.errors import Halt

VERSION: Final = "arena-remote/1"
ONE: Final = ("seat", "by")  # fields of events that hold a seat
SOME: Final = "to"  # and the one that holds several

Json = dict[str, Any]  # the codec's edge


def told(view: View, ask: Ask) -> bytes:
    """The JSON object that a remote agent is sent, but for the id of its match.

    Raises Halt where the game's world holds what JSON cannot.
    """
    names = view.seats
    everything = {
        "version": VERSION,
        "seat": names[view.seat],
        "seats": names,
        "events": [_event(event, names) for event in view.events if not _unanswered(event)],
        "known": view.known,
        "ask": _ask(ask, names),
        **({"others": [_seat(other) for other in view.others]} if view.others else {}),
    }
    try:
        return msgspec.json.encode(everything)
    except (TypeError, ValueError, RecursionError) as error:
        why = "what this game knows cannot be written as JSON, as a remote agent needs it"
        raise Halt(f"{why}: {error}; make its world a frozen struct of plain values") from error


def _seat(view: View) -> Json:
    """What another seat sees, where one agent is given every seat."""
    events = [_event(event, view.seats) for event in view.events if not _unanswered(event)]
    return {"seat": view.seats[view.seat], "events": events, "known": view.known}


def request(match: str, message: bytes) -> bytes:
    """The body of the request: the id of the match stands first."""
    return b'{"match":%s,%s' % (msgspec.json.encode(match), message[1:])


def message_hash(message: bytes) -> str:
    """BLAKE2b-128 of what a remote agent was told, as 32 hex digits."""
    return blake2b(message, digest_size=16).hexdigest()


def _unanswered(event: AnyEvent) -> bool:
    """Whether an event says that the prompt of a model, which sat here up to a fork, had outgrown it."""
    return isinstance(event, Replied) and event.overflow is not None


def _event(event: AnyEvent, names: Sequence[str]) -> Json:
    if isinstance(event, Replied):
        return _replied(event, names)
    plain: Json = msgspec.to_builtins(event)
    for field in ONE:
        if plain.get(field) is not None:
            plain[field] = names[plain[field]]
    if SOME in plain:
        plain[SOME] = _named(plain[SOME], names)
    return plain


def _replied(event: Replied[Any, Any], names: Sequence[str]) -> Json:
    """The seat's own reply: its text, or what it said where there was none (another kind of agent sat there then)."""
    plain: Json = {"kind": "replied", "seat": names[event.seat]}
    if event.raw or event.body is None:
        plain["raw"] = event.raw
    else:
        plain["body"] = _body(event.body, names)
    return plain if event.fault is None else {**plain, "fault": event.fault}


def _body(body: Body[Any, Any], names: Sequence[str]) -> Json:
    if body.bid is not None:
        return {"bid": body.bid}
    if body.summary is not None:
        return {"summary": body.summary}
    return {
        "messages": [{"to": _named(m.to, names), "text": m.text} for m in body.messages],
        "claims": [{"to": _named(c.to, names), "claim": c.fact} for c in body.claims],
        "move": body.move,
        "notes": body.notes,
        **({} if body.board is None else {"board": body.board}),
        **({} if body.call is None else {"next": names[body.call]}),
    }


def _ask(ask: Ask, names: Sequence[str]) -> Json:
    return {
        "kind": ask.kind,
        "nth": ask.nth,
        "must": ask.must,
        "moves": ask.moves,
        "claims": ask.claims,
        "reach": {"public": ask.reach.public, "to": _named(ask.reach.to, names)},
        "left": ask.left,
        "callable": _named(ask.callable, names),
        "notes": ask.notes,
        "board": ask.board,
        "schema": schema(ask, tuple(names)),
    }


def _named(seats: Seats, names: Sequence[str]) -> list[str]:
    # A reply that was refused may name seats that there are not.
    return [names[seat] if 0 <= seat < len(names) else str(seat) for seat in seats]
