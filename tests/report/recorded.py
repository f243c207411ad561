"""Transcripts for tests to read: a match among scripted agents, recorded as any other, without a clock."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from arena.agents.find import find as find_agent
from arena.core.draw import Draw
from arena.core.game import Game
from arena.core.table import Table
from arena.models.dialects import parse_raw
from arena.moderators.meeting import Meeting
from arena.planning.instances import certificate
from arena.scenarios.find import find
from arena.scoring.scorecard import Scorecard, scorecard
from arena.transcripts.header import SCHEMA, Header, Sitter
from arena.transcripts.log import Log
from tests.playing import Memory, run

AGENTS = ("planner", "conceder", "boulware")


def header(agents: tuple[str, ...] = AGENTS, seed: int = 7, **params: object) -> tuple[Header, Game]:
    """The header of a bargain, and the game it deals."""
    scenario = find("bargain")
    plain = {"seats": len(agents), "rounds": 4, **params}
    draw = Draw.root(seed, "open")
    task = scenario.deal(msgspec.convert(plain, scenario.params_type), draw.at("deal"))
    game = Game(scenario, task, draw, tuple(range(len(agents))))
    sitters = tuple(Sitter(name, "scripted", {"scripted": name}) for name in agents)
    raw = msgspec.Raw(msgspec.json.encode(task))
    made = Header(
        SCHEMA,
        "a-match",
        "bargain",
        plain,
        seed,
        draw.key.hex(),
        raw,
        certificate(game),
        Meeting(),
        sitters,
        versions={"arena": version("coordination-arena")},
    )
    return made, game


def played(agents: tuple[str, ...] = AGENTS, seed: int = 7, **params: object) -> tuple[Header, Table, Memory]:
    """A match from its first line to its last."""
    made, game = header(agents, seed, **params)

    def parser(raw: str, ask: object, names: tuple[str, ...]) -> object:
        return parse_raw(raw, ask, names, move_types=game.scenario.move_types, fact_types=game.scenario.fact_types)  # type: ignore[arg-type]

    seated = [find_agent(name, "bargain", game.draw.at("agents", 0), parser) for name in agents]  # type: ignore[arg-type]
    table, memory = run(game, made.meeting, seated)
    return made, table, memory


def record(path: Path, agents: tuple[str, ...] = AGENTS, lines: int | None = None, **params: object) -> Path:
    """A match written to `path`, its lines 100 ms apart; the first `lines` of them, where that is given."""
    made, _, memory = played(agents, **params)  # type: ignore[arg-type]
    ticks = iter(range(0, 1_000_000, 100))
    log = Log.create(path, made, lambda: next(ticks))
    for line in memory.lines[:lines]:
        log.append(line)
    log.close()
    return path


@cache
def graded(agents: tuple[str, ...] = AGENTS, **params: object) -> Scorecard:
    """The scorecard of a match."""
    made, table, memory = played(agents, **params)  # type: ignore[arg-type]
    return scorecard(made.id, tuple(s.name for s in made.sitters), made.reference, table, memory.lines)
