"""How often each very request was met with a fault, and whether it was answered: the attempt that the next one is.

The attempt number of a request is how often this very request (the same body, the order of keys aside) was met with a
fault of the server's. It does not grow when a request is answered: an answer may be lost on its way, or with the death
of whoever asked, and whoever asks again gets the same one. So what a request meets does not hang on who died when: it
is fault after fault of its own sequence, and then its answer, for ever.
"""

from collections import Counter


class Attempts:
    """The attempts of one server process, by the digests of requests."""

    def __init__(self) -> None:
        self._failed: Counter[str] = Counter()
        self._answered: set[str] = set()

    def of(self, digest: str) -> int:
        """Which attempt a request with this digest is now, from 0."""
        return self._failed[digest]

    def failed(self, digest: str) -> None:
        """It is met with a fault of the server's."""
        self._failed[digest] += 1

    def answered(self, digest: str) -> bool:
        """It is answered; returns whether it had been answered before."""
        before = digest in self._answered
        self._answered.add(digest)
        return before

    def __len__(self) -> int:
        """How many different requests there were."""
        return len(self._answered | self._failed.keys())
