"""From the object that a model wrote to the body that it means, or the fault that it does not mean one."""

from __future__ import annotations

from typing import Any

import msgspec

from arena.core.board import Posting
from arena.core.events import Body, Claim, Fault, Message, Seats
from arena.core.view import Ask, MoveSpec
from arena.core.wire.faults import Malformed, check_keys, listed, malformed
from arena.core.wire.fields import free_text, read_spec, whole
from arena.core.wire.forms import HIGHEST_BID, claim_forms, move_forms, others

SPOKEN = ("messages", "claims", "move")


def parse(obj: object, ask: Ask, seats: tuple[str, ...], move_types: Any, fact_types: Any) -> Body[Any, Any] | Fault:
    """The body that `obj`, a JSON value, means as an answer to `ask`; or the fault, with a code of `wire.faults`.

    The form alone is judged, against everything that the seat might ever do; what is legal now is the moderator's to
    say. `move_types` and `fact_types` are the family's unions. It fails closed: an unknown key or kind, a wrong type,
    an unknown name or option is a fault of the whole reply. Messages, claims, move, notes and board may be left out; a
    name that is given twice in one `to` counts once, since a schema cannot forbid it.
    """
    try:
        return _Reading(ask, seats, move_types, fact_types).body(obj)
    except Malformed as e:
        return e.fault


class _Reading:
    def __init__(self, ask: Ask, seats: tuple[str, ...], move_types: Any, fact_types: Any) -> None:
        self.ask = ask
        self.seats = seats
        self.move_types = move_types
        self.fact_types = fact_types

    def body(self, obj: object) -> Body[Any, Any]:
        if not isinstance(obj, dict):
            raise malformed("not_object", "The reply", obj, "an object", "Write one JSON object: {...}.")
        if self.ask.kind == "bid":
            check_keys(obj, "The reply", ("bid",))
            return Body(bid=_bid(obj["bid"]))
        if self.ask.kind == "summarise":
            check_keys(obj, "The reply", ("summary",))
            return Body(summary=free_text(obj["summary"], "summary"))
        memory = (*(("notes",) if self.ask.notes else ()), *(("board",) if self.ask.board is not None else ()))
        check_keys(obj, "The reply", ("next",) if self.ask.kind == "call" else (), (*SPOKEN, *memory))
        messages = tuple([self._message(m, f"messages[{i}]") for i, m in enumerate(_list(obj, "messages"))])
        claims = tuple([self._claim(c, f"claims[{i}]") for i, c in enumerate(_list(obj, "claims"))])
        move, notes = obj.get("move"), obj.get("notes")
        return Body(
            messages,
            claims,
            None if move is None else self._typed(move_forms(self.ask), move, "move", self.move_types),
            None if notes is None else free_text(notes, "notes"),
            call=self._seat(obj["next"], "next") if self.ask.kind == "call" else None,
            board=None if obj.get("board") is None else _posting(obj["board"]),
        )

    def _message(self, value: object, place: str) -> Message:
        members = _object(value, place, ("to", "text"))
        return Message(self._to(members["to"], f"{place}.to"), free_text(members["text"], f"{place}.text"))

    def _claim(self, value: object, place: str) -> Claim[Any]:
        members = _object(value, place, ("to", "claim"))
        to = self._to(members["to"], f"{place}.to")
        return Claim(to, self._typed(claim_forms(self.ask), members["claim"], f"{place}.claim", self.fact_types))

    def _typed(self, specs: tuple[MoveSpec, ...], value: object, place: str, types: Any) -> Any:
        values = read_spec(specs, value, place)
        try:
            return msgspec.convert(values, type=types)
        except msgspec.ValidationError:
            # Only a choice that changes, and that has no options now, gets here with a value of the wrong type.
            expected = "values of the types that the schema has"
            raise malformed("wrong_type", place, value, expected, "Write whole numbers without quotes.") from None

    def _to(self, value: object, place: str) -> Seats:
        everyone = others(self.ask.seat, self.seats)
        if value == "all":
            return everyone
        if not isinstance(value, list):
            raise malformed("wrong_type", place, value, '"all" or a list of names', 'Write "all" or ["<name>"].')
        if not value:
            raise malformed("no_seat", place, value, "at least one name", 'Write "all", or name whom you mean.')
        named = {self._seat(name, f"{place}[{i}]") for i, name in enumerate(value)}
        if self.ask.seat in named:
            mine = self.seats[self.ask.seat]
            raise malformed("own_seat", place, mine, "other seats only", "Leave yourself out; you hear what you say.")
        return tuple(sorted(named))

    def _seat(self, name: object, place: str) -> int:
        if not isinstance(name, str) or name not in self.seats:
            known = listed(self.seats[s] for s in others(self.ask.seat, self.seats))
            raise malformed("unknown_seat", place, name, f"one of {known}", "Write a name exactly as it stands here.")
        return self.seats.index(name)


def _posting(value: object) -> Posting:
    members = _object(value, "board", ("version", "text"))
    version = whole(members["version"])
    if version is None:
        expected = "the version that you were shown, a whole number"
        raise malformed("wrong_type", "board.version", members["version"], expected, "Write it without quotes.")
    return Posting(version, free_text(members["text"], "board.text"))


def _list(obj: dict[str, object], key: str) -> list[object]:
    value = obj.get(key, [])
    if not isinstance(value, list):
        raise malformed("wrong_type", key, value, "a list", "Write [] where there is nothing to say.")
    return value


def _object(value: object, place: str, keys: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(value, dict):
        expected = f"an object with the keys {listed(keys)}"
        raise malformed("wrong_type", place, value, expected, "Write an object that has both.")
    check_keys(value, place, keys)
    return value


def _bid(value: object) -> int:
    bid = whole(value)
    expected = f"a whole number from 0 to {HIGHEST_BID}"
    if bid is None:
        raise malformed("wrong_type", "bid", value, expected, "Write it as a number, without quotes.")
    if not 0 <= bid <= HIGHEST_BID:
        raise malformed("out_of_range", "bid", value, expected, "Write a number within these limits.")
    return bid
