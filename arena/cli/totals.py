"""What several matches come to, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum, isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arena.scoring.scorecard import Scorecard

MEANS = {
    "mean welfare ratio": ("agreement", "welfare_ratio"),
    "mean coordination gain": ("headline", "coordination_gain"),
}


def totals(cards: Sequence[Scorecard]) -> list[str]:
    """How many matches ended how, and two means over those that are not void and where the measure is defined."""
    from arena.report.status import STATUS

    ended = Counter(card.status for card in cards)
    how = ", ".join(f"{n} {STATUS.get(status, status)}" for status, n in sorted(ended.items()))
    lines = [f"matches: {len(cards)} ({how})"]
    for name, (part, measure) in MEANS.items():
        found = [getattr(card, part).get(measure) for card in cards if card.void is None]
        values = [float(value) for value in found if value is not None and isfinite(value)]
        if values:
            lines.append(f"{name}: {fsum(values) / len(values):.2f} (n = {len(values)})")
    return lines
