"""Playing a run by workers, however they come to be: a server for them, their places filled, Ctrl-C heeded."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from arena.engines.coordinator import Coordinator
from arena.engines.frames import FIRST, OF_WORKER, Hello, Setup, keep_alive, receive
from arena.engines.leases import Leases
from arena.engines.letter import Letter
from arena.engines.session import Session
from arena.errors import TranscriptError, UsageError
from arena.models.limiter import CONNECTIONS
from arena.models.probing import Dialects
from arena.runs.capacity import live
from arena.runs.garbage import seldom
from arena.runs.interrupt import interruptible
from arena.runs.jobs import Work
from arena.runs.playing import Watcher
from arena.runs.pool import Outcome, Shared

GREETING = 10.0  # seconds in which a worker has to show its token
LOOK = 0.1  # seconds between two looks at the clock
_LOG = logging.getLogger(__name__)
_ARENA = logging.getLogger("arena")


class Crew(Protocol):
    """Where workers come from."""

    host: str  # the address on which they find the coordinator
    examine: bool  # whether a worker has to see for itself that every agent can be seated

    async def fill(self, letter: Letter, coordinator: Coordinator) -> None:
        """Keep a worker in a place until there is nothing more to begin, and see it out."""

    def kill(self, hello: Hello) -> None:
        """End this worker, if it still lives."""

    def close(self) -> None:
        """End all that are left, now."""


class Hands(Struct, frozen=True):
    """How many workers play, each so many matches at once."""

    workers: int
    live: int


def hands(work: Work, shared: Shared, workers: int) -> Hands:
    """As many workers as were asked for, and no more than there are matches or connections."""
    connections = shared.calling.connections or CONNECTIONS
    few = max(min(workers, work.total, connections), 1)
    return Hands(few, live(work.kinds, -(-connections // few)))


def expect(workers: int, matches: int, connections: int) -> None:
    """Raises UsageError where so many workers have nothing to share."""
    if workers > matches:
        raise UsageError(f"--workers {workers}: there are {matches} matches to play; use --workers {matches} or fewer")
    if workers > connections:
        raise UsageError(
            f"--workers {workers} share {connections} connections, at least one each; use --workers {connections} or "
            "fewer, or raise --max-connections"
        )


def conduct(work: Work, watcher: Watcher, shared: Shared, workers: int, crew: Crew) -> Outcome:
    """Play a run by so many workers; as `runs.pool.play_each` does. Raises UsageError, StorageError."""
    budget, ours = shared.means.budget, hands(work, shared, workers)
    with interruptible() as interrupt, shared.means:
        leases = Leases(work.jobs, work.total, ours.workers, ours.live)
        coordinator = Coordinator(work.path, leases, budget, watcher, lambda: interrupt.asked, crew.kill)
        hall = _Hall(coordinator, _setup(work, shared, ours, crew.examine), ours.workers)

        async def main() -> None:
            loop = asyncio.get_running_loop()
            interrupt.told = lambda: loop.call_soon_threadsafe(watcher.stops)
            await hall.play(crew)

        try:
            with seldom():
                asyncio.run(main())
        except KeyboardInterrupt:
            if not interrupt.asked:
                raise
    return Outcome(coordinator.tally, interrupt.asked, budget.ended, coordinator.error)


class _Hall:
    """Where workers report: each has to show the token, and is told how to set up."""

    def __init__(self, coordinator: Coordinator, setup: Setup, workers: int) -> None:
        self._coordinator, self._setup, self._workers = coordinator, setup, workers
        self._token = secrets.token_hex(32)
        self._meetings: set[asyncio.Task[None]] = set()

    async def play(self, crew: Crew) -> None:
        """Play to the end."""
        server = await asyncio.start_server(self._comes, crew.host, 0, backlog=1024)
        port = server.sockets[0].getsockname()[1]
        looking = asyncio.create_task(_look(self._coordinator))
        try:
            letters = [Letter(crew.host, port, self._token, place) for place in range(self._workers)]
            await asyncio.gather(*[crew.fill(letter, self._coordinator) for letter in letters])
            await self._coordinator.left()
        finally:
            looking.cancel()
            server.close()
            crew.close()

    def _comes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: of asyncio's, one that is cancelled by a second Ctrl-C leaves a traceback on the screen.
        meeting = asyncio.create_task(self._meet(reader, writer))
        self._meetings.add(meeting)
        meeting.add_done_callback(self._meetings.discard)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Let in who shows the token, and nobody else."""
        coordinator, setup = self._coordinator, self._setup
        try:
            keep_alive(writer)
            async with asyncio.timeout(GREETING):
                hello = await receive(reader, OF_WORKER, FIRST)
            if not isinstance(hello, Hello) or not hmac.compare_digest(hello.token.encode(), self._token.encode()):
                raise TranscriptError("no worker of this run: it does not know the token")
        except (EOFError, OSError, TimeoutError, TranscriptError) as error:
            _LOG.debug("a connection is refused", exc_info=error)
            writer.close()
            return
        session = Session(0, hello, writer)
        if hello.version != version("coordination-arena"):
            coordinator.error = coordinator.error or UsageError(
                f"{session} has Arena {hello.version}, this is {version('coordination-arena')}; install the same"
            )
        session.send(replace(setup, calling=setup.calling.share(hello.place, self._workers)))
        await coordinator.serve(reader, session)


def _setup(work: Work, shared: Shared, ours: Hands, examine: bool) -> Setup:
    """What all workers are told, but for their share of the connections."""
    cache = shared.means.cache
    return Setup(
        run=str(work.path.absolute() if examine else work.path),
        directory=str(Path.cwd()),
        live=ours.live,
        calling=shared.calling,
        planned=(work.path / "plan.jsonl").exists(),
        capped=shared.means.budget.capped,
        cache=None if cache is None else str(cache.path),
        dialects=(shared.dialects or Dialects()).known,
        examine=examine,
        debug=_ARENA.isEnabledFor(logging.DEBUG),
    )


async def _look(coordinator: Coordinator) -> None:
    """Heed what comes with time alone: Ctrl-C, the end of a budget's minutes."""
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(LOOK)
            coordinator.look()
