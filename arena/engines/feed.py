"""The matches that a worker has been leased and not yet begun, and the asking for more."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from arena.engines.frames import Want
from arena.engines.leases import AHEAD
from arena.runs.jobs import Job


class Feed:
    """Gives the next match to whoever plays it, and asks for more in time.

    One that plays a match at a time would wait for every answer, so it asks ahead; one that plays many at once has
    others to play meanwhile, and asks for as many as it can begin.
    """

    def __init__(self, send: Callable[[Want], None], live: int) -> None:
        self._send, self._ahead = send, AHEAD if live == 1 else 0
        self._jobs: deque[Job] = deque()
        self._waiting: deque[asyncio.Future[Job | None]] = deque()
        self._asked = 0  # for so many there was no answer yet
        self._over = False

    async def next(self) -> Job | None:
        """The next match; None when there will be none."""
        self._ask(1 + self._ahead)
        if self._jobs:
            return self._jobs.popleft()
        if self._over:
            return None
        mine: asyncio.Future[Job | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        return await mine

    def add(self, jobs: Iterable[Job]) -> None:
        """These were leased."""
        for job in jobs:
            self._asked -= 1
            while self._waiting and self._waiting[0].done():  # cancelled
                self._waiting.popleft()
            if self._waiting:
                self._waiting.popleft().set_result(job)
            else:
                self._jobs.append(job)

    def end(self) -> None:
        """Nothing more is to be begun."""
        self._over = True
        self._jobs.clear()
        while self._waiting:
            if not (waiting := self._waiting.popleft()).done():
                waiting.set_result(None)

    def _ask(self, needed: int) -> None:
        missing = needed + len(self._waiting) - self._asked - len(self._jobs)
        if missing > 0 and not self._over:
            self._asked += missing
            self._send(Want(missing))
