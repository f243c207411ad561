"""Playing scripted teams of any family in tests, and the games that seeds deal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from arena.agents.scripted import Scripted
from arena.core.draw import Draw
from arena.core.events import AnyAddressed
from arena.core.game import Game
from arena.core.protocol import AnyScenario
from arena.core.table import Table
from arena.core.task import Reference
from arena.moderators.meeting import Meeting
from arena.planning.instances import certificate
from arena.scenarios.find import find
from arena.scoring.scorecard import Scorecard, scorecard
from arena.scripting import policies
from tests.playing import run


@cache
def deal(family: str, seed: int, **params: Any) -> Game:
    """The game that a seed deals."""
    scenario: AnyScenario = find(family)
    draw = Draw.root(seed, "test")
    task = scenario.deal(scenario.params_type(**params), draw.at("deal"))
    return Game(scenario, task, draw, tuple(range(len(task.seats))))


@cache
def reference(game: Game) -> Reference:
    """The certificate of a game."""
    return certificate(game)


def team(family: str, names: Sequence[str], dice: int = 0) -> list[Scripted]:
    """A family's scripted agents by name, one a seat."""
    package = f"arena.scenarios.{family}.policies"
    return [Scripted(policies.find(package, name), Draw.root(dice, "team")) for name in names]


def play(game: Game, names: Sequence[str] | str, meeting: Meeting | None = None) -> tuple[Table, list[Any]]:
    """The end of a match among scripted seats, and its lines; one name stands for a whole team."""
    names = [names] * len(game.everyone) if isinstance(names, str) else names
    table, memory = run(game, meeting or Meeting(), team(game.scenario.name, names))
    assert table.halted is None, table.halted
    assert table.valued is not None
    return table, memory.lines


def value(game: Game, names: Sequence[str] | str, meeting: Meeting | None = None) -> float:
    """V of a match among scripted seats."""
    table, _ = play(game, names, meeting)
    assert table.valued is not None
    return table.valued.value


def card(game: Game, table: Table, lines: Sequence[Sequence[AnyAddressed]]) -> Scorecard:
    """The scorecard of a match."""
    return scorecard("match", ("agent",) * len(game.everyone), reference(game), table, lines)


def gain(family: str, seeds: Sequence[int], names: Sequence[str] | str, **params: Any) -> float:
    """The coordination gain of a team over the games that seeds deal: the ratio of sums, as it is aggregated."""
    games = [deal(family, seed, **params) for seed in seeds]
    floors = [reference(game).floors[reference(game).headline].value for game in games]
    reached = sum(value(game, names) - floor for game, floor in zip(games, floors, strict=True))
    return reached / sum(reference(game).best - floor for game, floor in zip(games, floors, strict=True))
