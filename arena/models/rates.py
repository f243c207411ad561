"""So many a minute: requests or tokens, spread evenly over it."""

from __future__ import annotations

AT_ONCE = 1.0  # seconds' worth that may go in one instant


class Rate:
    """An allowance that fills by `per_minute` / 60 a second, up to one second's worth and at least one.

    Over any minute no more than a second's worth above `per_minute` goes out. What is larger than the allowance may
    hold goes when it is full, and is then waited for. Times are seconds of any one clock.
    """

    def __init__(self, per_minute: float) -> None:
        self.per_minute = per_minute
        self._a_second = per_minute / 60
        self._full = max(self._a_second * AT_ONCE, 1.0)
        self._level = self._full
        self._at: float | None = None

    def wait(self, amount: float, now: float) -> float:
        """Seconds until so much may go; 0 where it may go now."""
        self._fill(now)
        missing = min(amount, self._full) - self._level
        # A hair's breadth of what is missing is rounding, not waiting.
        return missing / self._a_second if missing > 1e-9 * self._full else 0.0

    def take(self, amount: float, now: float) -> None:
        """So much goes, or turned out to be gone (or, below 0, not to be gone)."""
        self._fill(now)
        self._level = min(self._level - amount, self._full)

    def _fill(self, now: float) -> None:
        if self._at is not None and now > self._at:
            self._level = min(self._level + (now - self._at) * self._a_second, self._full)
        self._at = now
