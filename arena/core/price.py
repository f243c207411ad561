"""What a model's tokens cost."""

from __future__ import annotations

from msgspec import Struct

from arena.core.usage import Usage

MILLION = 1_000_000


class Price(Struct, frozen=True, omit_defaults=True, rename={"input": "in", "output": "out"}):
    """USD per million tokens: of a prompt, of the part of it that the provider had cached, of what was written.

    `date`: when it was so; `source`: where that stands. Both are empty where the configuration itself declares it.
    """

    input: float
    cached: float
    output: float
    date: str = ""
    source: str = ""

    @property
    def free(self) -> bool:
        """Whether nothing costs anything."""
        return not (self.input or self.cached or self.output)

    def of(self, prompt: float, cached: float, output: float) -> float:
        """USD of so many tokens; `cached` ones are part of the prompt, reasoning is part of the output."""
        cached = min(cached, prompt)
        return ((prompt - cached) * self.input + cached * self.cached + output * self.output) / MILLION


def usd(usage: Usage | None, price: Price | None, too_long: bool = False) -> float | None:
    """What a reply cost, in USD; None where that is not known, and never 0 for that.

    0 for what no endpoint was asked for: no usage, or a hit of Arena's own cache; and for a prompt that was refused as
    `too_long`, for which an endpoint counts nothing. Unknown where there is no price, and where the endpoint did not
    say how many tokens there were, unless they are free.
    """
    if usage is None or usage.hit or (too_long and not usage.reported):
        return 0.0
    if price is None or not (usage.reported or price.free):
        return None
    return price.of(usage.prompt, usage.cached, usage.output)
