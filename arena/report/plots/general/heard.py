"""Who has heard how much of whom."""

from __future__ import annotations

from dataclasses import dataclass

from arena.core.events import Said
from arena.report.plots.picture import Record


@dataclass(frozen=True)
class Heard:
    """`all[i][j]`: messages of seat i that reached seat j; `aside[i][j]`: those of them that not everyone heard.

    `sent[i]`: messages of seat i, each counted once however many heard it.
    """

    all: tuple[tuple[int, ...], ...]
    aside: tuple[tuple[int, ...], ...]
    sent: tuple[int, ...]


def heard(of: Record) -> Heard:
    """Who has heard how much of whom."""
    seats = range(len(of.game.everyone))
    each, aside = [[0 for _ in seats] for _ in seats], [[0 for _ in seats] for _ in seats]
    sent = [0 for _ in seats]
    for e in [a.e for line in of.lines for a in line.es if isinstance(a.e, Said)]:
        sent[e.seat] += 1
        apart = len({e.seat, *e.to}) < len(seats)
        for to in e.to:
            each[e.seat][to] += 1
            aside[e.seat][to] += apart
    return Heard(tuple(map(tuple, each)), tuple(map(tuple, aside)), tuple(sent))
