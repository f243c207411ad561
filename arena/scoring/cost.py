"""What a match cost: tokens as the endpoints counted them, money at the prices of its header, seconds of waiting.

It stands beside the outcome and never enters it (measures, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, nan
from typing import Any

from msgspec import Struct

from arena.core.events import AnyAddressed, Replied
from arena.core.price import Price, usd
from arena.core.usage import Usage

Lines = Sequence[Sequence[AnyAddressed]]


class Bill(Struct, frozen=True):
    """What the events of a match do not say: for each line, every seat's price, and its time offset in ms."""

    prices: Sequence[tuple[Price | None, ...]]
    times: Sequence[int]


class Cost(Struct, frozen=True):
    """Per seat, in seat order. Hits of Arena's own cache are counted in `hits` and nowhere else.

    fresh, cached: tokens of the prompts, those that the provider had cached apart. output: tokens written, `reasoning`
    among them. attempts: requests made, repeated ones included. uncounted: replies whose tokens the endpoint did not
    report. usd: None where it is not known. seconds: from the moment of asking to the reply, over the replies that an
    endpoint gave.
    """

    fresh: tuple[int, ...]
    cached: tuple[int, ...]
    output: tuple[int, ...]
    reasoning: tuple[int, ...]
    attempts: tuple[int, ...]
    hits: tuple[int, ...]
    uncounted: tuple[int, ...]
    usd: tuple[float | None, ...]
    seconds: tuple[float, ...]

    @property
    def total_usd(self) -> float | None:
        """All seats together; None where one is not known."""
        known = [each for each in self.usd if each is not None]
        return fsum(known) if len(known) == len(self.usd) else None

    @property
    def tokens(self) -> int:
        """All tokens, read and written."""
        return sum(self.fresh) + sum(self.cached) + sum(self.output)


class _Paid(Struct, frozen=True):
    """One reply that an endpoint (or the cache) gave: to whom, what was counted, whether it was told, what it cost."""

    seat: int
    usage: Usage
    told: bool
    usd: float | None
    milliseconds: int


def cost(lines: Lines, seats: int, bill: Bill) -> Cost | None:
    """Add up a match; None where no reply says what it cost, as with scripted agents alone."""
    paid = _paid(lines, bill)
    if not paid:
        return None
    by_seat = [[each for each in paid if each.seat == seat] for seat in range(seats)]
    asked = [[each.usage for each in some if not each.usage.hit] for some in by_seat]
    return Cost(
        fresh=tuple(sum(max(u.prompt - u.cached, 0) for u in some) for some in asked),
        cached=tuple(sum(min(u.cached, u.prompt) for u in some) for some in asked),
        output=tuple(sum(u.output for u in some) for some in asked),
        reasoning=tuple(sum(u.reasoning for u in some) for some in asked),
        attempts=tuple(sum(u.attempts for u in some) for some in asked),
        hits=tuple(sum(each.usage.hit for each in some) for some in by_seat),
        uncounted=tuple(sum(not (each.told or each.usage.hit) for each in some) for some in by_seat),
        usd=tuple(_sum([each.usd for each in some]) for some in by_seat),
        seconds=tuple(sum(p.milliseconds for p in some if not p.usage.hit) / 1000 for some in by_seat),
    )


def _paid(lines: Lines, bill: Bill) -> list[_Paid]:
    found, asked_at = list[_Paid](), 0
    for line, prices, at in zip(lines, bill.prices, bill.times, strict=True):
        match line:
            case [one] if isinstance(one.e, Replied):
                reply: Replied[Any, Any] = one.e
                if reply.usage is not None:
                    too_long = reply.overflow is not None
                    paid = usd(reply.usage, prices[reply.seat], too_long)
                    told = reply.usage.reported or too_long
                    found.append(_Paid(reply.seat, reply.usage, told, paid, max(at - asked_at, 0)))
            case _:
                asked_at = at  # who is asked is asked after a ruling; a wave's replies were all asked for at once
    return found


def _sum(amounts: Sequence[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return fsum(known) if len(known) == len(amounts) else None


def costs(lines: Lines, seats: int, bill: Bill, gain: float | None) -> dict[str, Any]:
    """The cost of a match as its scorecard has it; `gain` is V - F, None where the match is void.

    What a unit of the gain cost is NaN where there is no gain, and None where the money is not known. Empty where
    no reply says what it cost.
    """
    found = cost(lines, seats, bill)
    if found is None:
        return {}
    plain = {name: getattr(found, name) for name in Cost.__struct_fields__} | {"total_usd": found.total_usd}
    if gain is None:
        return plain
    return plain | {
        "usd_per_gain": per_gain(found.total_usd, gain),
        "tokens_per_gain": per_gain(found.tokens, gain),
    }


def per_gain(amount: float | None, gain: float) -> float | None:
    """An amount for each unit of V - F; NaN where that is 0 or less, None where the amount is not known."""
    return None if amount is None else amount / gain if gain > 0 else nan
