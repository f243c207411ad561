"""Turn orders: whose turn it is in a phase. A wave is the set of seats that are asked at once.

Every order is a value with one question, `wave(now)`; what it needs to know is public or the moderator's own count,
never what a move means. `kind` is what a seat is asked for, and depends on nothing but whether that seat has the floor,
so that a seat's own events are enough to ask it.
"""

from __future__ import annotations

from random import Random
from typing import Literal

from msgspec import Struct

from arena.core.draw import Draw
from arena.core.view import Role

Kind = Literal["speak", "bid", "call"]


class Now(Struct, frozen=True):
    """Where a phase stands: the seats present, everybody's turns so far in it, whose turn was last, who has the floor.

    `times` is how many turns each seat has; `draw` is the match's.
    """

    present: tuple[int, ...]
    spoken: tuple[int, ...]
    floor: int | None
    round: int
    phase: str
    times: int
    draw: Draw

    def lot(self, purpose: str, nth: int) -> Random:
        """A generator for something that is drawn in this phase of this round."""
        return self.draw.of("turns", self.round, self.phase, purpose, nth)

    @property
    def behind(self) -> tuple[int, ...]:
        """The seats that have had the fewest turns, while any is left; empty at the end of the phase."""
        fewest = min([self.spoken[seat] for seat in self.present], default=self.times)
        if fewest >= self.times:
            return ()
        return tuple([seat for seat in self.present if self.spoken[seat] == fewest])

    @property
    def spent(self) -> bool:
        """Whether as many turns have been had as the seats present have between them."""
        return sum([self.spoken[seat] for seat in self.present]) >= self.times * len(self.present)


class Wave(Struct, frozen=True):
    """Seats that are asked at once, and for what."""

    seats: tuple[int, ...]
    kind: Kind = "speak"


class RoundRobin(Struct, frozen=True, tag="round_robin", tag_field="kind"):
    """In the order of the seats, again and again."""

    def wave(self, now: Now) -> Wave | None:
        fewest, first = now.times, -1
        for seat in now.present:  # the first of `now.behind`, without the rest: most matches ask this every turn
            if now.spoken[seat] < fewest:
                fewest, first = now.spoken[seat], seat
        return Wave((first,)) if first >= 0 else None


class RandomOrder(Struct, frozen=True, tag="random", tag_field="kind"):
    """A fresh order every time around, drawn for that round."""

    def wave(self, now: Now) -> Wave | None:
        behind = now.behind
        if not behind:
            return None
        order = list(range(len(now.spoken)))
        now.lot("order", now.spoken[behind[0]]).shuffle(order)
        return Wave((min(behind, key=order.index),))


class Simultaneous(Struct, frozen=True, tag="simultaneous", tag_field="kind"):
    """All at once: nobody's words are shown before everybody has answered."""

    def wave(self, now: Now) -> Wave | None:
        behind = now.behind
        return Wave(behind) if behind else None


class AlternatingOffers(Struct, frozen=True, tag="alternating_offers", tag_field="kind"):
    """Each round another seat makes the offer and the rest answer it in turn (Rubinstein 1982, Stahl 1972).

    If the proposer leaves, the next seat proposes.
    """

    def order(self, now_round: int, n: int) -> tuple[int, ...]:
        """The seats in the order of this round, the proposer first."""
        first = (now_round - 1) % n
        return (*range(first, n), *range(first))

    def wave(self, now: Now) -> Wave | None:
        behind = now.behind
        if not behind:
            return None
        order = self.order(now.round, len(now.spoken))
        return Wave((min(behind, key=order.index),))

    def roles(self, seat: int, now_round: int, present: tuple[int, ...], n: int) -> frozenset[Role]:
        """What a seat may do in this round: offer, or answer; nobody offers where all have left."""
        proposer = next((s for s in self.order(now_round, n) if s in present), None)
        return frozenset({"offer", "exit"}) if seat == proposer else frozenset({"answer", "exit"})


class ChairCalls(Struct, frozen=True, tag="chair_calls", tag_field="kind"):
    """The chair speaks and names who speaks next; then it is the chair's turn again. Without the chair: round robin."""

    chair: int = 0

    def wave(self, now: Now) -> Wave | None:
        if self.chair not in now.present:
            return RoundRobin().wave(now)
        if now.spent:
            return None
        if now.floor is not None and now.floor in now.present:
            return Wave((now.floor,))
        return Wave((self.chair,), "call")


class BidForFloor(Struct, frozen=True, tag="bid_for_floor", tag_field="kind"):
    """Everyone bids for the floor, sealed; the highest bid speaks, ties by lot; if nobody bids, the phase is over."""

    def wave(self, now: Now) -> Wave | None:
        if now.spent:
            return None
        if now.floor is not None and now.floor in now.present:
            return Wave((now.floor,))
        return Wave(now.present, "bid")

    def winner(self, bids: dict[int, int], now: Now) -> int | None:
        """Who gets the floor; None if nobody wants it."""
        highest = max(bids.values(), default=0)
        if highest == 0:
            return None
        best = [seat for seat, bid in sorted(bids.items()) if bid == highest]
        return now.lot("floor", sum(now.spoken)).choice(best)


class Recorded(Struct, frozen=True, tag="recorded", tag_field="kind"):
    """The order that was written down: `rounds` holds the seats of each round, a turn each time that one stands there.

    In any later round the seats follow each other as in the last of these, once each; without any, in seat order. Who
    has left is passed over.
    """

    rounds: tuple[tuple[int, ...], ...] = ()

    def order(self, now_round: int, n: int) -> tuple[int, ...]:
        """The turns of a round, in order."""
        if now_round <= len(self.rounds):
            return self.rounds[now_round - 1]
        return tuple(dict.fromkeys((*(self.rounds[-1] if self.rounds else ()), *range(n))))

    def wave(self, now: Now) -> Wave | None:
        order = [seat for seat in self.order(now.round, len(now.spoken)) if seat in now.present]
        had = sum([now.spoken[seat] for seat in now.present])
        return Wave((order[had],)) if had < len(order) else None

    def until(self, now_round: int, had: int, n: int) -> Recorded:
        """The same order up to a moment: the turns that a round has had, then one for everyone who had none in it."""
        now_round = max(now_round, 1)
        order = self.order(now_round, n)
        rest = [seat for seat in dict.fromkeys((*order[had:], *range(n))) if seat not in order[:had]]
        before = [self.order(each, n) for each in range(1, now_round)]
        return Recorded((*before, (*order[:had], *rest)))


Turns = RoundRobin | RandomOrder | Simultaneous | AlternatingOffers | ChairCalls | BidForFloor | Recorded


def kind(turns: Turns, seat: int, floor: int | None, present: tuple[int, ...]) -> Kind:
    """What a seat is asked for when it is its turn."""
    if isinstance(turns, BidForFloor):
        return "speak" if floor == seat else "bid"
    if isinstance(turns, ChairCalls) and seat == turns.chair and len(present) > 1:
        return "call"
    return "speak"
