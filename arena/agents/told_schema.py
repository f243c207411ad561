"""The JSON Schema of what a remote agent is told and of what it answers.

Fields that are not in the first are allowed, since later versions may add some; in the second none are, as in every
reply. What is legal at a moment is narrower: the ask itself carries the exact schema of that.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

from arena.agents.told import ONE, SOME, VERSION
from arena.core.board import Board
from arena.core.events import Addressed, Fault
from arena.core.view import Allowance, MoveSpec, World
from arena.core.wire import HIGHEST_BID
from arena.transcripts.schema import DRAFT, components, name_of

# Kinds that nobody sees, and the two whose audience sees what is within.
UNSEEN: Final = ("Seated", "Dropped", "Sent", "Delivered", "Marked", "Certified", "Halted", "Valued")
NAME: Final = {"type": "string"}
NAMES: Final = {"type": "array", "items": NAME}
Json = dict[str, Any]  # the codec's edge: a schema is JSON


class Reach(Struct, frozen=True):
    """Whom the seat may address now: everyone at once, and these by name, one by one or in groups."""

    public: bool
    to: tuple[str, ...]


class Ask(Struct, frozen=True):
    """The question: the seat's `nth` (from 0), and what it may answer now.

    `schema` is the exact JSON Schema of a legal answer. `kind`: speak; bid for the floor; call, to speak and name who
    speaks next, one of `callable`. `must`: a move is owed. `notes`: whether notes are kept; `board`: the shared board
    as it stands, null without one.
    """

    kind: Literal["speak", "bid", "call"]
    nth: int
    must: bool
    moves: tuple[MoveSpec, ...]
    claims: tuple[MoveSpec, ...]
    reach: Reach
    left: Allowance
    callable: tuple[str, ...]
    notes: bool
    board: Board | None
    schema: dict[str, Any]


def remote_schema(move_types: Any, fact_types: Any, world: Any) -> Json:
    """The schemas of request and reply for a family with these moves, facts and known world, as plain values."""
    event = Addressed[move_types, fact_types]
    (line, known, ask, fault), defs = components([event, World[world], Ask, Fault])
    events = _seen(defs[name_of(line)]["properties"]["e"])
    for each in events["anyOf"]:
        _name_seats(defs[name_of(each)])
    replied = defs["Replied"]
    said = {"type": "object", "description": "what it said, where there was no text: another kind of agent sat there"}
    kept = {key: replied["properties"][key] for key in ("kind", "seat", "raw")}
    replied["properties"] = {**kept, "body": said, "fault": fault}
    replied["description"] = "The seat's own reply, before anyone ruled on it: its text as it came."
    request = _request(events, known, ask)
    reply = _reply()
    return {
        "$schema": DRAFT,
        "title": f"Remote agents ({VERSION})",
        "description": "`request` is what a server is sent by POST, `reply` what it answers.",
        "$ref": "#/$defs/request",
        "$defs": {"request": request, "reply": reply, **_used(defs, request)},
    }


def _request(events: Json, known: Json, ask: Json) -> Json:
    properties = {
        "match": {**NAME, "description": "tells matches apart; the same for all asks of this seat in this match"},
        "version": {"const": VERSION},
        "seat": {**NAME, "description": "the name of your seat"},
        "seats": {**NAMES, "description": "all names, by number"},
        "events": {"type": "array", "items": events, "description": "all that your seat has seen, in order"},
        "known": {**known, "description": "the game as your seat knows it"},
        "ask": ask,
    }
    other = {key: properties[key] for key in ("seat", "events", "known")}
    merged = {
        "type": "array",
        "items": {"type": "object", "properties": other, "required": list(other)},
        "description": "what every other seat sees, where one agent is given all of them",
    }
    return {"type": "object", "properties": {**properties, "others": merged}, "required": list(properties)}


def _reply() -> Json:
    to = {"anyOf": [{"const": "all"}, {**NAMES, "minItems": 1}]}
    kind = {"type": "object", "properties": {"kind": NAME}, "required": ["kind"]}
    spoken = {
        "messages": {"type": "array", "items": _object({"to": to, "text": NAME})},
        "claims": {"type": "array", "items": _object({"to": to, "claim": kind})},
        "move": {"anyOf": [kind, {"type": "null"}]},
        "notes": {"type": ["string", "null"]},
        "board": {"anyOf": [_object({"version": {"type": "integer"}, "text": NAME}), {"type": "null"}]},
        "next": {**NAME, "description": "who speaks next, where the ask is a call"},
    }
    bid = _object({"bid": {"type": "integer", "minimum": 0, "maximum": HIGHEST_BID}})
    return {"anyOf": [{"type": "object", "properties": spoken, "additionalProperties": False}, bid]}


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _seen(events: Json) -> Json:
    """The kinds of events that some seat may see."""
    return {"anyOf": [each for each in events["anyOf"] if name_of(each) not in UNSEEN]}


def _name_seats(event: Json) -> None:
    """Put names where an event has numbers of seats."""
    properties = event["properties"]
    for field in ONE:
        if field in properties:
            properties[field] = {"type": ["string", "null"]} if field not in event.get("required", ()) else NAME
    if SOME in properties:
        properties[SOME] = NAMES


def _used(defs: Json, root: Json) -> Json:
    """Those of the definitions that are referred to from here, in the order of their names."""
    found: set[str] = set()
    left = [root]
    while left:
        for name in _references(left.pop()) - found:
            found.add(name)
            left.append(defs[name])
    return {name: defs[name] for name in sorted(found)}


def _references(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {name for each in schema for name in _references(each)}
    if not isinstance(schema, dict):
        return set()
    own = {name_of(schema)} if isinstance(schema.get("$ref"), str) else set()
    return own | {name for each in schema.values() for name in _references(each)}
