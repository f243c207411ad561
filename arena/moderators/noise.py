"""Noise: what becomes of words on their way. Whether they arrive depends on nothing that any seat keeps secret."""

from __future__ import annotations

from typing import Any

from arena.core.events import AnyEvent, Disclosed, Marked, Said, Sent
from arena.core.table import Table
from arena.moderators.perturbations import Noise, Perturbation


def underway(
    table: Table, seat: int, said: list[Said | Disclosed[Any]], perturb: tuple[Perturbation, ...]
) -> list[AnyEvent]:
    """The words and claims of a turn, in order, as they come through.

    The lot of each is drawn for its round, phase, seat, turn and place: not for what others were refused, or kept to
    themselves.
    """
    noise = next((each for each in perturb if isinstance(each, Noise)), None)
    if noise is None:
        return [*said]
    events: list[AnyEvent] = []
    where = (table.round, table.game.phases[table.phase], seat, table.desks[seat].spoken)
    for place, e in enumerate(said):
        lot = table.game.draw.of("noise", *where, place)
        if lot.random() >= noise.rate:
            events.append(e)
            continue
        late = lot.randint(1, noise.delay + 1)
        lost = late > noise.delay
        until = None if lost else table.round + late
        events += [Sent(e), Marked(seat, "lost" if lost else "delayed", e, until)]
    return events
