"""Playing the matches of a run, many at once in one event loop.

A worker plays a match to its end, then the next of the plan; so many workers there are, so many matches are alive. Each
is dealt when its turn comes. What goes wrong with one match is told of it, and the others go on; what goes wrong with
the disk, or with Arena itself, lets what is in flight finish and be saved, and is raised then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from arena.errors import Removed, StorageError, TranscriptError, UsageError
from arena.models.budget import Ended
from arena.models.clients import Calling, Clients
from arena.models.metered import Means
from arena.models.probing import Dialects
from arena.results.bill import bill_of
from arena.results.tally import Tally
from arena.runs.garbage import seldom
from arena.runs.interrupt import interruptible
from arena.runs.playing import Played, Room, Watcher
from arena.scoring.scorecard import Scorecard, scorecard
from arena.transcripts.header import Header
from arena.transcripts.sync import Syncer


class Step(Struct, frozen=True):
    """A match to be played, by its id; `play` deals it, or reads what there is of it, and plays it."""

    match: str
    play: Callable[[Room], Awaitable[Played]]


class Shared(Struct, frozen=True):
    """What a command brings to the room in which its matches are played: what calls are paid from, how they are made,
    and the dialects that are known already."""

    means: Means
    calling: Calling = Calling()
    dialects: Dialects | None = None


Take = Callable[[], Awaitable[Step | None]]


def taking(steps: Iterable[Step]) -> Take:
    """The next of these steps each time; None after the last."""
    left = iter(steps)

    async def take() -> Step | None:
        return next(left, None)

    return take


class Counts(Protocol):
    """Where it is counted what matches come to, such as a `Tally`."""

    def ends(self, header: Header, path: Path, card: Scorecard, void: str | None) -> None:
        """A match was played; `void`: why it has no result."""

    def fails(self, match: str, why: str) -> None:
        """A match could not be played."""


class Pool:
    """Plays steps, at most `live` at a time, and has it counted what they come to.

    `take` gives the next one, None after the last.
    """

    def __init__(self, take: Take, live: int, stopped: Callable[[], bool], counts: Counts) -> None:
        self.error: Exception | None = None
        self._take, self._counts = take, counts
        self._live, self._stopped = live, stopped
        self._dry = False

    def stop(self) -> bool:
        """Whether nobody is to be asked any more."""
        return self.error is not None or self._stopped()

    async def play(self, room: Room) -> None:
        """Play until the steps are used up or `stop` says so; nothing is in flight any more then."""
        workers: list[asyncio.Task[None]] = []
        try:
            while len(workers) < self._live and not self._dry and not self.stop():
                workers.append(asyncio.create_task(self._work(room)))
                await asyncio.sleep(0)  # dealing takes time: what comes meanwhile is answered between two of them
            await asyncio.gather(*workers)
        finally:  # a second Ctrl-C
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self, room: Room) -> None:
        while not self.stop():
            try:
                step = await self._take()
            except Exception as error:  # noqa: BLE001 - the plan itself cannot be gone on with
                self.error = self.error or error
                return
            if step is None:
                self._dry = True
                return
            await self._one(step, room)

    async def _one(self, step: Step, room: Room) -> None:
        try:
            played = await step.play(room)
            card = grade(played)
            self._counts.ends(played.header, played.path, card, played.void)
            room.watcher.ends(played, card)
        except (UsageError, TranscriptError, Removed) as error:
            self._counts.fails(step.match, str(error))
            room.watcher.fails(step.match, str(error))
        except Exception as error:  # noqa: BLE001 - it is raised once what is in flight has been saved
            if isinstance(error, StorageError):
                self._counts.fails(step.match, str(error))
            self.error = self.error or error


class Outcome(Struct, frozen=True):
    """What matches came to, whether Ctrl-C stopped them, whether the budget did, and what else."""

    tally: Tally
    interrupted: bool
    ended: Ended | None = None
    error: Exception | None = None


def play_each(steps: Iterable[Step], watcher: Watcher, shared: Shared, live: int = 1) -> Outcome:
    """Play matches in a room of their own.

    A match that a second Ctrl-C stopped is not counted; what was recorded of it is in its transcript.
    """
    budget, tally = shared.means.budget, Tally()
    with interruptible() as interrupt, shared.means:
        pool = Pool(taking(steps), live, lambda: interrupt.asked or budget.ended is not None, tally)

        async def main() -> None:
            loop = asyncio.get_running_loop()
            interrupt.told = lambda: loop.call_soon_threadsafe(watcher.stops)
            await in_room(pool, watcher, shared)

        try:
            with seldom():
                asyncio.run(main())
        except KeyboardInterrupt:
            if not interrupt.asked:
                raise
        except StorageError as error:  # the last lines could not be synced
            pool.error = pool.error or error
    return Outcome(tally, interrupt.asked, budget.ended, pool.error)


async def in_room(pool: Pool, watcher: Watcher, shared: Shared) -> None:
    """Play a pool in a room of its own. Raises StorageError where the last lines could not be synced."""
    async with Clients(calling=shared.calling, dialects=shared.dialects) as clients:
        with Syncer() as syncer:
            await pool.play(Room(clients, syncer, watcher, pool.stop, shared.means))


def grade(played: Played) -> Scorecard:
    """The scorecard of a match that was played."""
    sitters = tuple(sitter.name for sitter in played.header.sitters)
    bill = bill_of(played.header, played.times, played.lines)
    return scorecard(played.header.id, sitters, played.header.reference, played.table, played.lines, bill)
