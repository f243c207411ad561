"""What the models of a transcript have cost, read from its lines without playing them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from arena.core.usage import Usage
from arena.errors import TranscriptError
from arena.models.spending import NOTHING, Spent, spent_on
from arena.transcripts.codec import UNREADABLE, read_header
from arena.transcripts.read import load

_REPLIED = b'"kind":"replied"'
_SEATED = b'"kind":"seated"'


def spent_in(transcript: Path) -> tuple[Spent, bool]:
    """What the models' replies in a transcript have cost (a fork's: since it left its parent), and whether every model
    in it has a price.

    Lines that cannot be read cost nothing here; reading the transcript says what is wrong with them.
    """
    try:
        first, *rows = load(transcript).split(b"\n")
        header = read_header(first)
    except TranscriptError:
        return NOTHING, True
    sitters = dict(enumerate(header.sitters))
    models = [each for each in (*header.sitters, *header.newcomers.values()) if each.kind == "model"]
    shared = header.fork.line if header.fork is not None else 1
    spent = NOTHING
    for n, row in enumerate(rows, start=2):
        if _SEATED in row:
            sitters |= {seated.seat: header.newcomers[seated.seat] for seated in _of_kind(row, "seated")}
        if n > shared and _REPLIED in row:
            for reply in _of_kind(row, "replied"):
                if sitters[reply.seat].kind == "model":
                    spent = spent.plus(spent_on(reply.usage, sitters[reply.seat].price, reply.overflow is not None))
    return spent, all(sitter.price is not None for sitter in models)


class _Event(Struct):
    kind: str
    seat: int = 0
    usage: Usage | None = None
    overflow: msgspec.Raw | None = None


class _Addressed(Struct):
    e: _Event


class _Row(Struct):
    es: list[_Addressed]


def _of_kind(row: bytes, kind: str) -> Iterator[_Event]:
    try:
        found = msgspec.json.decode(row, type=_Row)
    except UNREADABLE:
        return
    yield from (each.e for each in found.es if each.e.kind == kind)
