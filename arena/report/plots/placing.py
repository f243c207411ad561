"""Where the words of a picture go, so that none covers another, nor a mark."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arena.report.plots.fitting import width

REACH: Final = (4.0, 13.0, 24.0, 40.0, 60.0)  # pixels between a mark and its words
AROUND: Final = tuple(k * math.pi / 4 for k in (0, 7, 1, 6, 2, 4, 5, 3))  # to the right first, clockwise seen
AIR: Final = 2.0


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture, in pixels from its top left."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Label:
    """Words that belong to a mark of so many pixels' radius."""

    text: str
    x: float
    y: float
    radius: float = 5.0


@dataclass(frozen=True)
class Place:
    """The middle of a label's words; `far`: so far from its mark that a line has to lead there."""

    x: float
    y: float
    far: bool


def around(x: float, y: float, radius: float) -> Box:
    """The box of a mark."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def placed(
    labels: Sequence[Label], size: float, taken: Sequence[Box], soft: Sequence[tuple[float, float]], bounds: Box
) -> list[Place | None]:
    """A place for each label, the first labels first; None where there is no room.

    Words cover no box of `taken`, no other words and nothing outside of `bounds`, and as few of the `soft` points (on
    lines, say) as can be, nearer to their own mark rather than farther.
    """
    taken = list(taken)
    places: list[Place | None] = []
    for label in labels:
        best: tuple[float, Place, Box] | None = None
        for cost, place, box in _candidates(label, size):
            if not box.within(bounds) or any(box.meets(other) for other in taken):
                continue
            cost += sum([box.left < x < box.right and box.top < y < box.bottom for x, y in soft])
            if best is None or cost < best[0]:
                best = (cost, place, box)
        places.append(None if best is None else best[1])
        if best is not None:
            taken.append(best[2])
    return places


def box_at(text: str, size: float, x: float, y: float) -> Box:
    """The box of words whose middle is there."""
    half_w, half_h = width(text, size) / 2 + AIR, size / 2 + AIR / 2
    return Box(x - half_w, y - half_h, x + half_w, y + half_h)


def _candidates(label: Label, size: float) -> Iterator[tuple[float, Place, Box]]:
    half_w, half_h = width(label.text, size) / 2 + AIR, size / 2 + AIR / 2
    for ring, reach in enumerate(REACH):
        for turn, angle in enumerate(AROUND):
            # On an ellipse around the mark, so that the words' edge keeps the distance and not their middle.
            dx, dy = math.cos(angle), math.sin(angle)
            x = label.x + dx * (label.radius + reach) + _sign(dx) * half_w
            y = label.y + dy * (label.radius + reach) + _sign(dy) * half_h
            yield 3.0 * ring + 0.1 * turn, Place(x, y, ring > 0), box_at(label.text, size, x, y)


def _sign(value: float) -> int:
    return 0 if abs(value) < 1e-9 else 1 if value > 0 else -1


def spread(tops: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places in a row (ascending), each as near to where it would be as can be while so far from the next.

    They stay between `low` and `high` as long as there is room for all of them.
    """
    # Places that would meet are moved as one block around their middle (isotonic regression, pool adjacent violators).
    blocks: list[tuple[float, int]] = []
    for i, top in enumerate(tops):
        mean, n = top - i * apart, 1
        while blocks and blocks[-1][0] > mean:
            before, m = blocks.pop()
            mean, n = (before * m + mean * n) / (m + n), m + n
        blocks.append((mean, n))
    last = high - (len(tops) - 1) * apart
    starts = [min(max(mean, low), max(last, low)) for mean, n in blocks for _ in range(n)]
    return [start + i * apart for i, start in enumerate(starts)]
