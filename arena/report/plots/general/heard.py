"""Who has heard how much of whom."""

from __future__ import annotations

from dataclasses import dataclass

from arena.core.events import Delivered, Said, Sent, shown
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
    for event in [a.e for line in of.lines for a in line.es]:
        e = shown(event)
        if not isinstance(e, Said):
            continue
        sent[e.seat] += not isinstance(event, Delivered)  # it was counted when it was sent
        if isinstance(event, Sent):
            continue
        apart = len({e.seat, *e.to}) < len(seats)
        for to in e.to:
            each[e.seat][to] += 1
            aside[e.seat][to] += apart
    return Heard(tuple(map(tuple, each)), tuple(map(tuple, aside)), tuple(sent))
