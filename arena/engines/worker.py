"""A worker: plays the matches that it is leased, in the same way as one process plays them all."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import traceback
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path

from arena.engines.feed import Feed
from arena.engines.frames import (
    OF_COORDINATOR,
    Broke,
    Bye,
    Done,
    FromWorker,
    Held,
    Hello,
    Leased,
    Setup,
    Stop,
    frame,
    keep_alive,
    receive,
)
from arena.engines.letter import Letter
from arena.engines.purse import Purse
from arena.engines.telling import Telling
from arena.errors import StorageError, TranscriptError, UsageError, WorkerFailed
from arena.models.cache import Cache
from arena.models.metered import Means
from arena.models.probing import Dialects
from arena.planning.instances import Instances
from arena.runs import directory
from arena.runs.garbage import seldom
from arena.runs.jobs import Job, perform
from arena.runs.playing import Played, Room
from arena.runs.pool import Pool, Shared, Step, in_room
from arena.runs.resuming import configuration
from arena.runs.run import ready
from arena.scoring.scorecard import Scorecard
from arena.transcripts.header import Header
from arena.transcripts.log import being_written

PATIENCE = 10.0  # seconds that a process which is dying may still hold a transcript


class _Desk:
    """A worker's side of the connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.stopped = False

    def send(self, message: FromWorker) -> None:
        if not self._writer.is_closing():
            self._writer.write(frame(message))

    async def setup(self) -> Setup:
        first = await receive(self._reader, OF_COORDINATOR)
        if not isinstance(first, Setup):
            raise TranscriptError(f"a coordinator began with {type(first).__name__}; expected Setup")
        return first

    async def heed(self, feed: Feed, purse: Purse) -> None:
        """Do as the coordinator says, until it says `Stop(now=True)`. Raises EOFError, OSError, TranscriptError."""
        while True:
            match await receive(self._reader, OF_COORDINATOR):
                case Leased(jobs=jobs):
                    feed.add(jobs)
                case Held() as answer:
                    purse.held(answer)
                case Done():
                    feed.end()
                case Stop(now=now, ended=ended):
                    self.stopped, purse.ended = True, ended or purse.ended
                    feed.end()
                    if now:
                        return
                case Setup():
                    raise TranscriptError("a coordinator said twice how to set up")

    async def leave(self) -> None:
        """Say good-bye, after all that was said before."""
        self.send(Bye())
        with suppress(OSError):
            await self._writer.drain()
            self._writer.close()
            await self._writer.wait_closed()


class _Uncounted:
    """The coordinator counts what matches come to."""

    def ends(self, header: Header, path: Path, card: Scorecard, void: str | None) -> None:
        return

    def fails(self, match: str, why: str) -> None:
        return


async def work(letter: Letter) -> None:
    """Play what is leased until the coordinator has no more. Raises WorkerFailed where it is gone, or refuses us."""
    try:
        reader, writer = await asyncio.open_connection(letter.host, letter.port)
        keep_alive(writer)
        hello = Hello(letter.token, letter.place, socket.gethostname(), os.getpid(), version("coordination-arena"))
        writer.write(frame(hello))
        desk = _Desk(reader, writer)
        setup = await desk.setup()
    except (OSError, EOFError, TranscriptError) as error:
        raise WorkerFailed(f"no coordinator takes this worker at {letter.host}:{letter.port}: {error}") from error
    try:
        with suppress(OSError):  # where it is not there, neither is the run
            os.chdir(setup.directory)
        with seldom():
            await _played(desk, setup)
    except Exception as error:
        if isinstance(error, WorkerFailed):
            raise
        desk.send(broke(error))
    await desk.leave()


async def _played(desk: _Desk, setup: Setup) -> None:
    """Play until there is nothing more to play. Raises what stops all workers."""
    run = Path(setup.run)
    _expect_storage(run)
    if setup.debug:
        logging.getLogger("arena").setLevel(logging.DEBUG)
        logging.getLogger("arena").addHandler(logging.StreamHandler())
    known = Instances(configuration(run)) if setup.planned else None
    if setup.examine and known is not None:
        ready(known.resolved, setup.calling)
    feed, purse = Feed(desk.send, setup.live), Purse(desk.send, setup.capped)

    async def take() -> Step | None:
        job = await feed.next()
        return None if job is None else Step(job.match, partial(_performed, job, run, known))

    means = Means(purse, None if setup.cache is None else Cache(Path(setup.cache)))
    pool = Pool(take, setup.live, lambda: desk.stopped, _Uncounted())
    told = Telling(desk.send)
    with means:
        playing = asyncio.create_task(in_room(pool, told, Shared(means, setup.calling, Dialects(setup.dialects))))
        heeding = asyncio.create_task(desk.heed(feed, purse))
        await asyncio.wait([playing, heeding], return_when=asyncio.FIRST_COMPLETED)
        for task in (playing, heeding):
            task.cancel()
        found, heard = await asyncio.gather(playing, heeding, return_exceptions=True)
    told.tell()
    if isinstance(heard, EOFError | OSError | TranscriptError):
        raise WorkerFailed(f"the coordinator is gone: {heard}")
    for error in (pool.error, found):
        if isinstance(error, Exception):
            raise error


def _expect_storage(run: Path) -> None:
    if not (run / "matches").is_dir():
        raise UsageError(
            f"{run.absolute()} is not there on {socket.gethostname()}; all workers need the directory of their run: "
            "put it on storage that they share, with --out"
        )


async def _performed(job: Job, run: Path, known: Instances | None, room: Room) -> Played:
    """Play a match once nobody else writes its transcript: who did is dying."""
    file, waited = directory.match_path(run, job.match), 0.0
    while waited < PATIENCE and being_written(file):
        await asyncio.sleep(0.05)
        waited += 0.05
    return await perform(job, run, known, room)


def broke(error: Exception) -> Broke:
    """What went wrong, for the coordinator to raise: the kinds of error that a command tells apart."""
    kind = next((kind for kind in (StorageError, UsageError, TranscriptError) if isinstance(error, kind)), None)
    why = str(error) if kind is not None else f"{type(error).__name__}: {error}"
    return Broke("" if kind is None else kind.__name__, why, "".join(traceback.format_exception(error)))
