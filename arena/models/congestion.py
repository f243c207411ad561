"""How many requests an endpoint may have at once, learnt from how it takes them.

Additive increase, multiplicative decrease (Chiu and Jain 1989, doi:10.1016/0169-7552(89)90019-6). A decrease is by half
where all is refused and by less where less is, once a round trip, as DCTCP does it (RFC 8257, section 3.3): a server
that refuses now and then at random is not throttled as one that is full. Before the first refusal the start is quick:
every answer allows one more, and time does too.
"""

from __future__ import annotations

START = 32  # at once, before anything is known
RAMP = 300.0  # more a second at the start, so that no thousand connections are opened in one instant
GAIN = 0.5  # what the share of the last round trip counts for in the share that is expected
IN_A_ROW = 3  # refusals without an answer between them; then the endpoint is closed, not just busy


class Congestion:
    """The number of requests that one endpoint is sent at once, at most `most`. Times are seconds of any one clock."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._limit = float(min(START, most))
        self._starting = True
        self._began: float | None = None  # when the first request was sent
        self._closed_until = float("-inf")
        self._in_a_row = 0
        self._share = 1.0  # of requests that are refused, as expected
        # The round trip that is under way: since when, how many were out at most, how many ended, and by a refusal.
        self._since = float("-inf")
        self._peak = self._ended = self._refused = 0

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

    def sent(self, now: float, flying: int) -> None:
        """A request goes out; `flying` are out with it."""
        if self._began is None:
            self._began = self._since = now
        self._peak = max(self._peak, flying)

    def answered(self, now: float, sent: float, flying: int) -> None:
        """One that was sent then is answered; `flying` were out with it. Only a window that is used is widened."""
        self._in_a_row = 0
        if flying >= int(self._limit):
            self._limit = min(self._limit + (1 if self._starting else 1 / self._limit), self.most)
        self._count(now, sent, flying, refused=False)

    def refused(self, now: float, sent: float, flying: int, after: float | None) -> None:
        """One is refused: the endpoint has too much to do, and wants to be left alone for `after` seconds, if it says.

        A single refusal may be about that request alone; several in a row are about all.
        """
        self._starting = False
        self._in_a_row += 1
        if not self._refused:  # the first of this round trip
            self._limit = max(min(self._limit, max(self._peak, flying)) * (1 - self._share / 2), 1.0)
        self._count(now, sent, flying, refused=True)
        if after is not None and self._in_a_row >= IN_A_ROW:
            self._closed_until = max(self._closed_until, now + after)

    def _count(self, now: float, sent: float, flying: int, refused: bool) -> None:
        self._ended += 1
        self._refused += refused
        if sent > self._since:  # one that was sent in this round trip has come back: it is over
            self._share += GAIN * (self._refused / self._ended - self._share)
            self._since, self._peak, self._ended, self._refused = now, flying, 0, 0
