"""A run that may stop early: who watches its matches end, and what is left of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict

from arena.configs.resolve import Resolved
from arena.core.events import AnyAddressed
from arena.core.game import Game
from arena.planning.plan import Planned
from arena.results.observed import observation, observed
from arena.results.tally import INTERRUPTED
from arena.runs import directory
from arena.runs.playing import Over, Watcher
from arena.runs.pool import Outcome
from arena.runs.stopping import Decision, Stopping
from arena.runs.surplus import recounted, set_aside
from arena.scoring.scorecard import Scorecard
from arena.transcripts.ending import ending
from arena.transcripts.header import Header


class Deciding:
    """A `Watcher` that has matches decide comparisons as they end, and passes all on to another."""

    def __init__(self, stopping: Stopping, watcher: Watcher) -> None:
        self.stopping, self._watcher = stopping, watcher
        self._ended: list[str] = []

    def starts(self, run: Path, matches: int) -> bool:
        return self._watcher.starts(run, matches)

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        self._watcher.begins(header, game, lines)

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        self._watcher.line(match, events)

    def ends(self, played: Over, card: Scorecard) -> None:
        self._ended.append(played.header.id)
        if played.void != INTERRUPTED:  # else it will be played on
            self.stopping.ended(played.header.id, observation(played.header, card, played.path))
        self._watcher.ends(played, card)

    def fails(self, match: str, why: str) -> None:
        self.stopping.ended(match, None)
        self._watcher.fails(match, why)

    def stops(self) -> None:
        self._watcher.stops()

    def settle(self, path: Path, outcome: Outcome) -> Outcome:
        """Write down what is decided; what was played beyond that is set aside, and in no figure. Raises
        StorageError."""
        state = directory.read_state(path)
        directory.write_state(path, state | {"decided": [asdict(each) for each in self.stopping.decisions]})
        surplus = set(self.stopping.surplus)
        if not surplus:
            return outcome
        set_aside(path, surplus)
        kept = [match for match in self._ended if match not in surplus]
        files = [directory.match_path(path, match) for match in kept]
        return msgspec.structs.replace(outcome, tally=recounted(outcome.tally, files))


def stopping_of(resolved: Resolved, plan: Callable[[], Iterable[Planned]], path: Path | None = None) -> Stopping | None:
    """What decides the comparisons of a run, None where it is not to stop early; of a run that was begun (`path`),
    with what was decided and what was played."""
    stop = resolved.config.stop
    if stop is None:
        return None
    if path is None:
        return Stopping(resolved, stop, plan)
    stopping = Stopping(resolved, stop, plan, decisions(path))
    for match in plan():
        file = directory.match_path(path, match.id)
        if ending(file).over:
            stopping.seen(match, next(observed([file])))
    return stopping


def decisions(path: Path) -> list[Decision]:
    """What was decided in a run, by its run.json."""
    found: Any = directory.read_state(path).get("decided", [])
    return msgspec.convert(found, list[Decision])
