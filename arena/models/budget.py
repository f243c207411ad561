"""The budget of a run: every call is reserved before it is made and settled when its reply is there.

A call that does not fit beside those in flight waits for them, since they may cost less than was reserved. One that
does not fit when nothing is in flight ends the run: from then on nobody is asked, and what is in flight finishes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Literal, Protocol

from msgspec import Struct

from arena.errors import BudgetSpent
from arena.models.endpoint import Endpoint
from arena.models.gauge import Gauge
from arena.models.spending import NO_CAPS, NOTHING, Caps, Spent

Clock = Callable[[], float]  # seconds


class Ended(Struct, frozen=True):
    """Why a budget lets nobody ask any more: by which cap, in words, and how high the cap is."""

    cap: Literal["usd", "tokens", "calls", "minutes", "untold"]
    why: str
    at: float = 0


class Funds(Protocol):
    """What calls are paid from: a budget, or whoever asks one for it."""

    @property
    def capped(self) -> bool:
        """Whether there is any cap at all; without one, nothing need be held."""

    @property
    def ended(self) -> Ended | None:
        """Why nobody is to be asked any more."""

    def gauge(self, endpoint: Endpoint) -> Gauge:
        """What was learnt of how this endpoint counts."""

    async def hold(self, expected: Spent) -> None:
        """Reserve what a call may cost. Raises BudgetSpent."""

    def settle(self, expected: Spent, actual: Spent = NOTHING) -> None:
        """What was reserved is free again, and this was spent in its place."""


class Budget:
    """Caps, what is spent and what is reserved. One for all matches of a run, in one event loop.

    spent: what the run had cost before. clock: where the minutes are read from; they begin now.
    """

    def __init__(self, caps: Caps = NO_CAPS, spent: Spent = NOTHING, clock: Clock = monotonic) -> None:
        self.caps = caps
        self.spent = spent
        self._clock = clock
        self._began = clock()
        self._held = NOTHING  # what the calls in flight may cost together
        self._turn = asyncio.Lock()  # whoever waits for room is let in before those who come later
        self._changed = asyncio.Event()
        self._ended: Ended | None = None
        self._gauges: dict[tuple[str, str], Gauge] = {}

    @property
    def capped(self) -> bool:
        """Whether there is any cap at all."""
        return self.caps != NO_CAPS

    def gauge(self, endpoint: Endpoint) -> Gauge:
        """What was learnt of how this endpoint counts, for all seats that it plays."""
        return self._gauges.setdefault((endpoint.base_url, endpoint.model), Gauge())

    @property
    def ended(self) -> Ended | None:
        """Why nobody is to be asked any more; None while there is something left."""
        if self._ended is None:
            self._ended = self._used_up()
        return self._ended

    async def hold(self, expected: Spent) -> None:
        """Reserve what a call may cost; waits for room while calls are in flight. Raises BudgetSpent."""
        async with self._turn:
            while self.ended is None and (short := self._short(expected)) is not None:
                if not self._held.calls:
                    self._ended = short
                    break
                self._changed.clear()
                await self._changed.wait()
            if self.ended is not None:
                raise BudgetSpent(f"the budget is spent: {self.ended.why}")
            self._held = self._held.plus(expected)

    def settle(self, expected: Spent, actual: Spent = NOTHING) -> None:
        """What was reserved is free again, and this was spent in its place."""
        # From nothing again where nothing is in flight, so that no rounding adds up.
        self._held = self._held.less(expected) if self._held.calls > expected.calls else NOTHING
        self.spent = self.spent.plus(actual)
        self._changed.set()

    def _used_up(self) -> Ended | None:
        """Which cap is reached."""
        caps, spent = self.caps, self.spent
        if caps.minutes is not None and self._clock() - self._began >= 60 * caps.minutes:
            return Ended("minutes", f"{caps.minutes:g} minutes are over", caps.minutes)
        if caps.usd is not None and spent.usd >= caps.usd:
            return Ended("usd", f"${spent.usd:.4f} of ${caps.usd:g} are spent", caps.usd)
        if caps.tokens is not None and spent.tokens >= caps.tokens:
            return Ended("tokens", f"{spent.tokens:,} of {caps.tokens:,} tokens are used", caps.tokens)
        if caps.calls is not None and spent.calls >= caps.calls:
            return Ended("calls", f"{spent.calls:,} of {caps.calls:,} calls are made", caps.calls)
        unknown = max(spent.unpaid if caps.usd is not None else 0, spent.uncounted if caps.tokens is not None else 0)
        if unknown:
            return Ended(
                "untold",
                f"the tokens of {unknown:,} of {spent.calls:,} replies were not reported by their endpoint, so that a "
                "cap on money or tokens cannot be held; cap calls or minutes in its place",
            )
        return None

    def _short(self, expected: Spent) -> Ended | None:
        """Which cap a call would break, beside those in flight."""
        caps = self.caps
        after = self.spent.plus(self._held).plus(expected)
        if caps.usd is not None and after.usd > caps.usd:
            left = caps.usd - self.spent.usd
            why = f"the next call may cost ${expected.usd:.4f}; of ${caps.usd:g}, ${left:.4f} are left"
            return Ended("usd", why, caps.usd)
        if caps.tokens is not None and after.tokens > caps.tokens:
            left = caps.tokens - self.spent.tokens
            why = f"the next call may take {expected.tokens:,} tokens; of {caps.tokens:,}, {left:,} are left"
            return Ended("tokens", why, caps.tokens)
        if caps.calls is not None and after.calls > caps.calls:
            return Ended("calls", f"{self.spent.calls:,} of {caps.calls:,} calls are made", caps.calls)
        return None
