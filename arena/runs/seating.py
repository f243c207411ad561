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
from arena.agents.swapped import Swapped
from arena.core.draw import Draw
from arena.core.events import Body, Fault, Joined, Turned
from arena.core.game import Game
from arena.core.view import Agent, Ask
from arena.errors import UsageError
from arena.models.budget import Budget
from arena.models.clients import Clients
from arena.models.dialects import parse_raw
from arena.models.metered import Means, Metered, Seat
from arena.models.remote import remote_endpoint
from arena.moderators.perturbations import Saboteur
from arena.planning.endpoints import endpoint_of
from arena.prompting import Prompter
from arena.prompting.templates import Templates
from arena.runs.called import Called
from arena.transcripts.header import Header, Sitter

SABOTEUR = "saboteur"  # the policy of a family that works against its group
_LAST: dict[str, Templates] = {}  # by family, as they were read last


def seat_agents(header: Header, game: Game, clients: Clients, means: Means | None = None) -> tuple[Agent, ...]:
    """The agents of a match, one a seat. `means`: what their calls are paid from; without it, nothing is capped.

    Their dice derive one-way from the match's key and the repeat, so that forks and repeats share the environment.
    Raises NotFound and UsageError where a seat cannot be filled.
    """
    room = _Room(header, game, clients, means or Means(Budget()))
    agents = [room.seated(seat, sitter) for seat, sitter in enumerate(header.sitters)]
    for seat, newcomer in header.newcomers.items():
        agents[seat] = Swapped(Joined, agents[seat], room.seated(seat, newcomer, new=True))
    return tuple(agents)


class _Room:
    """Seats the agents of one match. Its models share a Prompter."""

    def __init__(self, header: Header, game: Game, clients: Clients, means: Means) -> None:
        self._header, self._game, self._clients, self._means = header, game, clients, means
        self._prompter: Prompter | None = None
        self._turned = {each.seat for each in header.meeting.perturb if isinstance(each, Saboteur)}

    def seated(self, seat: int, sitter: Sitter, new: bool = False) -> Agent:
        """The agent that a sitter is in a seat; `new`: it takes it over from another. A policy that is turned on its
        group gives way to the family's saboteur."""
        if sitter.kind == "model":
            return self._model(seat, sitter)
        agent = _agent(seat, sitter, self._header, self._game, self._clients, new)
        if sitter.kind != "scripted" or seat not in self._turned:
            return agent
        saboteur = Sitter(sitter.name, "scripted", {"scripted": SABOTEUR})
        return Swapped(Turned, agent, _agent(seat, saboteur, self._header, self._game, self._clients, new))

    def _model(self, seat: int, sitter: Sitter) -> ModelAgent:
        header, scenario = self._header, self._game.scenario
        if self._prompter is None:
            self._prompter = _prompter(header, self._game)
        model = _model(sitter, Seat(header.key, header.repeat, seat), self._clients, self._means)
        types = (scenario.move_types, scenario.fact_types)
        return ModelAgent(model, self._prompter, *types, header.id, self._clients.dialects)


def _prompter(header: Header, game: Game) -> Prompter:
    """What words a match: with the templates of the match before, where the header says that they are the same."""
    name = game.scenario.name
    kept = _LAST.get(name)
    if kept is not None and header.prompts and kept.hashes() == header.prompts:
        return Prompter(name, header.meeting, templates=kept)
    prompter = Prompter(name, header.meeting)
    _LAST[name] = prompter.templates
    return prompter


def _model(sitter: Sitter, seat: Seat, clients: Clients, means: Means) -> Metered:
    import openai  # noqa: F401 - loaded before the first question, so that it is nobody's waiting time

    client = clients.of(endpoint_of(sitter.settings, os.environ))
    return Metered(client, means, seat, sitter.price, bool(sitter.settings.get("cache")))


def _agent(seat: int, sitter: Sitter, header: Header, game: Game, clients: Clients, new: bool) -> Agent:
    scenario, settings = game.scenario, sitter.settings
    match sitter.kind:
        case "scripted":
            purpose = ("agents", header.repeat, "newcomer") if new else ("agents", header.repeat)
            dice = Draw(game.draw.at(*purpose).key)  # and no way from it back to the match's own
            return find(settings["scripted"], scenario.name, dice, parser(game))
        case "script":
            return FromFile(settings["replies"], parser(game))
        case "call":
            return Called(settings["call"], game)
        case "url":
            remote = clients.remote(remote_endpoint(settings))
            return RemoteAgent(remote, match_id(header, seat, new), parser(game))
        case "imported":
            who = f"{settings.get('speaker', sitter.name)!r} ({sitter.name})"
            raise UsageError(
                f"the record of {who} was imported, and nobody can say what they would have gone on to say; it can be "
                "replayed and scored, or forked with another agent in every seat"
            )
    raise UsageError(f"seat of {sitter.name!r}: this version knows no agents of kind {sitter.kind!r}; upgrade Arena")


def match_id(header: Header, seat: int, new: bool = False) -> str:
    """The id by which a remote agent knows a seat's match: 32 hex digits, the same after a resume. A newcomer to the
    seat knows it by another than who sat there before.

    Derived one-way from the match's key, so that it tells neither the seed nor what else a match's own id may tell.
    """
    draw = Draw(bytes.fromhex(header.key)).at("remote", header.id, header.repeat, seat)
    return (draw.at("newcomer") if new else draw).key.hex()[:32]


def parser(game: Game) -> Callable[[str, Ask, tuple[str, ...]], Body[Any, Any] | Fault]:
    """What reads raw text in this match."""
    return partial(parse_raw, move_types=game.scenario.move_types, fact_types=game.scenario.fact_types)
