"""The wire object of a body: what a model would have written to mean it."""

from __future__ import annotations

from typing import Any

import msgspec

from arena.core.events import Body, Seats
from arena.core.view import Ask, Choice, Field, MoveSpec, Record, Whole
from arena.core.wire.forms import claim_forms, may_speak, move_forms, open_now


def render(body: Body[Any, Any], ask: Ask, seats: tuple[str, ...]) -> dict[str, Any]:
    """The JSON object of a body as an answer to this ask, with the properties that the ask's exact schema has.

    Total: what no form fits (an illegal move of a scripted seat) is written field by field as it is. For a body that
    fits the forms, `parse(render(body, ask, seats), ask, ...) == body`.
    """
    if body.bid is not None:
        return {"bid": body.bid}
    if body.summary is not None:
        return {"summary": body.summary}
    wire: dict[str, Any] = {}
    speaks = may_speak(ask)
    if speaks or body.messages:
        wire["messages"] = [{"to": _to(m.to, ask, seats), "text": m.text} for m in body.messages]
    if body.claims or (speaks and open_now(claim_forms(ask))):
        forms = claim_forms(ask)
        wire["claims"] = [{"to": _to(c.to, ask, seats), "claim": _typed(c.fact, forms)} for c in body.claims]
    wire["move"] = None if body.move is None else _typed(body.move, move_forms(ask))
    if ask.notes or body.notes is not None:
        wire["notes"] = body.notes
    if ask.board is not None or body.board is not None:
        wire["board"] = None if body.board is None else {"version": body.board.version, "text": body.board.text}
    if body.call is not None:
        wire["next"] = _name(body.call, seats)
    return wire


def _to(to: Seats, ask: Ask, seats: tuple[str, ...]) -> str | list[str]:
    everyone = len(set(to) - {ask.seat}) == len(seats) - 1
    whispered = not ask.reach.public and set(to) <= set(ask.reach.to)
    return "all" if everyone and not whispered else [_name(seat, seats) for seat in to]


def _name(seat: int, seats: tuple[str, ...]) -> str:
    return seats[seat] if 0 <= seat < len(seats) else str(seat)


def _typed(thing: Any, specs: tuple[MoveSpec, ...]) -> Any:
    kind = type(thing).__struct_config__.tag
    for spec in specs:
        if spec.kind == kind and all([_fits(field, getattr(thing, field.name, None)) for field in spec.fields]):
            return {"kind": kind, **{f.name: _value(f, getattr(thing, f.name)) for f in spec.fields}}
    return msgspec.json.decode(msgspec.json.encode(thing))


def _fits(field: Field, value: Any) -> bool:
    match field:
        case Choice(options=options, changing=changing):
            return changing or value in options
        case Whole():
            return isinstance(value, int | float)
        case Record(fields=fields):
            return (
                isinstance(value, tuple)
                and len(value) == len(fields)
                and all([_fits(part, v) for part, v in zip(fields, value, strict=True)])
            )


def _value(field: Field, value: Any) -> Any:
    match field:
        case Choice():
            return value
        case Whole():
            return int(value) if isinstance(value, float) and value.is_integer() else value
        case Record(fields=fields):
            return {part.name: _value(part, v) for part, v in zip(fields, value, strict=True)}
