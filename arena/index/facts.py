"""What the index takes from a run's files: its run.json, and of each transcript the first line and the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from arena.errors import TranscriptError
from arena.runs.directory import read_state
from arena.transcripts.codec import UNREADABLE
from arena.transcripts.ending import ending

UNREAD = "unreadable"


class Seat(Struct, frozen=True):
    """Who sits in a seat: the agent's name, its kind, and of a model its name, else nothing."""

    agent: str
    kind: str
    model: str = ""


class Match(Struct, frozen=True):
    """A transcript in short. `entry`: its scenario as the plan numbers it. `why`: it is void, or cannot be read."""

    scenario: str = ""
    entry: str = ""
    seed: int = 0
    repeat: int = 0
    block: str = ""
    seats: tuple[Seat, ...] = ()
    status: str = UNREAD
    why: str | None = None


class Run(Struct, frozen=True):
    """A run.json in short; what it does not say is None. `played`: how many transcripts there were when it ended."""

    started: str | None
    ended: str | None
    status: str
    planned: int | None
    played: int | None
    failed: int
    usd: float | None
    tokens: int | None


class _Sitter(Struct):
    name: str
    kind: str
    settings: dict[str, Any] = {}


class _Header(Struct):
    scenario: str
    seed: int
    sitters: tuple[_Sitter, ...]
    repeat: int = 0
    block: str = ""


_headers = msgspec.json.Decoder(_Header)


def match_facts(file: Path) -> Match:
    """A transcript in short; its digests are not looked at. `unreadable`, and why, where it is none."""
    try:
        with file.open("rb") as opened:
            first = opened.readline()
        if not first.endswith(b"\n"):
            return Match(status="void", why="its header is torn, the match never began")
        header, end = _headers.decode(first), ending(file)
    except UNREADABLE as error:
        return Match(why=f"its first line is no header: {error}")
    except (OSError, TranscriptError) as error:
        return Match(why=str(error))
    return Match(
        header.scenario,
        header.block.rsplit("-", 2)[0] if header.block else header.scenario,
        header.seed,
        header.repeat,
        header.block,
        tuple([Seat(each.name, each.kind, _model(each)) for each in header.sitters]),
        end.status or "void" if end.over else "void",
        None if end.over else end.halted or "the match was not played to its end",
    )


def run_facts(path: Path) -> Run:
    """A run in short, by its run.json; `unreadable` where that says nothing."""
    state = read_state(path)
    totals = state["totals"] if isinstance(state.get("totals"), dict) else {}
    usd = totals.get("usd")
    return Run(
        _text(state.get("started")),
        _text(state.get("ended")),
        _text(state.get("status")) or UNREAD,
        _whole(state.get("planned", totals.get("planned"))),
        _whole(totals.get("played")),
        _whole(totals.get("failed")) or 0,
        usd if isinstance(usd, int | float) else None,
        _whole(totals.get("tokens")),
    )


def _model(sitter: _Sitter) -> str:
    return str(sitter.settings.get("model", "")) if sitter.kind == "model" else ""


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if type(value) is int and abs(value) < 2**63 else None
