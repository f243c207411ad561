"""A run: the matches of a plan, one after another, and what became of them."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from msgspec import Struct

from arena.configs.resolve import Resolved
from arena.match import Stop
from arena.models.budget import Budget, Ended
from arena.models.clients import Calling, Clients
from arena.models.metered import Means
from arena.models.probing import Dialects
from arena.runs import directory
from arena.runs.bill import bill_of
from arena.runs.means import means_of_run
from arena.runs.plan import Planned, each, header
from arena.runs.playing import Played, Room, Watcher, begin
from arena.runs.seating import seat_agents
from arena.scoring.scorecard import Scorecard, scorecard
from arena.transcripts.header import Header
from arena.transcripts.sync import Syncer

Step = Callable[[Room], Coroutine[Any, Any, Played]]


class Result(Struct, frozen=True):
    """A run as far as it went: where it lies, what was played, whether it was interrupted, and whether its budget
    ended it.
    """

    path: Path
    played: tuple[Played, ...]
    interrupted: bool
    left: int = 0  # matches not begun, or stopped by a second Ctrl-C
    ended: Ended | None = None

    @property
    def void(self) -> tuple[Played, ...]:
        """The matches without a result."""
        return tuple(p for p in self.played if p.table.closed is None)


class Interrupt:
    """Ctrl-C: once, what is in flight finishes and is saved; twice, everything stops now.

    Either way nothing that was recorded is lost.
    """

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        # Not by print: a signal may come while something is being printed.
        os.write(2, b"\nFinishing what is in flight; press Ctrl-C again to stop now.\n")


@contextmanager
def interruptible() -> Iterator[Interrupt]:
    """Within it, the first Ctrl-C asks to stop."""
    interrupt = Interrupt()
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)


def run(
    resolved: Resolved,
    planned: Sequence[Planned],
    out: Path,
    watcher: Watcher,
    calling: Calling | None = None,
    no_cache: bool = False,
) -> Result:
    """Play a plan into a new run directory under `out`. Raises UsageError before anything is played, StorageError."""
    headers = each(resolved, planned, header)
    calling = (calling or Calling()).within(resolved.config.limits.connections)
    _seat_once(headers, planned, calling)
    path = directory.create(out, resolved, planned)

    steps = [partial(begin, one, directory.match_path(path, one.id)) for one in headers]
    means = means_of_run(resolved.config.limits, out, no_cache)
    played, interrupted = play_each(steps, watcher, means, calling)
    ended = means.budget.ended
    directory.finish(path, interrupted, ended)
    return Result(path, played, interrupted, len(headers) - len(played), ended)


def _seat_once(headers: Sequence[Header], planned: Sequence[Planned], calling: Calling) -> None:
    """Seat the agents of one match of each scenario, so that what is missing (a key, a file) is told before a run."""
    for one in {match.entry: one for match, one in zip(planned, headers, strict=True)}.values():
        seat_agents(one, one.game(), Clients(calling=calling))


def play_each(
    steps: Sequence[Step],
    watcher: Watcher,
    means: Means,
    calling: Calling | None = None,
    dialects: Dialects | None = None,
) -> tuple[tuple[Played, ...], bool]:
    """Play matches one after another in a room of their own: those that were played, and whether Ctrl-C stopped it.

    A match that a second Ctrl-C stopped is not among them; what was recorded of it is in its transcript.
    """
    played = list[Played]()

    async def main(interrupt: Interrupt) -> None:
        async with Clients(calling=calling, dialects=dialects) as clients:
            with Syncer() as syncer:
                room = Room(clients, syncer, watcher, stop(interrupt, means.budget), means)
                for step in steps:
                    if room.stop():
                        break
                    played.append(await step(room))

    with interruptible() as interrupt, means:
        try:
            asyncio.run(main(interrupt))
        except KeyboardInterrupt:
            if not interrupt.asked:
                raise
    return tuple(played), interrupt.asked


def stop(interrupt: Interrupt, budget: Budget) -> Stop:
    """Whether nothing more is to be begun: after a Ctrl-C, or once the budget is spent."""
    return lambda: interrupt.asked or budget.ended is not None


def grade(played: Played) -> Scorecard:
    """The scorecard of a match that was played."""
    sitters = tuple(sitter.name for sitter in played.header.sitters)
    bill = bill_of(played.header, played.times)
    return scorecard(played.header.id, sitters, played.header.reference, played.table, played.lines, bill)
