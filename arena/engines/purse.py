"""The budget as a worker has it: the coordinator is asked before each call, and told what it cost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count

from arena.engines.frames import Held, Hold, Settle
from arena.errors import BudgetSpent
from arena.models.budget import Ended
from arena.models.endpoint import Endpoint
from arena.models.gauge import Gauge
from arena.models.spending import NOTHING, Spent


class Purse:
    """Holds and settles by sending; `Funds` of a worker. What it learns of endpoints it learns by itself."""

    def __init__(self, send: Callable[[Hold | Settle], None], capped: bool) -> None:
        self.capped = capped
        self.ended: Ended | None = None
        self._send = send
        self._numbers = count()
        self._waiting: dict[int, tuple[Spent, asyncio.Future[Ended | None]]] = {}
        self._gauges: dict[tuple[str, str], Gauge] = {}

    def gauge(self, endpoint: Endpoint) -> Gauge:
        """What was learnt of how this endpoint counts, for the seats of this worker."""
        return self._gauges.setdefault((endpoint.base_url, endpoint.model), Gauge())

    async def hold(self, expected: Spent) -> None:
        """Reserve what a call may cost; waits for room. Raises BudgetSpent."""
        if self.ended is None:
            number = next(self._numbers)
            answer: asyncio.Future[Ended | None] = asyncio.get_running_loop().create_future()
            self._waiting[number] = expected, answer
            self._send(Hold(number, expected))
            try:
                self.ended = await answer or self.ended
            except asyncio.CancelledError:
                if answer.done() and not answer.cancelled() and answer.result() is None:
                    self.settle(expected)
                raise
        if self.ended is not None:
            raise BudgetSpent(f"the budget is spent: {self.ended.why}")

    def settle(self, expected: Spent, actual: Spent = NOTHING) -> None:
        """What was reserved is free again, and this was spent in its place."""
        self._send(Settle(expected, actual))

    def held(self, answer: Held) -> None:
        """The coordinator's answer. A call that nobody waits to make any more is not made."""
        expected, waiting = self._waiting.pop(answer.number)
        if not waiting.done():
            waiting.set_result(answer.ended)
        elif answer.ended is None:
            self.settle(expected)
