"""Trying again: one budget, in sight."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from arena.models.failures import LONGEST_ASKED, Failure

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

FIRST = 0.5  # seconds before the first repetition; twice as long before each further one
LONGEST = 30.0


class Exhausted(Exception):
    """The last failure, and how many attempts there were."""

    def __init__(self, failure: Failure, attempts: int) -> None:
        super().__init__(failure.what)
        self.failure = failure
        self.attempts = attempts


class Retry:
    """Repeats an attempt that fails with a Failure that says `again`, at most `budget` times.

    It waits as long as the server asked (up to LONGEST_ASKED), else FIRST, 2 FIRST, 4 FIRST ... up to LONGEST; in both
    cases up to a quarter longer, by `jitter`, so that seats do not return all at once.
    """

    def __init__(self, budget: int, sleep: Sleep = asyncio.sleep, jitter: Random | None = None) -> None:
        self._budget = budget
        self._sleep = sleep
        self._jitter = jitter if jitter is not None else Random()

    async def run(self, attempt: Callable[[], Awaitable[T]]) -> tuple[T, int]:
        """What the attempt returns, and how many there were. Raises Exhausted."""
        try:
            return await attempt(), 1
        except Failure as failure:
            return await self._again(attempt, failure)

    async def _again(self, attempt: Callable[[], Awaitable[T]], failed: Failure) -> tuple[T, int]:
        """What comes of it after the first attempt, which nearly always is the only one, failed so."""
        attempts = 0

        async def once() -> T:
            nonlocal attempts
            attempts += 1
            if attempts == 1:
                raise failed
            return await attempt()

        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._budget + 1),
            wait=self._wait,
            retry=retry_if_exception(lambda e: isinstance(e, Failure) and e.again),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return await retrying(once), attempts
        except Failure as failure:
            raise Exhausted(failure, attempts) from None

    def _wait(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome is not None else None
        after = failure.after if isinstance(failure, Failure) else None
        doubling = FIRST * 2.0 ** (state.attempt_number - 1)
        seconds = min(doubling, LONGEST) if after is None else min(after, LONGEST_ASKED)
        return seconds * (1 + self._jitter.random() / 4)
