"""What a run may cost, and what it has cost so far."""

from __future__ import annotations

from msgspec import Struct

from arena.core.price import Price, usd
from arena.core.usage import Usage


class Caps(Struct, frozen=True):
    """The most that a run may take; None is no cap.

    `usd` and `tokens` (read and written) and `calls` (replies had from endpoints) are counted over the whole run,
    however often it is resumed; `minutes` from the beginning of this sitting.
    """

    usd: float | None = None
    tokens: int | None = None
    calls: int | None = None
    minutes: float | None = None


NO_CAPS = Caps()


class Spent(Struct, frozen=True):
    """What replies have cost. `uncounted`, `unpaid`: how many of them in tokens, or money, that is not known."""

    usd: float = 0.0
    tokens: int = 0
    calls: int = 0
    uncounted: int = 0
    unpaid: int = 0

    def plus(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(
            self.usd + other.usd,
            self.tokens + other.tokens,
            self.calls + other.calls,
            self.uncounted + other.uncounted,
            self.unpaid + other.unpaid,
        )

    def less(self, other: Spent) -> Spent:
        """This without the other, of what a reservation has: money, tokens and calls."""
        return Spent(self.usd - other.usd, self.tokens - other.tokens, self.calls - other.calls)


NOTHING = Spent()


def spent_on(usage: Usage | None, price: Price | None, too_long: bool = False) -> Spent:
    """What one reply cost; nothing where no endpoint was asked for it, or it refused a prompt that is too long."""
    if usage is None or usage.hit or (too_long and not usage.reported):
        return NOTHING
    paid = usd(usage, price)
    return Spent(paid or 0.0, usage.prompt + usage.output, 1, int(not usage.reported), int(paid is None))
