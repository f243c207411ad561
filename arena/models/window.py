"""A model's context window: how much of it a prompt takes, as well as can be known before it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import msgspec

from arena.models.endpoint import Endpoint
from arena.models.messages import ChatMessage, parts
from arena.models.too_long import TooLong

# Bytes of UTF-8 that a token stands for. English has about 4, JSON and most other languages 2 to 3.
TYPICAL = 3.0
LEAST, MOST = 1.0, 6.0
ANSWER = 1024  # tokens kept free for an answer, where no most is set
SHARE = 8  # of the window, one part may be a summary
SHORTEST = 300  # characters; a summary may always have these


def weight(messages: Sequence[ChatMessage], pieces: Mapping[str, Any]) -> int:
    """The bytes of a request that its model reads: the contents of the messages, and what the dialect adds."""
    said = sum([len(p) if p.isascii() else len(p.encode()) for m in messages for p in parts(m)])
    return said + (len(msgspec.json.encode(pieces)) if pieces else 0)


class Window:
    """What is known of an endpoint's context: its tokens, declared or learnt, and how many bytes make one.

    It learns from every prompt that the endpoint counted and from every one that it refused. Of several ratios the
    lowest counts, since some servers leave cached tokens out of their counts. All who ask the endpoint share one.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.context = endpoint.context
        self._most_output = endpoint.max_output_tokens
        self._ratio: float | None = None

    @property
    def ratio(self) -> float:
        """Bytes a token."""
        return TYPICAL if self._ratio is None else self._ratio

    def tokens(self, size: int) -> int:
        """About how many tokens this many bytes are."""
        return ceil(size / self.ratio)

    def holds(self, size: int) -> bool:
        """Whether a prompt of this many bytes fits, with room for the answer; yes where nothing is known."""
        return self.context is None or self.tokens(size) + self._answer(self.context) <= self.context

    def excludes(self, size: int) -> bool:
        """Whether it cannot fit, however many bytes a token stands for."""
        return self.context is not None and size / MOST > self.context

    def room(self) -> int:
        """The characters that a summary may have, so that what follows it fits as well."""
        context = self.context or SHARE * ANSWER
        return max(int(min(context // SHARE, self._answer(context)) * self.ratio), SHORTEST)

    def counted(self, size: int, tokens: int) -> None:
        """The endpoint counted a prompt of this many bytes as so many tokens; 0 where it counted nothing."""
        if tokens > 0 and size > 0:
            ratio = min(max(size / tokens, LEAST), MOST)
            self._ratio = ratio if self._ratio is None else min(self._ratio, ratio)

    def refused(self, size: int, told: TooLong) -> None:
        """The endpoint refused a prompt of this many bytes as too long."""
        if told.prompt is not None:
            self.counted(size, told.prompt)
        # Where it does not say how much it takes, all that is known is that it is less than this.
        context = told.context or self.tokens(size) - 1
        self.context = context if self.context is None else min(self.context, context)
        if told.prompt is None and self.holds(size):
            self.counted(size, max(self.context - (self._most_output or 0) + 1, 1))

    def _answer(self, context: int) -> int:
        return self._most_output if self._most_output is not None else min(ANSWER, context // 4)
