"""A small run on disk, for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from arena.core.events import AnyAddressed
from arena.core.game import Game
from arena.runs.playing import Played
from arena.runs.run import Result, run
from arena.scoring.scorecard import Scorecard
from arena.transcripts.header import Header
from tests.runs.matches import settled, timeless

SMALL = {"seats": 3, "issues": 3, "options": 3, "rounds": 2}
CONFIG: dict[str, Any] = {
    "name": "trial",
    "agents": {"a": {"scripted": "conceder"}, "b": {"scripted": "planner"}, "c": {"scripted": "boulware"}},
    "scenarios": [
        {"use": "bargain", "params": SMALL, "instances": 2},
        {"use": "bargain", "params": {"game": "veto"}, "protocol": {"turns": "random"}},
    ],
    "repeats": 2,
    "seed": 3,
}


class Seen:
    """Watches, says nothing, keeps what it saw, and does something when a match begins or has ended."""

    def __init__(
        self,
        at_begin: Callable[[Seen], object] = lambda seen: None,
        at_end: Callable[[Seen], object] = lambda seen: None,
    ) -> None:
        self._at_begin, self._at_end = at_begin, at_end
        self.total = 0
        self.stopped = False
        self.begun: list[str] = []
        self.played: list[Played] = []
        self.cards: list[Scorecard] = []
        self.failed: dict[str, str] = {}

    def starts(self, run: Path, matches: int) -> bool:
        self.total = matches
        return True

    def begins(self, header: Header, game: Game, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        self.begun.append(header.id)
        self._at_begin(self)

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        return

    def ends(self, played: Played, card: Scorecard) -> None:
        self.played.append(played)
        self.cards.append(card)
        self._at_end(self)

    def fails(self, match: str, why: str) -> None:
        self.failed[match] = why

    def stops(self) -> None:
        self.stopped = True

    @property
    def ids(self) -> list[str]:
        return [played.header.id for played in self.played]


def ran(folder: Path, config: dict[str, Any] = CONFIG, limit: int | None = None, seen: Seen | None = None) -> Result:
    return run(settled(config, folder), folder / "out", seen or Seen(), limit)


def contents(run: Path) -> dict[str, bytes]:
    return {path.name: timeless(path.read_bytes()) for path in (run / "matches").iterdir()}
