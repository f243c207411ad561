"""What a plan will cost, as a range: from the turns of its protocol, the size of its prompts and how they grow.

The prompts are rendered, not guessed (`rehearsal`). What cannot be known before a match is played is assumed, twice:
once so that it is cheap and once so that it is dear. The assumptions are part of the answer. Requests that fail and are
repeated are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from msgspec import Struct

from arena.core.price import Price
from arena.moderators.meeting import Meeting
from arena.planning.rehearsal import Shape
from arena.transcripts.header import Sitter

AROUND = 60  # characters of the envelope around another seat's words


class Assumed(Struct, frozen=True):
    """What is assumed of matches: the share of the rounds that is played, of asks that come again after a refusal, the
    tokens of a reply (those that stay in the prompt, and those written where no limit is set), the characters that a
    turn says aloud, the tokens a character has, and whether the provider's prefix cache hits.
    """

    rounds: float
    again: float
    kept: int
    written: int
    said: int
    density: float
    cached: bool


CHEAP = Assumed(rounds=0.25, again=0.0, kept=120, written=120, said=100, density=1 / 4.5, cached=True)
DEAR = Assumed(rounds=1.0, again=0.1, kept=500, written=2000, said=500, density=1 / 3, cached=False)

ASSUMPTIONS = (
    "low: a quarter of the rounds, replies of 120 tokens, no refusals; what was sent before is cached",
    "high: all rounds, replies of max_output_tokens (else 2,000), every tenth asked again; no cache",
)


class Amount(Struct, frozen=True):
    """Calls, tokens and money; `usd` is None where there is no price."""

    calls: float = 0
    fresh: float = 0
    cached: float = 0
    output: float = 0
    usd: float | None = 0.0

    def plus(self, other: Amount) -> Amount:
        """Both together."""
        known = self.usd is not None and other.usd is not None
        return Amount(
            self.calls + other.calls,
            self.fresh + other.fresh,
            self.cached + other.cached,
            self.output + other.output,
            (self.usd or 0) + (other.usd or 0) if known else None,
        )

    def times(self, n: float) -> Amount:
        """So many of them."""
        usd = None if self.usd is None else self.usd * n
        return Amount(self.calls * n, self.fresh * n, self.cached * n, self.output * n, usd)


class Range(Struct, frozen=True):
    """From cheap to dear."""

    low: Amount = Amount()
    high: Amount = Amount()

    def plus(self, other: Range) -> Range:
        """Both together."""
        return Range(self.low.plus(other.low), self.high.plus(other.high))

    def times(self, n: float) -> Range:
        """So many of them."""
        return Range(self.low.times(n), self.high.times(n))


def match_cost(
    shapes: Sequence[Shape], sitters: Sequence[Sitter], meeting: Meeting, rounds: int
) -> Mapping[str, Range]:
    """What a match of so many rounds will cost, by the name of the agent; the models only."""
    found: dict[str, Range] = {}
    asks = sum(shape.asks for shape in shapes)
    for shape, sitter in zip(shapes, sitters, strict=True):
        if sitter.kind == "model":
            heard = (asks - shape.asks) / shape.asks if shape.asks else 0.0  # turns of others between two of one's own
            low, high = (_seat(shape, sitter, meeting, rounds, heard, assumed) for assumed in (CHEAP, DEAR))
            found[sitter.name] = found.get(sitter.name, Range()).plus(Range(low, high))
    return found


def _seat(shape: Shape, sitter: Sitter, meeting: Meeting, rounds: int, heard: float, assumed: Assumed) -> Amount:
    most = sitter.settings.get("max_output_tokens")
    written = assumed.written if most is None else most if assumed is DEAR else min(most, assumed.written)
    schema = shape.schema if sitter.settings.get("dialect") in ("tools", "json_schema") else 0.0
    calls = ceil(shape.asks * ceil(rounds * assumed.rounds) * (1 + assumed.again))
    first = (shape.first + schema) * assumed.density
    growth = (shape.growth + heard * (_said(meeting, assumed) + AROUND)) * assumed.density + min(written, assumed.kept)
    prompts = calls * first + growth * calls * (calls - 1) / 2
    # All prompts but the last stand at the beginning of the one after them.
    cached = (prompts - first - growth * (calls - 1)) if assumed.cached and calls else 0.0
    return Amount(
        calls, prompts - cached, cached, calls * written, _usd(sitter.price, prompts, cached, calls * written)
    )


def _said(meeting: Meeting, assumed: Assumed) -> float:
    limit = meeting.limits.characters
    return assumed.said if limit is None else min(assumed.said, limit)


def _usd(price: Price | None, prompt: float, cached: float, output: float) -> float | None:
    return None if price is None else price.of(prompt, cached, output)
