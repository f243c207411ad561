"""The engine `ray`: workers are actors of a Ray cluster, which places them, gives them resources and restarts them.

What a worker does, and how matches go from one that is lost to others, is as with processes of one machine. Ray itself
is imported when it is asked for.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from arena.engines.conduct import conduct, expect
from arena.engines.coordinator import Coordinator
from arena.engines.frames import Hello
from arena.engines.letter import Letter
from arena.errors import UsageError, WorkerFailed
from arena.models.clients import Calling
from arena.models.limiter import CONNECTIONS
from arena.runs.jobs import Work
from arena.runs.playing import Watcher
from arena.runs.pool import Outcome, Shared

RESTARTS = 3  # of one actor by Ray; then another is made
STORE = 80 * 2**20  # bytes of the object store of a cluster that is started here; nothing is put there
LEAVING = 5.0  # seconds in which a worker that was told to stop at once has to be gone
_LOG = logging.getLogger(__name__)


class OnRay:
    """Plays a run by so many actors.

    address: `auto` for the cluster of this node, `ray://HOST:PORT` for one elsewhere, `local` for one that lives as
    long as the run; None: what RAY_ADDRESS says, else `local`. A connection that there is already is used. options:
    those of each actor, such as `{"num_cpus": 2, "resources": {"arena": 1}}`; one CPU by default. Raises UsageError
    where Ray is not installed.
    """

    def __init__(self, workers: int, address: str | None = None, options: Mapping[str, Any] | None = None) -> None:
        if find_spec("ray") is None:
            raise UsageError("the engine ray needs an extra: pip install 'coordination-arena[ray]'")
        self._workers, self._address = workers, address or os.environ.get("RAY_ADDRESS") or "local"
        self._options = {"num_cpus": 1, "scheduling_strategy": "SPREAD", **(options or {})}

    def expect(self, matches: int, calling: Calling) -> None:
        """Raises UsageError where the workers are more than the matches, or than the connections."""
        expect(self._workers, matches, calling.connections or CONNECTIONS)

    def play(self, work: Work, watcher: Watcher, shared: Shared) -> Outcome:
        """Play it. Raises WorkerFailed where there is no such cluster."""
        with _connected(self._address, self._workers) as host:
            return conduct(work, watcher, shared, self._workers, Actors(host, self._options))


class Player:
    """A worker as an actor."""

    def work(self, letter: Letter) -> None:
        """Play what is leased; Ray calls it again where it has restarted the actor."""
        from arena.engines.worker import work

        asyncio.run(work(letter))


class Actors:
    """One actor for each place."""

    examine = True  # what is there on this machine need not be there on another

    def __init__(self, host: str, options: Mapping[str, Any]) -> None:
        import ray

        self.host = host
        self._ray: Any = ray
        self._kind: Any = ray.remote(Player).options(max_restarts=RESTARTS, max_task_retries=RESTARTS, **options)
        self._alive: dict[int, Any] = {}

    async def fill(self, letter: Letter, coordinator: Coordinator) -> None:
        """Keep an actor in a place until there is nothing more to begin, and see it out."""
        finished = asyncio.create_task(coordinator.finished.wait())
        while not finished.done():
            begun, how = coordinator.begun[letter.place], "it was done before it was told so"
            self._alive[letter.place] = actor = self._kind.remote()
            ended: asyncio.Future[Any] = asyncio.wrap_future(actor.work.remote(letter).future())
            try:
                await asyncio.wait([ended, finished], return_when=asyncio.FIRST_COMPLETED)
            except asyncio.CancelledError:  # a second Ctrl-C: its connection is closed, so it knows
                await asyncio.wait([ended], timeout=LEAVING)
                raise
            if not ended.done() and letter.place not in coordinator.places:
                self._end(letter.place)  # it is only just starting, or waits for a place in the cluster
            try:
                await ended
            except self._ray.exceptions.RayError as error:
                how = str(error).strip().splitlines()[-1]
                _LOG.debug("the actor in place %d ended", letter.place, exc_info=error)
            self._end(letter.place)
            if not finished.done():
                coordinator.died(letter.place, begun, how)

    def kill(self, hello: Hello) -> None:
        """Nothing but a word in the log: Ray sees to its actors, and one whose connection is lost ends by itself."""
        _LOG.debug("the connection of process %d on %s is lost", hello.process, hello.host)

    def close(self) -> None:
        """End all that are left, now."""
        for place in list(self._alive):
            self._end(place)

    def _end(self, place: int) -> None:
        actor = self._alive.pop(place, None)
        if actor is not None:
            with suppress(self._ray.exceptions.RayError):
                self._ray.kill(actor)


@contextmanager
def _connected(address: str, workers: int) -> Iterator[str]:
    """A connection to a cluster; gives the address at which its nodes reach this process."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a run calls its endpoints, and nobody else
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    import ray

    ours = not ray.is_initialized()
    if ours:
        more: dict[str, Any] = {"address": address}
        if address == "local":
            cpus = max(workers, os.cpu_count() or 1)
            more |= {"num_cpus": cpus, "include_dashboard": False, "object_store_memory": STORE}
        try:
            ray.init(logging_level=logging.ERROR, **more)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            raise WorkerFailed(f"no Ray cluster at {address}: {error}") from error
    try:
        node: Callable[[], str] = ray.util.get_node_ip_address
        yield "127.0.0.1" if address == "local" else node()
    finally:
        if ours:
            ray.shutdown()
