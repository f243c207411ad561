"""What befalls a meeting as a round begins. It is part of the ruling that begins the round: it has happened, or not."""

from __future__ import annotations

from typing import assert_never

from arena.core.events import (
    AnyEvent,
    Certified,
    Delivered,
    Dropped,
    Forgot,
    Joined,
    PhaseOpened,
    Seated,
    Turned,
    address,
)
from arena.core.protocol import Shocked
from arena.core.table import Table, evolve
from arena.moderators.perturbations import (
    Amnesia,
    Dropout,
    Newcomer,
    Noise,
    Perturbation,
    Saboteur,
    Shock,
    Strike,
    named,
)
from arena.moderators.playout import certify


def struck(table: Table, events: tuple[AnyEvent, ...], perturb: tuple[Perturbation, ...]) -> tuple[AnyEvent, ...]:
    """A ruling, and behind it, where a round begins with it, what befalls that round.

    First what arrives late, then the perturbations in the order that they are declared in, and last V* and the floors,
    solved again where these have left the game.
    """
    if not perturb or not _begins_a_round(table, events):
        return events
    after = evolve(table, address(events, table.game.everyone))
    due = [m for m in after.late if m.until is not None and m.until <= after.round]
    found: list[AnyEvent] = [Delivered(m.e) for m in due if m.e is not None]
    after = evolve(after, address(tuple(found), table.game.everyone))
    names = []
    for each in perturb:
        if isinstance(each, Noise) or each.round != after.round:
            continue
        does = _strike(after, each)
        if does:
            names.append(named(each))
            found += does
            after = evolve(after, address(does, table.game.everyone))
    return (*events, *found, *([Certified(tuple(names), certify(after))] if names else []))


def _begins_a_round(table: Table, events: tuple[AnyEvent, ...]) -> bool:
    last = events[-1] if events else None
    return isinstance(last, PhaseOpened) and last.name == table.game.phases[0]


def _strike(table: Table, each: Strike) -> tuple[AnyEvent, ...]:
    match each:
        case Shock():
            scenario = table.game.scenario
            assert isinstance(scenario, Shocked), "a meeting with a shock is fit only for a game that has one"
            return scenario.shock(table.world, table.game.draw.at("shock", table.round))
        case Dropout(seat=seat):
            return (Dropped(seat),)
        case Newcomer(seat=seat, agent=agent):
            desk = table.desks[seat]
            return Seated(seat, agent), Joined(seat, desk.messages, desk.characters)
        case Saboteur(seat=seat):
            return (Turned(seat),)
        case Amnesia(seat=seat):
            desk = table.desks[seat]
            return (Forgot(seat, desk.nth, desk.messages, desk.characters),)
    assert_never(each)
