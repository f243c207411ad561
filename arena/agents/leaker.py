"""A seat that blurts out all its secrets wherever it can: to see that they go nowhere else. For testing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from arena.agents.understood import Parser, understood
from arena.core.draw import Draw
from arena.core.view import Ask, Choice, Field, MoveSpec, Record, Reply, View, Whole

WAYS: Final = ("public", "whisper", "notes", "malformed")
WITH_BOARD: Final = (*WAYS, "board")
LONGEST: Final = 4000


class Leaker:
    """Tells what it alone was shown: marks of secrets first, then all of it as JSON, as far as the limits let it.

    By turns in public, in a whisper, in its notes, in a reply that is malformed and on a board that all share; where a
    channel is closed, in its notes. It makes a move only where one is owed, by lot.
    """

    def __init__(self, parser: Parser, draw: Draw) -> None:
        self._parser = parser
        self._draw = draw

    async def reply(self, view: View, ask: Ask) -> Reply:
        ways = WAYS if ask.board is None else WITH_BOARD
        way = ways[ask.nth % len(ways)]
        told = secrets(view)
        raw = f"I cannot keep this to myself: {told}" if way == "malformed" else json.dumps(self._wire(view, ask, way))
        return understood(raw, ask, view.seats, self._parser)

    def _wire(self, view: View, ask: Ask, way: str) -> dict[str, Any]:
        if ask.kind == "bid":
            return {"bid": 10}
        room = _room(ask)
        to: list[str] | str = []
        if room and way == "public" and ask.reach.public:
            to = "all"
        elif room and way == "whisper" and ask.reach.to:
            to = [view.seats[ask.reach.to[ask.nth % len(ask.reach.to)]]]
        told = secrets(view)
        wire: dict[str, Any] = {
            "messages": [{"to": to, "text": told[:room]}] if to else [],
            "move": self._move(view, ask),
        }
        if ask.notes:
            wire["notes"] = None if to else told
        if ask.board is not None and way == "board":
            wire["board"] = {"version": ask.board.version, "text": told[: ask.board.room]}
        if ask.kind == "call":
            wire["next"] = view.seats[ask.callable[ask.nth % len(ask.callable)]]
        return wire

    def _move(self, view: View, ask: Ask) -> dict[str, Any] | None:
        specs: list[MoveSpec] = [spec for spec in ask.moves if spec.legal] if ask.must else []
        if not specs:
            return None
        rng = self._draw.at(view.seat, ask.nth).of("move")
        spec = rng.choice(specs)

        def value(field: Field) -> Any:
            match field:
                case Choice(options=options):
                    return rng.choice(options)
                case Whole(low=low, high=high):
                    return rng.randint(low, high)
                case Record(fields=fields):
                    return {each.name: value(each) for each in fields}

        return {"kind": spec.kind, **{field.name: value(field) for field in spec.fields}}


def secrets(view: View) -> str:
    """All that the seat alone was shown: its marks, then the whole as JSON."""
    plain = msgspec.to_builtins(view.known.own)
    return f"{' '.join(dict.fromkeys(_marks(plain)))} {json.dumps(plain, ensure_ascii=False)}"[:LONGEST]


def _marks(value: object) -> Iterator[str]:
    """The canaries in it, in order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "canary" and isinstance(inner, str):
                yield inner
            else:
                yield from _marks(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _marks(inner)


def _room(ask: Ask) -> int:
    """Characters that a message may have now."""
    left = ask.left
    caps = [cap for cap in (left.characters, left.total) if cap is not None]
    return 0 if left.messages == 0 else min([*caps, LONGEST])
