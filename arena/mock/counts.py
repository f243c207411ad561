"""What a server was asked, counted: for tests to compare with what somebody says to have asked."""

from collections import Counter
from dataclasses import dataclass, field

from arena.mock.json_value import Json

ANSWER, REFUSED = "answer", "refused"


@dataclass(slots=True)
class Counts:
    """Model calls since the start.

    `by_kind`: how each was met, counted when it arrives: with an `answer`, by a fault's name, or `refused` (a request
    that the server does not take). `by_status`: the HTTP status, counted when it is sent; a call that hangs, is reset,
    or whose caller leaves has none. `again`: answers to requests that had been answered before.
    """

    by_kind: Counter[str] = field(default_factory=Counter)
    by_status: Counter[int] = field(default_factory=Counter)
    again: int = 0

    def told(self, requests: int) -> dict[str, Json]:
        """As JSON, beside the number of different requests."""
        return {
            "calls": self.by_kind.total(),
            "by_kind": dict(sorted(self.by_kind.items())),
            "by_status": {str(status): n for status, n in sorted(self.by_status.items())},
            "requests": requests,
            "answered_again": self.again,
        }
