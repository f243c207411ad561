"""A run as a program follows it: one JSON object a line, as it happens.

    {"event": "starts", "run": PATH, "matches": 100}
    {"event": "begins", "match": ID, "block": ..., "agents": [by seat], "line": the lines there are already}
    {"event": "ends", "match": ID, "path": PATH, "score": a scorecard, as `arena score --json` has it}
    {"event": "fails", "match": ID, "why": ...}
    {"event": "stops"}: somebody asked to stop, what is in flight finishes
    {"event": "progress", "done": 12, "total": 100, "live": 8, "void": 0, "failed": 0, "calls": ..., "tokens": {...},
     "usd": what they cost, null where that is not known}
    {"event": "finished", "run": PATH, "played": ..., "void": ..., "failed": ..., "left": ..., "exit_code": ...}

`progress` comes every few seconds at most. A match that was void and is not played to its end `ends` as well, its
scorecard says why.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from arena.runs.meter import Meter

if TYPE_CHECKING:
    from arena.core.events import AnyAddressed
    from arena.core.game import Game
    from arena.runs.playing import Over
    from arena.scoring.scorecard import Scorecard
    from arena.transcripts.header import Header

EVERY = 2.0  # seconds between two words of progress


class Events:
    """Prints what happens, for a program; a `Watcher`."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out, self._clock = out, clock
        self._meter, self._told = Meter(), clock()

    def starts(self, run: Path, matches: int) -> bool:
        emit(self._out, "starts", run=str(run), matches=matches)
        return self._meter.starts(run, matches)

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        self._meter.begins(header, game, lines)
        agents = [sitter.name for sitter in header.sitters]
        emit(self._out, "begins", match=header.id, block=header.block, agents=agents, lines=len(lines))

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        self._meter.line(match, events)
        self._progress()

    def ends(self, played: Over, card: Scorecard) -> None:
        self._meter.ends(played, card)
        emit(self._out, "ends", match=played.header.id, path=str(played.path), score=card)
        self._progress()

    def fails(self, match: str, why: str) -> None:
        self._meter.fails(match, why)
        emit(self._out, "fails", match=match, why=why)

    def stops(self) -> None:
        emit(self._out, "stops")

    def _progress(self) -> None:
        now, meter = self._clock(), self._meter
        if now - self._told < EVERY:
            return
        self._told = now
        tokens = {"read": meter.all.prompt, "cached": meter.all.cached, "written": meter.all.output}
        counts = {name: getattr(meter, name) for name in ("done", "total", "live", "void", "failed")}
        emit(self._out, "progress", **counts, calls=meter.all.calls, tokens=tokens, usd=meter.all.usd)


def emit(out: TextIO, event: str, **told: Any) -> None:
    """Print one event; what is not defined is null."""
    out.write(msgspec.json.encode({"event": event, **told}).decode() + "\n")
    out.flush()
