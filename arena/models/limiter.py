"""Waiting until a request may go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from arena.models.endpoint import Endpoint
from arena.models.failures import LONGEST_ASKED, Failure
from arena.models.traffic import Ended, Lane, Ticket, Traffic

CONNECTIONS = 64  # requests at once, over all endpoints, unless the user says otherwise


class Limiter:
    """What all clients of a run wait on before each attempt; for one event loop at a time.

    A request that is waiting for an answer holds one place of its endpoint and one of `connections`; one that waits
    before its next attempt holds none.
    """

    def __init__(self, connections: int = CONNECTIONS, clock: Callable[[], float] = monotonic) -> None:
        self._traffic = Traffic(connections)
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None

    @property
    def connections(self) -> int:
        """How many requests there are at once, at most."""
        return self._traffic.most

    def lane(self, endpoint: Endpoint) -> Lane:
        """Where requests to this endpoint wait."""
        return self._traffic.lane(endpoint)

    @asynccontextmanager
    async def turn(self, lane: Lane, match: str, tokens: int = 0) -> AsyncIterator[Turn]:
        """From when a request of this match may go until it has ended; `tokens` is about what it will cost.

        Entered in the fair order. A Failure that leaves it tells of the endpoint's load.
        """
        freed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        ticket = Ticket(lane, match, tokens, wake=freed)
        turn = Turn()
        ended, after = Ended.OTHERWISE, None
        self._traffic.ask(ticket)
        self._look()
        try:
            await freed
            yield turn
            ended = Ended.ANSWERED
        except Failure as failure:
            after = None if failure.after is None else min(failure.after, LONGEST_ASKED)
            ended = Ended.STRAINED if failure.strained else Ended.OTHERWISE
            raise
        finally:
            self._traffic.end(ticket, self._clock(), ended, turn.tokens, after)
            self._look()

    def _look(self) -> None:
        """Let go who may, and look again when time alone lets others go."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        going, soonest = self._traffic.start(self._clock())
        for ticket in going:
            assert isinstance(ticket.wake, asyncio.Future)
            if not ticket.wake.done():
                ticket.wake.set_result(None)
        if soonest is not None:
            self._timer = asyncio.get_running_loop().call_later(soonest, self._look)


class Turn:
    """A request on its way; whoever hears what it cost notes the tokens here."""

    tokens: int | None = None
