"""Words that stand in one secret and nowhere else, so that a leak can be seen."""

from __future__ import annotations

from arena.core.draw import Draw

STONES = ("AGATE", "BERYL", "BASALT", "COBALT", "FLINT", "GARNET", "JASPER", "MARBLE", "ONYX", "OPAL", "PYRITE",
          "QUARTZ", "SLATE", "SPINEL", "TOPAZ", "ZIRCON")  # fmt: skip


def canary(draw: Draw, secret: str, seat: int) -> str:
    """The mark of a seat's secret of a kind, such as `QUARTZ-7F3A21`; two of a match agree about once in 10^8."""
    number = draw.number("canary", secret, seat)
    return f"{STONES[number % len(STONES)]}-{number // len(STONES) % 16**6:06X}"
