"""A seat of any family that uses whatever it is allowed to, legally and without sense."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Final

import msgspec

from arena.core.board import Posting
from arena.core.draw import Draw
from arena.core.events import Body, Claim, Message, Refused, Replied, Seats, Summarised
from arena.core.protocol import AnyScenario
from arena.core.view import Ask, Field, MoveSpec, Record, Reply, View, Whole
from arena.core.wire import HIGHEST_BID
from arena.scripting.lots import any_move, any_value
from arena.scripting.speech import audience

LOTS: Final = 12  # moves that are drawn until one is legal
MODEST: Final = 12  # the part of a range, from below, that numbers are taken from
WORDS: Final = ("I have counted again.", "That may well be.", "?!", "Let us see, and then decide.")


class Anyone:
    """Talks, whispers, claims and moves by lot, writes notes and the board, bids and calls.

    What it does hangs on its draw, its seat and how many turns it has had: neither refusals nor summaries change it.
    Of a range of numbers it takes a low one, so that what can be used up is there for another round.
    """

    def __init__(self, scenario: AnyScenario, draw: Draw) -> None:
        self._scenario, self._draw = scenario, draw

    def __call__(self, view: View, ask: Ask) -> Body[Any, Any]:
        n = turns_had(view)
        rng = self._draw.of(view.seat, n)
        if ask.kind == "bid":
            return Body(bid=rng.randint(0, HIGHEST_BID))
        move = legal_move(self._scenario, view, ask, rng) if ask.must or rng.random() < 0.7 else None
        to = audience(view, ask)
        return Body(
            messages=_messages(ask, to, rng),
            claims=tuple([Claim(to, c) for c in claims(self._scenario, ask.claims, rng)]) if to else (),
            move=move,
            notes=f"turn {n}" if ask.notes and rng.random() < 0.5 else None,
            call=rng.choice(ask.callable) if ask.kind == "call" else None,
            board=Posting(ask.board.version, f"turn {n} of {view.seat}") if ask.board and n % 3 == 0 else None,
        )


def turns_had(view: View) -> int:
    """The turns (or bids) that a seat has had: its replies, but those that were refused, and summaries."""
    replies = sum(isinstance(e, Replied) and e.overflow is None for e in view.events)
    return replies - sum(isinstance(e, Refused | Summarised) for e in view.events)


def legal_move(scenario: AnyScenario, view: View, ask: Ask, rng: Random) -> Any:
    """A move that is legal now, by lot; None where none was drawn."""
    for _ in range(LOTS if ask.moves else 0):
        spec = rng.choice(ask.moves)
        wire = {"kind": spec.kind, **{field.name: _modest(field, rng) for field in spec.fields}}
        move = converted(wire, scenario.move_types)
        if move is not None and scenario.refuse(view.known, view.seat, move) is None:
            return move
    return None


def _modest(field: Field, rng: Random) -> object:
    match field:
        case Whole(low=low, high=high):
            return rng.randint(low, low + (high - low) // MODEST)
        case Record(fields=fields):
            return tuple(_modest(each, rng) for each in fields)
    return any_value(field, rng)


def claims(scenario: AnyScenario, specs: Sequence[MoveSpec], rng: Random) -> list[Any]:
    """Typed disclosures by lot, most kinds of those that may be made."""
    drawn = [any_move((spec,), scenario.fact_types, rng) for spec in specs if rng.random() < 0.7]
    return [claim for claim in drawn if claim is not None]


def _messages(ask: Ask, to: Seats, rng: Random) -> tuple[Message, ...]:
    """To all that can be reached at once, and to one of them alone, as far as what is left of the talk goes."""
    wanted = [Message(to, rng.choice(WORDS))] if to else []
    wanted += [Message((rng.choice(ask.reach.to),), "psst")] if to and ask.reach.to else []
    fits, room = list[Message](), ask.left.total
    for message in wanted[: ask.left.messages]:
        size = len(message.text)
        if (ask.left.characters is None or size <= ask.left.characters) and (room is None or size <= room):
            fits.append(message)
            room = None if room is None else room - size
    return tuple(fits)


def converted(wire: dict[str, Any], types: Any) -> Any:
    """The struct that a plain mapping stands for; None where it stands for none."""
    try:
        return msgspec.convert(wire, type=types)
    except msgspec.ValidationError:
        return None


Given = Body[Any, Any] | Reply | str
