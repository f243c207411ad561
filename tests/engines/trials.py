"""Runs by workers, for tests: what one process makes of them is what comes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from arena.engines.conduct import conduct, expect
from arena.engines.coordinator import Coordinator
from arena.engines.frames import Hello
from arena.engines.letter import Letter
from arena.engines.worker import work
from arena.models.clients import Calling
from arena.models.limiter import CONNECTIONS
from arena.runs.engine import Engine
from arena.runs.jobs import Work
from arena.runs.playing import Watcher
from arena.runs.pool import Outcome, Shared
from arena.runs.run import Result, run
from arena.scoring.scorecard import Scorecard
from tests.runs.matches import settled
from tests.runs.trials import Seen


class Here:
    """Workers in the coordinator's own loop: all but the processes is real."""

    host = "127.0.0.1"
    examine = False

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self.killed: list[Hello] = []

    def expect(self, matches: int, calling: Calling) -> None:
        expect(self._workers, matches, calling.connections or CONNECTIONS)

    def play(self, work: Work, watcher: Watcher, shared: Shared) -> Outcome:
        return conduct(work, watcher, shared, self._workers, self)

    async def fill(self, letter: Letter, coordinator: Coordinator) -> None:
        await work(letter)

    def kill(self, hello: Hello) -> None:
        self.killed.append(hello)

    def close(self) -> None:
        return


def ran_by(engine: Engine | None, folder: Path, config: dict[str, Any], seen: Seen | None = None) -> Result:
    """A run of a configuration by an engine."""
    return run(settled(config, folder), folder / "out", seen or Seen(), engine=engine)


def scores(seen: Seen) -> list[bytes]:
    """The scorecards of a run in the order of their matches, but for the seconds that replies took."""

    def timeless(card: Scorecard) -> bytes:
        cost = {name: value for name, value in card.cost.items() if "seconds" not in name}
        return msgspec.json.encode(msgspec.structs.replace(card, cost=cost))

    return [timeless(card) for card in sorted(seen.cards, key=lambda card: card.match)]
