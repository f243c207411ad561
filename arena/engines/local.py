"""The engine `local`: workers are processes of this machine, on its loopback."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

import arena
from arena.engines.conduct import conduct, expect
from arena.engines.coordinator import Coordinator
from arena.engines.frames import Hello
from arena.engines.letter import Letter
from arena.errors import WorkerFailed
from arena.models.clients import Calling
from arena.models.limiter import CONNECTIONS
from arena.runs.jobs import Work
from arena.runs.playing import Watcher
from arena.runs.pool import Outcome, Shared

LEAVING = 5.0  # seconds in which a worker that was told to stop at once has to be gone


class Local:
    """Plays a run by so many processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def expect(self, matches: int, calling: Calling) -> None:
        """Raises UsageError where the workers are more than the matches, or than the connections."""
        expect(self._workers, matches, calling.connections or CONNECTIONS)

    def play(self, work: Work, watcher: Watcher, shared: Shared) -> Outcome:
        """Play it."""
        return conduct(work, watcher, shared, self._workers, Processes())


class Start(Struct, frozen=True):
    """The one line that a process reads: its letter, and where its parent imports from."""

    letter: Letter
    path: list[str]


class Processes:
    """Starts `python -m arena.engines.local` for each place; the token goes by stdin, where nobody else can read it.

    They are out of reach of the terminal's Ctrl-C, and end when their parent does: their stdin is closed then.
    """

    host = "127.0.0.1"
    examine = False

    def __init__(self) -> None:
        self._alive: dict[int, subprocess.Popen[bytes]] = {}

    async def fill(self, letter: Letter, coordinator: Coordinator) -> None:
        """Keep a process in a place until there is nothing more to begin, and see it out."""
        while not coordinator.finished.is_set():
            begun = coordinator.begun[letter.place]
            process = _started(letter)
            self._alive[process.pid] = process
            ended: asyncio.Future[Any] = _ended(process)
            finished: asyncio.Future[Any] = asyncio.create_task(coordinator.finished.wait())
            try:
                await asyncio.wait([ended, finished], return_when=asyncio.FIRST_COMPLETED)
                if not ended.done() and letter.place not in coordinator.places:
                    process.kill()  # it is only just starting
                code = await ended
            except asyncio.CancelledError:  # a second Ctrl-C: its connection is closed, so it knows
                await asyncio.wait([_ended(process)], timeout=LEAVING)
                raise
            finally:
                finished.cancel()
            self._forget(process)
            if not coordinator.finished.is_set():
                coordinator.died(letter.place, begun, f"exit code {code}")

    def kill(self, hello: Hello) -> None:
        """End this worker, if it still lives."""
        if hello.process in self._alive:
            self._alive[hello.process].kill()

    def close(self) -> None:
        """End all that are left."""
        for process in list(self._alive.values()):
            process.kill()
            process.wait()
            self._forget(process)

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        del self._alive[process.pid]
        assert process.stdin is not None
        process.stdin.close()


def _started(letter: Letter) -> subprocess.Popen[bytes]:
    """A worker's process. Raises WorkerFailed where there can be none."""
    here = str(Path(arena.__file__).parents[1])
    beside = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "arena.engines.local"],
            stdin=subprocess.PIPE,
            stdout=2,  # what an agent of the user's own prints
            bufsize=0,
            env=os.environ | {"PYTHONPATH": beside},
            start_new_session=True,
        )
    except OSError as error:
        raise WorkerFailed(f"a worker cannot be started: {error}") from error
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it died already; that is told by its end
        process.stdin.write(msgspec.json.encode(Start(letter, sys.path)) + b"\n")
    return process


def _ended(process: subprocess.Popen[bytes]) -> asyncio.Future[int]:
    """The exit code of a process, once it has one.

    By a thread of its own: asyncio's processes lose the code of one that is killed just when it ends by itself.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[int] = loop.create_future()

    def tell(code: int) -> None:
        if not found.done():
            found.set_result(code)

    def wait() -> None:
        code = process.wait()
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(tell, code)

    threading.Thread(target=wait, daemon=True).start()
    return found


def main() -> int:
    """Work as the line on stdin says, for as long as stdin is open."""
    start = msgspec.json.decode(sys.stdin.buffer.readline(), type=Start)
    sys.path[:] = start.path
    from arena.engines.worker import work  # with the path that its parent has

    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        asyncio.run(work(start.letter))
    except WorkerFailed:  # the coordinator is gone, or knows why it let nobody in
        return 1
    return 0


def _die_with_parent() -> None:
    """Whatever is being computed; what was recorded is with the system already."""
    while os.read(0, 4096):  # not by sys.stdin, whose lock this thread would hold when the interpreter ends
        pass
    os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main())
