"""Group commit: one thread syncs whatever was written, every 50 ms at most, so that no reply waits for a disk."""

from __future__ import annotations

import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from weakref import WeakSet

from arena.errors import StorageError
from arena.transcripts.log import Log

PERIOD = 0.05  # seconds


class Syncer:
    """Syncs the logs it was given, while the `with` block lasts."""

    def __init__(self) -> None:
        self._logs: WeakSet[Log] = WeakSet()
        self._stop, self._adding = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._run, name="arena-sync", daemon=True)

    def add(self, log: Log) -> None:
        with self._adding:
            self._logs.add(log)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(PERIOD):
            with self._adding:
                logs = list(self._logs)
            for log in logs:
                with suppress(StorageError):  # the writer meets it at its next line
                    log.sync()
