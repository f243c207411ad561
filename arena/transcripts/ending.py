"""How a transcript stands, by its last whole line: read in no time, whatever its length, and without its scenario."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from arena.errors import TranscriptError

TAIL = 16_384  # bytes; the last line of a match is seldom longer than one


class Ending(Struct, frozen=True):
    """Whether a transcript was begun (it has its header), is over, with which status, or was halted, and why.

    digest: of its last line; it is that of the whole transcript.
    """

    begun: bool = False
    over: bool = False
    status: str | None = None
    halted: str | None = None
    digest: str = ""


class _Any(Struct):
    kind: str
    status: str = ""
    why: str = ""


class _Addressed(Struct):
    e: _Any


class _Line(Struct):
    h: str = ""
    es: list[_Addressed] = []


_decoder = msgspec.json.Decoder(_Line)


def ending(path: Path) -> Ending:
    """How the transcript at `path` stands; not begun where there is none, or none with a whole header.

    The chain of digests is not looked at. Raises TranscriptError where the file cannot be read.
    """
    try:
        row = _last_row(path)
    except FileNotFoundError:
        return Ending()
    except OSError as error:
        raise TranscriptError(f"{path}: {error.strerror or error}") from None
    if row is None:
        return Ending()
    try:
        last = _decoder.decode(row)
    except (msgspec.MsgspecError, RecursionError):  # what it is instead, reading it as a whole will tell
        return Ending(begun=True)
    found: dict[str, Any] = {addressed.e.kind: addressed.e for addressed in last.es}
    if "closed" in found:
        return Ending(True, True, found["valued"].status if "valued" in found else None, digest=last.h)
    return Ending(True, halted=found["halted"].why if "halted" in found else None, digest=last.h)


def _last_row(path: Path) -> bytes | None:
    """The last whole line, without its end; None without any."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        tail, read = b"", 0
        while read < size:
            read = min(size, max(TAIL, 4 * read))
            file.seek(size - read)
            tail = file.read(read)
            whole = tail[: tail.rfind(b"\n") + 1]
            if whole.count(b"\n") > 1 or (read == size and whole):
                return whole[:-1].rpartition(b"\n")[2]
    return None
