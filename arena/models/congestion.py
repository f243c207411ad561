"""How many requests an endpoint may have at once, learnt from how it takes them.

Additive increase, multiplicative decrease (Chiu and Jain 1989, doi:10.1016/0169-7552(89)90019-6), with a quick start:
until the endpoint says for the first time that it is too much, every answer allows one more, and time does too.
"""

from __future__ import annotations

START = 32  # at once, before anything is known
RAMP = 300.0  # more a second at the start, so that no thousand connections are opened in one instant
COOL = 1.0  # seconds after a decrease in which there is no other: what comes then was sent before it
IN_A_ROW = 3  # refusals without an answer between them; then the endpoint is closed, not just busy


class Congestion:
    """The number of requests that one endpoint is sent at once, at most `most`. Times are seconds of any one clock."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._limit = float(min(START, most))
        self._began: float | None = None  # the first request; None once the quick start is over
        self._starting = True
        self._cool_until = self._closed_until = float("-inf")
        self._refused_in_a_row = 0

    def limit(self, now: float) -> int:
        """How many requests there may be now; 0 while the endpoint wants to be left alone."""
        if now < self._closed_until:
            return 0
        if self._starting and self._began is not None:
            self._limit = min(max(self._limit, START + RAMP * (now - self._began)), self.most)
        return int(self._limit)

    def wait(self, now: float) -> float | None:
        """Seconds until `limit` grows by itself; None where only an answer can do that."""
        if now < self._closed_until:
            return self._closed_until - now
        return 1 / RAMP if self._starting and self._limit < self.most else None

    def sent(self, now: float) -> None:
        """A request goes out."""
        if self._began is None:
            self._began = now

    def answered(self, flying: int) -> None:
        """A request was answered; `flying` were out with it. Only a window that is used is widened."""
        self._refused_in_a_row = 0
        if flying >= int(self._limit):
            self._limit = min(self._limit + (1 if self._starting else 1 / self._limit), self.most)

    def refused(self, now: float, flying: int, after: float | None) -> None:
        """The endpoint has too much to do; it wants to be left alone for `after` seconds, if it said so."""
        self._starting = False
        self._refused_in_a_row += 1
        if now >= self._cool_until:
            self._limit = max(min(self._limit, flying) / 2, 1.0)
            self._cool_until = now + COOL
        if self._refused_in_a_row >= IN_A_ROW:
            self._closed_until = max(self._closed_until, now + (COOL if after is None else after))
