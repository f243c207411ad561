"""Who may ask now: the rules of the road to all endpoints. It has no clock; whoever asks says what time it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from enum import Enum

from msgspec import Struct

from arena.models.congestion import Congestion
from arena.models.endpoint import Endpoint
from arena.models.fairness import FairQueue
from arena.models.rates import Rate


class Ended(Enum):
    """How a request ended, as far as it says something of the endpoint's load."""

    ANSWERED = "answered"
    STRAINED = "strained"  # it has too much to do
    OTHERWISE = "otherwise"


class Ticket(Struct, eq=False):
    """A request that waits, or is on its way: of which match, about how many tokens."""

    lane: Lane
    match: str
    tokens: int
    flying: bool = False
    sent: float = 0.0
    wake: object = None  # whom to tell that it may go


class Lane:
    """The requests of one model at one endpoint; the window is shared with the other models there."""

    def __init__(self, key: Hashable, window: Congestion, flights: Flights) -> None:
        self.key = key
        self.window = window
        self.flights = flights
        self.waiting: FairQueue[Ticket] = FairQueue()
        self.requests: Rate | None = None
        self.tokens: Rate | None = None

    def held(self, now: float) -> float | None:
        """Seconds until the first in line may go (0: now); None where only another's end can let it."""
        if self.flights.count >= self.window.limit(now):
            return self.window.wait(now)
        waits = [0.0]
        if self.requests is not None:
            waits.append(self.requests.wait(1, now))
        if self.tokens is not None:
            waits.append(self.tokens.wait(self.waiting.peek().tokens, now))
        return max(waits)


class Flights(Struct):
    """How many requests are on their way to an endpoint."""

    count: int = 0


class Traffic:
    """Lets requests go, at most `most` at once in all.

    By endpoint as many as its window has room for, by model no more a minute than was set. Lanes take turns, and within
    a lane matches do.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.flying = 0
        self._windows: dict[Hashable, tuple[Congestion, Flights]] = {}
        self._lanes: OrderedDict[Hashable, Lane] = OrderedDict()

    def lane(self, endpoint: Endpoint) -> Lane:
        """The lane of a model; where two settings of one model name a rate, the lower one holds."""
        at = (endpoint.base_url, endpoint.api_key_env)
        window = self._windows.setdefault(at, (Congestion(self.most), Flights()))
        key = (*at, endpoint.model)
        lane = self._lanes.setdefault(key, Lane(key, *window))
        lane.requests = _slower(lane.requests, endpoint.rpm)
        lane.tokens = _slower(lane.tokens, endpoint.tpm)
        return lane

    def ask(self, ticket: Ticket) -> None:
        """A request wants to go; `start` says when."""
        ticket.lane.waiting.put(ticket.match, ticket)

    def start(self, now: float) -> tuple[list[Ticket], float | None]:
        """Those that go now, and the seconds after which to look again (None: when one of them ends)."""
        going: list[Ticket] = []
        held = set[int]()
        soonest: float | None = None
        while self.flying < self.most:
            lane = next((lane for lane in self._lanes.values() if lane.waiting and id(lane) not in held), None)
            if lane is None:
                return going, soonest
            seconds = lane.held(now)
            if seconds == 0:
                going.append(self._let_go(lane, now))
                self._lanes.move_to_end(lane.key)  # or the first would get every place that falls free
                continue
            held.add(id(lane))
            if seconds is not None:
                soonest = seconds if soonest is None else min(soonest, seconds)
        return going, None

    def end(
        self, ticket: Ticket, now: float, how: Ended, tokens: int | None = None, after: float | None = None
    ) -> None:
        """A request ended, having cost so many tokens if that is known; or one that waited no longer does.

        `after`: the seconds for which a strained endpoint wants to be left alone.
        """
        lane = ticket.lane
        if not ticket.flying:
            lane.waiting.discard(ticket.match, ticket)
            return
        match how:
            case Ended.ANSWERED:
                lane.window.answered(now, ticket.sent, lane.flights.count)
            case Ended.STRAINED:
                lane.window.refused(now, ticket.sent, lane.flights.count, after)
            case Ended.OTHERWISE:
                pass
        ticket.flying = False
        lane.flights.count -= 1
        self.flying -= 1
        if lane.tokens is not None and tokens is not None:
            lane.tokens.take(tokens - ticket.tokens, now)

    def _let_go(self, lane: Lane, now: float) -> Ticket:
        ticket = lane.waiting.pop()
        ticket.flying, ticket.sent = True, now
        lane.flights.count += 1
        lane.window.sent(now, lane.flights.count)
        self.flying += 1
        if lane.requests is not None:
            lane.requests.take(1, now)
        if lane.tokens is not None:
            lane.tokens.take(ticket.tokens, now)
        return ticket


def _slower(rate: Rate | None, per_minute: float | None) -> Rate | None:
    if per_minute is None or (rate is not None and rate.per_minute <= per_minute):
        return rate
    return Rate(per_minute)
