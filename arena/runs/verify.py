"""Verifying a transcript: every ruling and every prompt computed again, and where they part.

The chain of digests tells an edit that left the digests alone. This tells the rest: a line whose digest was made anew, a
ruling that the rules do not give, a prompt that was not the one that was sent.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from arena.core.events import Halted, Replied, address
from arena.core.protocol import Asks, Ruling
from arena.core.recall import view
from arena.core.table import Table, blank, evolve
from arena.core.view import Ask
from arena.errors import Tampered
from arena.runs.seating import Reader, readers
from arena.transcripts.codec import Line, encode
from arena.transcripts.read import Transcript, read


class Verdict(Struct, frozen=True):
    """Whether a transcript is what was played; `line` is the first that differs (the header is 1), `lines` how many there are."""

    ok: bool
    line: int | None
    why: str
    lines: int


class _Differs(Exception):
    pass


def verify(path: Path) -> Verdict:
    """Compute a transcript again. Raises TranscriptError where the file is no transcript."""
    try:
        transcript = read(path)
    except Tampered as error:
        return Verdict(False, error.line, error.why, 0)
    total = len(transcript.lines) + 1
    table, n = blank(transcript.game), 2
    try:
        _header(transcript)
        reading = readers(transcript)
        for line in transcript.lines:
            n = line.n
            _line(table, transcript, line, reading)
            table = evolve(table, line.es)
        n += 1
        return _end(table, transcript, total)
    except _Differs as error:
        return Verdict(False, n if str(error)[:6] != "header" else 1, str(error), total)


def _header(transcript: Transcript) -> None:
    """The task, where this very version dealt it, must be what seed and parameters give."""


def _line(table: Table, transcript: Transcript, line: Line, reading: tuple[Reader | None, ...]) -> None:
    events = tuple(a.e for a in line.es)
    if encode(address(events, table.game.everyone)) != encode(line.es):
        raise _Differs("an event is addressed to other seats than may see it")
    step = transcript.header.meeting.next(table)
    match step:
        case None:
            raise _Differs("the match had ended before this line")
        case Ruling():
            if encode(step.events) != encode(events):
                raise _Differs("the rules give another ruling here")
        case Asks(asks=asks):
            if len(events) != 1:
                raise _Differs("a reply was due here")
            match events[0]:
                case Halted():
                    return
                case Replied(seat=seat) as reply if seat in (due := {ask.seat: ask for ask in asks}):
                    _reply(table, transcript, reply, due[seat], reading[seat])
                case _:
                    raise _Differs("a reply of another seat was due here")
