"""Lines to bytes and back, each with a digest that chains it to the one before.

The digest covers the line's number and all that follows `"es":`, byte for byte, and the digest before it; the time
offset is left out, so that two runs of the same match agree. A line is `{"n": ..., "t": ..., "h": ..., "es": [{"to":
..., "e": ...}]}`, without spaces; what a later version adds to a line stands behind the events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from arena.core.events import Addressed, AnyAddressed
from arena.core.protocol import AnyScenario
from arena.errors import Tampered, TranscriptError
from arena.transcripts.header import SCHEMA, Header

_encoder = msgspec.json.Encoder()
encode = _encoder.encode
# What decoding raises: msgspec's errors and text that is not UTF-8 are ValueErrors; nesting without end.
UNREADABLE = (ValueError, RecursionError)
NAME = re.compile(r"[\w~][\w.~+-]{0,199}")  # what a match may be called: its name becomes that of a file
_START = b'{"schema":"'
_LINE = re.compile(rb'\{"n":(\d+),"t":(0|-?[1-9]\d*),"h":"([0-9a-f]{32})","es":')
_DIGEST = re.compile(rb',"digest":"([0-9a-f]{32})"\}\Z')


EventDecoder = msgspec.json.Decoder[tuple[AnyAddressed, ...]]


class Line(Struct, frozen=True):
    """A line: its number (the header is 1), its offset in milliseconds, its digest, its events."""

    n: int
    t: int
    h: str
    es: tuple[AnyAddressed, ...]


def chain(before: str, n: int, es: bytes) -> str:
    """The digest of line `n` with events `es` after a line with digest `before`: 32 hex digits."""
    return blake2b(b"%s%d:%s" % (before.encode(), n, es), digest_size=16).hexdigest()


def line_bytes(n: int, t: int, before: str, events: Sequence[AnyAddressed]) -> tuple[bytes, str]:
    """A line as it is written, and its digest."""
    es = encode(events)
    digest = chain(before, n, es)
    return b'{"n":%d,"t":%d,"h":"%s","es":%s}\n' % (n, t, digest.encode(), es), digest


def unchained(row: bytes, n: int, before: bytes) -> tuple[int, bytes, bytes] | None:
    """The time offset, the digest and the encoded events of a row that is, to the byte, what was written as line `n`
    after a line with digest `before`; None of any other."""
    head = _LINE.match(row)
    if head is None or row[-1:] != b"}":
        return None
    number, t, digest = head.groups()
    es = row[head.end() : -1]
    found = blake2b(b"%s%s:%s" % (before, number, es), digest_size=16).hexdigest().encode()
    return (int(t), digest, es) if found == digest and number == b"%d" % n else None


def named(row: bytes) -> int | None:
    """The number that a row says it has; None where it is no line of a transcript."""
    try:
        return msgspec.json.decode(row, type=_Numbered).n
    except UNREADABLE:
        return None


class _Numbered(Struct):
    n: int
    t: int
    h: str
    es: msgspec.Raw


def sealed(header: Header) -> Header:
    """The header with its digest, which begins the chain."""
    plain = msgspec.structs.replace(header, digest="")
    return msgspec.structs.replace(plain, digest=blake2b(encode(plain), digest_size=16).hexdigest())


def read_header(line: bytes) -> Header:
    """The header from a transcript's first line.

    Raises TranscriptError, saying what the line is instead, and Tampered where it is not the one that was written.
    """
    found = _schema(line)
    if found != SCHEMA:
        raise TranscriptError(f"this transcript has schema {found!r}; this version reads {SCHEMA!r}: upgrade Arena")
    digest = _DIGEST.search(line)
    if digest is None:
        raise Tampered(1, "the header was edited: it has no digest at its end")
    if blake2b(line[: digest.start()] + b"}", digest_size=16).hexdigest().encode() != digest[1]:
        raise Tampered(1, "the header was edited: its digest does not fit it")
    try:
        header = msgspec.json.decode(line, type=Header)
    except UNREADABLE as error:
        raise TranscriptError(f"the header cannot be read: {error}") from None
    if not NAME.fullmatch(header.id):
        raise TranscriptError(f"the header's id, {header.id[:40]!r}, is no name for a file")
    return header


def _schema(line: bytes) -> str:
    """The schema that a first line names; it need not be JSON for that, so that a line which was damaged counts."""
    if line.startswith(_START):
        found: object = line[len(_START) :].partition(b'"')[0].decode(errors="replace")
    else:
        try:
            found = msgspec.json.decode(line, type=dict[str, Any]).get("schema")
        except UNREADABLE:
            raise TranscriptError("this is not an Arena transcript: its first line is not a JSON object") from None
    if not isinstance(found, str) or not found.startswith("arena-transcript/"):
        raise TranscriptError("this is not an Arena transcript: its first line has no schema 'arena-transcript/...'")
    return found


def events_of(row: bytes, es: bytes, decoder: EventDecoder) -> tuple[AnyAddressed, ...]:
    """The events of a row with these encoded events; a later version may have put more fields behind them.

    Raises what UNREADABLE says.
    """
    try:
        return decoder.decode(es)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return decoder.decode(msgspec.json.decode(row, type=_Numbered).es)


def event_decoder(scenario: AnyScenario) -> EventDecoder:
    """A decoder for the events of a family, whose closed unions of moves and facts the scenario declares."""
    return _decoder_of(scenario.move_types, scenario.fact_types)


@lru_cache(maxsize=32)  # families; those of scenario files are loaded anew each time
def _decoder_of(moves: Any, facts: Any) -> EventDecoder:
    return msgspec.json.Decoder(tuple[Addressed[moves, facts], ...])
