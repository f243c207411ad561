"""Group commit: one thread syncs whatever was written, every 50 ms at most, so that no reply waits for a disk.

Few files are synced one by one. Of many, each would make the disk wait for itself: there one `syncfs` does for all,
where the system has it (Linux). Complete files are closed by the same thread, once they are synced.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from arena.errors import StorageError
from arena.transcripts.log import Log

PERIOD = 0.05  # seconds
MANY = 16  # files; a thousand took 200 ms one by one, and 8 ms with syncfs
WAITING = 256  # complete files that may wait to be closed; each holds a descriptor


class Syncer:
    """Syncs the logs it was given, while the `with` block lasts.

    Leaving it raises the first StorageError that only came when a complete log was synced.
    """

    def __init__(self) -> None:
        self._logs: set[Log] = set()
        self._done: list[Log] = []
        self._failed: StorageError | None = None
        self._stop, self._changing = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._run, name="arena-sync", daemon=True)

    def add(self, log: Log) -> None:
        """Sync this log from now on."""
        with self._changing:
            self._logs.add(log)

    def close(self, log: Log) -> None:
        """Let go of a log that is complete: its lines are written now, and synced and closed within a period.

        Raises StorageError; Removed where its file is gone.
        """
        with self._changing:
            self._logs.discard(log)
        try:
            log.finish()
        except StorageError:
            with suppress(StorageError):
                log.close()
            raise
        with self._changing:
            full = len(self._done) >= WAITING
            if not full:
                self._done.append(log)
        if full:
            log.close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._commit()
        if self._failed is not None and error is None:
            raise self._failed

    def _run(self) -> None:
        while not self._stop.wait(PERIOD):
            self._commit()

    def _commit(self) -> None:
        with self._changing:
            logs, (done, self._done) = list(self._logs), (self._done, [])
        sync([*logs, *done])
        for log in done:
            try:
                log.close()
            except StorageError as error:
                self._failed = self._failed or error


def sync(logs: Sequence[Log], syncfs: Callable[[int], bool] | None = None) -> None:
    """Sync what was written to these logs. What fails is met by whoever writes to such a log next, or closes it.

    syncfs: how the whole file system of an open file is synced, and whether it was.
    """
    dirty = [log for log in logs if log.take()]
    if len(dirty) >= MANY and _together(dirty) and (syncfs or _syncfs)(dirty[0].fileno()):
        return
    for log in dirty:
        log.give_back()
        with suppress(StorageError):
            log.sync()


def _together(logs: Sequence[Log]) -> bool:
    """Whether they are all on one file system."""
    return len({log.device for log in logs}) == 1


def _syncfs(fd: int) -> bool:
    try:
        return int(ctypes.CDLL(None, use_errno=True).syncfs(fd)) == 0
    except (AttributeError, OSError):  # macOS has none
        return False
