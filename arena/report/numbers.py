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


def money(usd: float | None) -> str:
    """An amount as people read it: $12.50, $0.0420; `unknown` where it is not known, which is never $0.00."""
    if usd is None:
        return "unknown"
    if math.isnan(usd):
        return NONE
    if usd == 0 or abs(usd) >= 0.1:
        return f"${usd:,.2f}"
    return f"${usd:.4f}" if abs(usd) >= 0.001 else f"${usd:.2g}"


def rough_money(usd: float | None) -> str:
    """An amount of which two digits are meant: $0.022, $0.30, $12; `unknown` where it is not known."""
    if not usd:
        return money(usd)
    meant = float(f"{usd:.2g}")
    return f"${meant:g}" if meant < 0.1 else f"${meant:,.2f}" if meant < 10 else f"${meant:,.0f}"


def rough(n: float) -> str:
    """A number of which two digits are meant: 340, 12,000, 3.4 million."""
    if n >= 999_500:
        return f"{float(f'{n:.2g}') / 1e6:,g} million"
    return f"{float(f'{n:.2g}'):,.0f}"


def size(bytes_: int) -> str:
    """A size: 340 B, 12 KB, 3.4 MB."""
    for unit, one in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if bytes_ >= one:
            return f"{bytes_ / one:.2g} {unit}" if bytes_ < 10 * one else f"{bytes_ / one:,.0f} {unit}"
    return f"{bytes_} B"


def age(seconds: float) -> str:
    """How long ago: 12 s, 5 min, 3 h, 40 d."""
    for unit, one in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * one:
            return f"{seconds / one:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
