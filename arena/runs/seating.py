"""From who is to sit in a seat to the agent that sits there."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import msgspec

from arena.agents.find import find
from arena.agents.from_file import FromFile
from arena.agents.model import ModelAgent
from arena.core.draw import Draw
from arena.core.events import Body, Fault, Replied
from arena.core.game import Game
from arena.core.view import Agent, Ask, Reply, View
from arena.errors import Halt, NotFound, UsageError
from arena.models.client import Clients
from arena.models.dialects import parse_raw
from arena.prompting import Prompter
from arena.runs.endpoints import endpoint_of
from arena.transcripts.codec import UNREADABLE, encode
from arena.transcripts.header import Header, Sitter

Callable_ = Callable[[View, Ask], Awaitable[Reply]]


class Called:
    """An agent that is an async callable of the user's own.

    What it answers is taken as it would be read from a transcript, so that a match goes on from its record as it went
    before. Raises Halt where that cannot be: wrong types, half a surrogate pair, no Reply at all.
    """

    def __init__(self, function: Callable_, game: Game) -> None:
        self._function = function
        kind = Replied[game.scenario.move_types, game.scenario.fact_types]  # type: ignore[name-defined]
        self._decoder: msgspec.json.Decoder[Replied[Any, Any]] = msgspec.json.Decoder(kind)

    async def reply(self, view: View, ask: Ask) -> Reply:
        r = await self._function(view, ask)
        try:
            told = Replied(ask.seat, r.raw, r.body, r.fault, r.reasoning, r.prompt, r.usage)
            read = self._decoder.decode(encode(told))
        except (AttributeError, TypeError, *UNREADABLE) as error:
            who = f"the agent of {view.seats[view.seat]} (seat {view.seat})"
            raise Halt(f"{who} answered with what is no Reply: {error}; mend it and resume") from error
        return Reply(read.raw, read.body, read.fault, read.reasoning, read.prompt, read.usage)


def seat_agents(header: Header, game: Game, clients: Clients) -> tuple[Agent, ...]:
    """The agents of a match, one a seat.

    Their dice derive one-way from the match's key and the repeat, so that forks and repeats share the environment.
    Raises NotFound and UsageError where a seat cannot be filled.
    """
    prompter: Prompter | None = None
    agents = list[Agent]()
    for sitter in header.sitters:
        if sitter.kind == "model" and prompter is None:
            prompter = Prompter(game.scenario.name, header.meeting)
        agents.append(_agent(sitter, header, game, clients, prompter))
    return tuple(agents)


def _agent(sitter: Sitter, header: Header, game: Game, clients: Clients, prompter: Prompter | None) -> Agent:
    scenario, settings = game.scenario, sitter.settings
    match sitter.kind:
        case "model":
            assert prompter is not None, "a model's seat has a prompter"
            client = clients.of(endpoint_of(settings, os.environ))
            return ModelAgent(client, prompter, scenario.move_types, scenario.fact_types)
        case "scripted":
            dice = Draw(game.draw.at("agents", header.repeat).key)  # and no way from it back to the match's own
            return find(settings["scripted"], scenario.name, dice, parser(game))
        case "script":
            return FromFile(settings["replies"], parser(game))
        case "call":
            return Called(_callable(settings["call"]), game)
    raise UsageError(f"seat of {sitter.name!r}: this version knows no agents of kind {sitter.kind!r}; upgrade Arena")


def parser(game: Game) -> Callable[[str, Ask, tuple[str, ...]], Body[Any, Any] | Fault]:
    """What reads raw text in this match."""
    return partial(parse_raw, move_types=game.scenario.move_types, fact_types=game.scenario.fact_types)


def _callable(place: str) -> Callable_:
    path, _, name = place.rpartition(":")
    spec = spec_from_file_location("arena_user_agent", path) if Path(path).is_file() else None
    if spec is None or spec.loader is None:
        raise NotFound("file with an agent", path or place)
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever the user's own code raises
        raise UsageError(f"{path} does not load: {type(error).__name__}: {error}; mend the file") from error
    function = getattr(module, name, None)
    if not callable(function):
        raise NotFound(f"agent in {path}", name, [n for n in vars(module) if not n.startswith("_")])
    found: Callable_ = function
    return found
