"""The JSON Schema of a reply.

Both forms are objects with all properties required and no others allowed, null where a thing is optional, and keep to
the keywords of OpenAI's strict mode (platform.openai.com/docs/guides/structured-outputs), except that the exact form
has `maxLength` where the meeting limits the length of a message: it is written into the prompt, and not sent as a
schema to decode by.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from msgspec import structs

from arena.core.board import Board
from arena.core.view import Allowance, Ask, Choice, Field, MoveSpec, Reach, Record, Whole
from arena.core.wire.forms import HIGHEST_BID, claim_forms, may_speak, move_forms, open_now, others
from arena.core.wire.sharing import share

Json = dict[str, Any]  # the codec's edge: a schema is JSON
# How many are kept, of those that were needed last: a turn often asks what the one before it asked. A text takes a few
# KiB, a schema as plain values several times as much.
TEXTS, SCHEMAS = 2048, 256


def schema(ask: Ask, seats: tuple[str, ...], exact: bool = True) -> Json:
    """The schema of a reply to this ask, from the seat numbers' names.

    exact: what is legal now and nothing else, so far as a schema can say it (the sum of several messages' lengths and
    rules across fields are beyond it). Otherwise what might ever be legal: a schema that is the same on every turn of
    a match, since one that changes breaks a provider's prefix cache and is compiled anew. It depends on the ask's
    kind, seat, forms, claims and memory alone, with `changing` choices widened to any text or whole number. It is made
    once for all of them, and not to be written on.
    """
    if exact:
        return _schema(ask, seats, exact)
    return _stable(_lasting(ask), seats)


def _lasting(ask: Ask) -> Ask:
    """What an ask has in common with all others of its kind to this seat."""
    board = None if ask.board is None else Board(0, "", 0)
    plain = Ask(ask.seat, ask.kind, 0, (), ask.claims, ask.forms, Reach(public=False, to=()), Allowance())
    return structs.replace(plain, notes=ask.notes, board=board)


@lru_cache(maxsize=SCHEMAS)
def _stable(ask: Ask, seats: tuple[str, ...]) -> Json:
    return _schema(ask, seats, exact=False)


def _schema(ask: Ask, seats: tuple[str, ...], exact: bool) -> Json:
    if ask.kind == "bid":
        return _object({"bid": {"type": "integer", "minimum": 0, "maximum": HIGHEST_BID}})
    if ask.kind == "summarise":
        return _object({"summary": _text(ask, exact)})
    properties: Json = {}
    to = _to(ask, seats, exact)
    if to is not None:
        properties["messages"] = _list({"to": to, "text": _text(ask, exact)}, ask.left.messages if exact else None)
        claims = open_now(claim_forms(ask)) if exact else claim_forms(ask)
        if claims:
            properties["claims"] = _list({"to": to, "claim": _any_of([_spec(c, exact) for c in claims])})
    properties["move"] = _move(ask, exact)
    if ask.notes:
        properties["notes"] = {"type": ["string", "null"]}
    if ask.board is not None:
        properties["board"] = _any_of([_board(ask.board, exact), {"type": "null"}])
    if ask.kind == "call":
        properties["next"] = _enum([seats[s] for s in (ask.callable if exact else others(ask.seat, seats))])
    return share(_object(properties))


def exact_schema_text(ask: Ask, seats: tuple[str, ...]) -> str:
    """The exact schema as compact JSON on one line, as it stands in the prompt."""
    return _exact_text(structs.replace(ask, nth=0), seats)


@lru_cache(maxsize=TEXTS)
def _exact_text(ask: Ask, seats: tuple[str, ...]) -> str:
    return json.dumps(_schema(ask, seats, exact=True), ensure_ascii=False, separators=(",", ":"))


def _to(ask: Ask, seats: tuple[str, ...], exact: bool) -> Json | None:
    """Who may be addressed; None where nobody may."""
    if exact and not may_speak(ask):
        return None
    reached = ask.reach.to if exact else others(ask.seat, seats)
    kinds = [_enum(["all"])] if ask.reach.public or not exact else []
    if reached:
        some: Json = {"type": "array", "items": _enum([seats[s] for s in reached]), "minItems": 1}
        kinds.append({**some, "maxItems": len(reached)} if exact else some)
    return _any_of(kinds)


def _text(ask: Ask, exact: bool) -> Json:
    limits = [limit for limit in (ask.left.characters, ask.left.total) if limit is not None]
    return {"type": "string", "maxLength": min(limits)} if exact and limits else {"type": "string"}


def _board(board: Board, exact: bool) -> Json:
    version: Json = _enum([board.version]) if exact else {"type": "integer"}
    text: Json = {"type": "string", "maxLength": board.room} if exact else {"type": "string"}
    return _object({"version": version, "text": text})


def _move(ask: Ask, exact: bool) -> Json:
    specs = open_now(ask.moves) if exact else move_forms(ask)
    kinds = [_spec(spec, exact) for spec in specs]
    return _any_of(kinds if exact and ask.must and kinds else [*kinds, {"type": "null"}])


def _spec(spec: MoveSpec, exact: bool) -> Json:
    return _object({"kind": _enum([spec.kind]), **{field.name: _field(field, exact) for field in spec.fields}})


def _field(field: Field, exact: bool) -> Json:
    match field:
        case Choice(options=options, changing=changing):
            widened = not exact and (changing or not options)
            return {"type": ["string", "integer"]} if widened else _enum(list(options))
        case Whole(low=low, high=high):
            return {"type": "integer", "minimum": low, "maximum": high}
        case Record(fields=fields):
            return _object({part.name: _field(part, exact) for part in fields})


def _enum(options: list[Any]) -> Json:
    kinds = sorted({"string" if isinstance(option, str) else "integer" for option in options})
    return {"type": kinds[0] if len(kinds) == 1 else kinds, "enum": options}


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(properties: Json, most: int | None = None) -> Json:
    items: Json = {"type": "array", "items": _object(properties)}
    return items if most is None else {**items, "maxItems": most}


def _any_of(kinds: list[Json]) -> Json:
    return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
