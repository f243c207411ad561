"""From who is to sit in a seat to the agent that sits there."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from arena.agents.find import find
from arena.agents.from_file import FromFile
from arena.agents.model import ModelAgent
from arena.agents.remote import RemoteAgent
from arena.core.draw import Draw
from arena.core.events import Body, Fault
from arena.core.game import Game
from arena.core.view import Agent, Ask
from arena.errors import UsageError
from arena.models.budget import Budget
from arena.models.clients import Clients
from arena.models.dialects import parse_raw
from arena.models.metered import Means, Metered, Seat
from arena.models.remote import remote_endpoint
from arena.prompting import Prompter
from arena.runs.called import Called
from arena.runs.endpoints import endpoint_of
from arena.transcripts.header import Header, Sitter


def seat_agents(header: Header, game: Game, clients: Clients, means: Means | None = None) -> tuple[Agent, ...]:
    """The agents of a match, one a seat. `means`: what their calls are paid from; without it, nothing is capped.

    Their dice derive one-way from the match's key and the repeat, so that forks and repeats share the environment.
    Raises NotFound and UsageError where a seat cannot be filled.
    """
    prompter: Prompter | None = None
    agents = list[Agent]()
    for seat, sitter in enumerate(header.sitters):
        if sitter.kind != "model":
            agents.append(_agent(seat, sitter, header, game, clients))
            continue
        if prompter is None:
            prompter = Prompter(game.scenario.name, header.meeting)
        model = _model(sitter, Seat(header.key, header.repeat, seat), clients, means or Means(Budget()))
        types = (game.scenario.move_types, game.scenario.fact_types)
        agents.append(ModelAgent(model, prompter, *types, header.id, clients.dialects))
    return tuple(agents)


def _model(sitter: Sitter, seat: Seat, clients: Clients, means: Means) -> Metered:
    import openai  # noqa: F401 - loaded before the first question, so that it is nobody's waiting time

    client = clients.of(endpoint_of(sitter.settings, os.environ))
    return Metered(client, means, seat, sitter.price, bool(sitter.settings.get("cache")))


def _agent(seat: int, sitter: Sitter, header: Header, game: Game, clients: Clients) -> Agent:
    scenario, settings = game.scenario, sitter.settings
    match sitter.kind:
        case "scripted":
            dice = Draw(game.draw.at("agents", header.repeat).key)  # and no way from it back to the match's own
            return find(settings["scripted"], scenario.name, dice, parser(game))
        case "script":
            return FromFile(settings["replies"], parser(game))
        case "call":
            return Called(settings["call"], game)
        case "url":
            remote = clients.remote(remote_endpoint(settings))
            return RemoteAgent(remote, match_id(header, seat), parser(game))
        case "imported":
            who = f"{settings.get('speaker', sitter.name)!r} ({sitter.name})"
            raise UsageError(
                f"the record of {who} was imported, and nobody can say what they would have gone on to say; it can be "
                "replayed and scored, or forked with another agent in every seat"
            )
    raise UsageError(f"seat of {sitter.name!r}: this version knows no agents of kind {sitter.kind!r}; upgrade Arena")


def match_id(header: Header, seat: int) -> str:
    """The id by which a remote agent knows a seat's match: 32 hex digits, the same after a resume.

    Derived one-way from the match's key, so that it tells neither the seed nor what else a match's own id may tell.
    """
    return Draw(bytes.fromhex(header.key)).at("remote", header.id, header.repeat, seat).key.hex()[:32]


def parser(game: Game) -> Callable[[str, Ask, tuple[str, ...]], Body[Any, Any] | Fault]:
    """What reads raw text in this match."""
    return partial(parse_raw, move_types=game.scenario.move_types, fact_types=game.scenario.fact_types)
