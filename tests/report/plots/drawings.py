"""What tests of pictures share: records of matches, specifications looked into, files decoded."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import msgspec

from arena.core.table import fold
from arena.report.plots.drawing import FORMATS, specification
from arena.report.plots.find import find
from arena.report.plots.picture import Record
from arena.transcripts.codec import Line
from tests.pictures import sample as read_sample
from tests.report.recorded import header, played

HOSTILE = (
    "<script>alert(1)</script> & \"quoted\" 'name' ]]> that goes on and on, with no end of it to be seen anywhere",
    "\u202eevil\x1b[31m\ufffe {{x}} 東京都港区の港湾労働者組合の代表者たち \\x1b \\u001b",
)


@cache
def match(agents: tuple[str, ...] = ("conceder", "boulware"), lines: int | None = None, **params: Any) -> Record:
    """A bargain among scripted agents, or the first lines of it."""
    made, _, memory = played(agents, **params)
    return _record(made, memory.lines[:lines])


def named(names: tuple[str, ...], agents: tuple[str, ...]) -> Record:
    """A bargain of seats with such names, again and again, numbered so that they differ."""
    made, _ = header(agents)
    _, _, memory = played(agents)
    task = msgspec.json.decode(made.task)
    for i, seat in enumerate(task["seats"]):
        seat["name"] = f"{names[i % len(names)]}{i}"
    return _record(msgspec.structs.replace(made, task=msgspec.Raw(msgspec.json.encode(task))), memory.lines)


def _record(made: Any, lines: Any) -> Record:
    numbered = tuple(Line(n, 0, "", line) for n, line in enumerate(lines, start=2))
    return Record(made, numbered, fold(made.game(), lines))


_MADE: dict[tuple[int, str | None], tuple[Record, dict[str, Any]]] = {}


def spec(of: Record, name: str | None = None) -> dict[str, Any]:
    """The specification of a picture; made once for each record, since that takes most of the time."""
    key = (id(of), name)
    if key not in _MADE:
        _MADE[key] = (of, specification(find(of, name), of))
    return _MADE[key][1]


@cache
def sample(name: str) -> Record:
    """The record of a sample transcript."""
    return read_sample(name)


def svg(of: Record, name: str | None = None) -> ElementTree.Element:
    """The root of a picture's SVG."""
    return ElementTree.fromstring(FORMATS[".svg"](spec(of, name)))


def rows(made: Any) -> Iterator[dict[str, Any]]:
    """Every row of data in a specification."""
    if isinstance(made, dict):
        if isinstance(made.get("data"), dict):
            yield from made["data"].get("values", ())
        for key, value in made.items():
            if key != "data":
                yield from rows(value)
    elif isinstance(made, list):
        for value in made:
            yield from rows(value)


def texts(of: Record, name: str | None = None) -> set[str]:
    """All the words of a specification."""
    made = spec(of, name)
    heading = [made["title"]["text"], *made["title"]["subtitle"]]
    return {row["text"] for row in rows(made) if "text" in row} | set(heading)


def points(made: dict[str, Any], **wanted: Any) -> set[tuple[float, float]]:
    """The places of the marks that look so."""
    found = [row for row in rows(made) if wanted.items() <= row.items()]
    return {(row["x"], row["y"]) for row in found}


def png_size(data: bytes) -> tuple[int, int]:
    """The width and height of a PNG, whose every chunk and pixel has been read."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, pixels, size = 8, b"", (0, 0)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0]
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
            assert body[8:10] == b"\x08\x06", "eight bits, with transparency"
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length
    assert len(zlib.decompress(pixels)) == size[1] * (1 + 4 * size[0])
    return size


def tags(root: ElementTree.Element) -> set[str]:
    """The kinds of element in a tree."""
    return {re.sub(r"^\{.*\}", "", each.tag) for each in root.iter()}
