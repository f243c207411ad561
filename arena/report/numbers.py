"""Numbers as people read them."""

from __future__ import annotations

import math

NONE = "–"


def number(value: float, digits: int = 2) -> str:
    """A number without needless digits: 12, 0.5, 6,031,872; `–` where it is not a number."""
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    rounded = round(value, digits) + 0.0  # no minus zero
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.{digits}f}".rstrip("0")


def signed(value: float) -> str:
    """A number with its sign: +8, -3."""
    return number(value) if value < 0 or math.isnan(value) else f"+{number(value)}"


def count(n: int, one: str, many: str | None = None) -> str:
    """So many of something: 1 round, 3 rounds."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
