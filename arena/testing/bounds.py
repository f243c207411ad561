"""The certificate as a promise: nobody does better than hindsight, and no floor stands above the optimum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from arena.core.events import address
from arena.core.game import Game
from arena.core.table import blank, evolve
from arena.core.task import Reference
from arena.core.view import World
from arena.moderators.agenda import opening
from arena.moderators.meeting import Meeting
from arena.planning.instances import certificate
from arena.testing.contract import Case
from arena.testing.cutting import tolerance
from arena.testing.findings import Failure
from arena.testing.trial import Trial

ERRORS = 4.0  # standard errors that a simulated floor may lie off


def floors(trial: Trial) -> Iterator[Failure]:
    """V* is at most V_hind, and every floor at most V* (V_hind where V* is no ceiling); a headline there is."""
    for case in trial.contract.cases:
        for seed in range(trial.size.instances):
            trial.looked["certificates"] += 1
            yield from _ordered(certificate(trial.game(case.params, seed)), case, f"{case}; seed {seed}")


def _ordered(found: Reference, case: Case, where: str) -> Iterator[Failure]:
    check = "floors, V* and V_hind stand in order"
    values = [found.best, found.hind, *(value for e in found.floors.values() for value in (e.value, e.error))]
    if not all(isinstance(value, float) for value in values):
        yield Failure(check, where, f"expected floats, as JSON gives them back: {found}")
    if found.best > found.hind + tolerance(found.hind):
        yield Failure(check, where, f"V* {found.best} is above V_hind {found.hind}")
    if found.headline not in found.floors:
        yield Failure(check, where, f"the headline {found.headline!r} is none of {sorted(found.floors)}")
    top = found.best if case.ceiling else found.hind
    for name, floor in found.floors.items():
        if isfinite(floor.value) and floor.value > top + ERRORS * floor.error + tolerance(top):
            yield Failure(check, where, f"the floor {name} is {floor.value}, above {top}")


def teams(trial: Trial) -> Iterator[Failure]:
    """No scripted team has more than V_hind; and none more than V*, where that is a ceiling and exact."""
    names = sorted(trial.policies)
    for case in trial.contract.cases:
        for seed in range(trial.size.instances if names else 0):
            game = trial.game(case.params, seed)
            found = trial.scenario.solve(_opened(game))
            top = min(found.best, found.hind) if case.ceiling else found.hind
            for team in _teams(names, len(game.everyone), seed):
                value = _reached(trial, game, team)
                trial.looked["teams"] += 1
                if value > top + tolerance(top):
                    why = f"V {value}, above {'V*' if case.ceiling else 'V_hind'} {top}"
                    yield Failure("no team beats the optimum", f"{case}; seed {seed}; {', '.join(team)}", why)


def _teams(names: Sequence[str], seats: int, seed: int) -> Iterator[list[str]]:
    """Every policy in every seat, and a mixed company that differs from seed to seed."""
    for name in names:
        yield [name] * seats
    yield [names[(seed * 3 + seat) % len(names)] for seat in range(seats)]


def _reached(trial: Trial, game: Game, team: Sequence[str]) -> float:
    end, _ = trial.play(game, Meeting(), trial.team(team, game.draw.at("team")))
    assert end.valued is not None, "a match that was played to its end is valued"
    return end.valued.value


def _opened(game: Game) -> World[Any]:
    """The game before anyone has spoken."""
    return evolve(blank(game), address(opening(blank(game)).events, game.everyone)).world
