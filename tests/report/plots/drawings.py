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

from arena.core.game import Game
from arena.core.table import fold
from arena.report.plots.drawing import FORMATS, specification
from arena.report.plots.find import find
from arena.report.plots.picture import Record
from arena.transcripts.codec import Line
from arena.transcripts.header import Sitter
from tests import teams
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


@cache
def team(family: str, agents: tuple[str, ...], seed: int = 3, lines: int | None = None, **params: Any) -> Record:
    """A match of a family among scripted seats, or the first lines of it."""
    return _of_team(teams.deal(family, seed, seats=len(agents), **params), agents, lines)


@cache
def renamed(family: str, agents: tuple[str, ...], seed: int = 3, **params: Any) -> Record:
    """A match whose seats, and whatever else has a name in it, have hostile names that differ."""
    game = teams.deal(family, seed, seats=len(agents), **params)
    task = msgspec.json.decode(msgspec.json.encode(game.task))
    rules = task["rules"]
    named = [*rules["names"], *rules.get("actions", ()), *rules.get("options", ()), *rules.get("skills", ())]
    named += [each["name"] for each in rules.get("pieces", ())]
    named += [item["topic"] for sheet in task["sheets"] for item in sheet.get("items", ())]
    other = {name: f"{HOSTILE[i % len(HOSTILE)]}{i}" for i, name in enumerate(dict.fromkeys(named))}
    dealt = msgspec.convert(_replaced(task, other), game.scenario.task_type)
    return _of_team(Game(game.scenario, dealt, game.draw, game.everyone), agents, None)


def _replaced(made: Any, other: dict[str, str]) -> Any:
    if isinstance(made, dict):
        return {key: _replaced(value, other) for key, value in made.items()}
    if isinstance(made, list):
        return [_replaced(value, other) for value in made]
    return other.get(made, made) if isinstance(made, str) else made


def _of_team(game: Game, agents: tuple[str, ...], lines: int | None) -> Record:
    _, played_lines = teams.play(game, agents)
    made = msgspec.structs.replace(
        header()[0],
        task=msgspec.Raw(msgspec.json.encode(game.task)),
        scenario=game.scenario.name,
        key=game.draw.key.hex(),
        reference=teams.reference(game),
        sitters=tuple(Sitter(name, "scripted", {"scripted": name}) for name in agents),
    )
    return _record(made, played_lines[:lines])


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
