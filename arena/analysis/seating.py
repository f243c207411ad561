"""Whether it matters where agents sit, in each scenario of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isfinite

from msgspec import Struct

from arena.results.measured import seating
from arena.results.observed import Observation
from arena.statistics.seats import Seated, SeatEffect, seat_effect

MEASURE = "payoff"


class Seats(Struct, frozen=True):
    """The effect of seats on the payoff in one scenario; `told_from_agents` where agents changed seats, so that it is
    the seats' and not the agents' own."""

    scenario: str
    effect: SeatEffect
    told_from_agents: bool


def seats_of(found: Sequence[Observation]) -> tuple[Seats, ...]:
    """The effects of seats, by scenario and number of seats; matches of one seat, and void ones, have none."""
    groups: dict[tuple[str, int], list[Observation]] = {}
    for each in found:
        if each.void is None and all(map(isfinite, each.per_seat.get(MEASURE, ()))) and MEASURE in each.per_seat:
            groups.setdefault((each.label, len(each.agents)), []).append(each)
    effects = ((label, of_it, seat_effect(map(_seated, of_it))) for (label, _), of_it in sorted(groups.items()))
    return tuple(Seats(label, effect, changed(of_it)) for label, of_it, effect in effects if effect is not None)


def _seated(each: Observation) -> Seated:
    return Seated(each.instance, seating(each), each.per_seat[MEASURE])


def changed(found: Sequence[Observation]) -> bool:
    """Whether every agent sat in every seat of each instance equally often, each team counted once."""
    sat: Counter[tuple[str, str, int]] = Counter()
    seats: dict[str, int] = {}
    for each in {(one.instance, one.agents): one for one in found}.values():
        seats[each.instance] = len(each.agents)
        sat.update((each.instance, agent, seat) for seat, agent in enumerate(each.agents))
    return all(len({sat[instance, agent, seat] for seat in range(seats[instance])}) == 1 for instance, agent, _ in sat)
