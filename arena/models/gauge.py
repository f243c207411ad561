"""What a call will cost at most, as far as can be told before it is made."""

from __future__ import annotations

from arena.core.price import Price
from arena.core.usage import Usage
from arena.models.spending import Spent

LONGEST = 2000  # tokens of a reply, before any were counted, where the configuration sets no limit


class Gauge:
    """How long an endpoint's replies are, learnt from them, for estimates that are rather too high than too low."""

    def __init__(self) -> None:
        self._longest = 0

    def learn(self, usage: Usage) -> None:
        """A reply was counted so."""
        self._longest = max(self._longest, usage.output)

    def reserve(self, prompt: int, most: int | None, price: Price | None) -> Spent:
        """What a call with a prompt of so many tokens may cost: nothing cached, and the longest reply.

        most: the declared limit of a reply in tokens; without one, the longest so far counts.
        """
        output = most if most is not None else max(self._longest, LONGEST)
        return Spent(0.0 if price is None else price.of(prompt, 0, output), prompt + output, 1)
