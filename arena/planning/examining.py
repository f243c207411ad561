"""The endpoints of a configuration, and what each is asked to find out how it is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from arena.configs.resolve import Resolved
from arena.core.game import Game
from arena.core.price import Price, usd
from arena.core.usage import Usage
from arena.models.doctor import CALLS, Question, examine
from arena.models.endpoint import Dialect, Endpoint
from arena.models.finding import Diagnosis
from arena.models.prices import price_of
from arena.moderators.meeting import Meeting
from arena.planning.endpoints import endpoint_of
from arena.planning.instances import deal
from arena.planning.rehearsal import rehearse

TOKENS = 1 / 3.5  # a character, about
REPLY = 300  # tokens, about


class Examined(Struct, frozen=True):
    """An endpoint to be examined: the agents that it plays, as one of them declares it, and the dialects that they
    declare; its price; the question.
    """

    agents: tuple[str, ...]
    endpoint: Endpoint
    dialects: tuple[Dialect, ...]
    price: Price | None
    question: Question

    @property
    def calls(self) -> int:
        """How many calls it takes at most."""
        return CALLS

    @property
    def tokens(self) -> int:
        """About how many tokens."""
        return int(CALLS * (self.question.characters * TOKENS + REPLY))

    @property
    def usd(self) -> float | None:
        """About how much money; None where the price is not known."""
        prompt = self.question.characters * TOKENS
        return None if self.price is None else CALLS * self.price.of(prompt, 0, REPLY)


def endpoints(resolved: Resolved, environ: Mapping[str, str] = os.environ) -> list[Examined]:
    """The endpoints of a configuration's models; agents that differ in nothing but the dialect share one.

    Raises UsageError as dealing the first scenario does.
    """
    models = {name: agent for name, agent in resolved.config.agents.items() if agent.model is not None}
    if not models:
        return []
    entry = resolved.entries[0]
    question = first_question(deal(entry, resolved.config.seed, resolved.config.salt), entry.meeting)
    found: dict[bytes, Examined] = {}
    for name, agent in models.items():
        settings = agent.model_dump(exclude_none=True)
        endpoint = endpoint_of(settings, environ)
        alike = replace(endpoint, dialect="text", max_retries=0, rpm=None, tpm=None)
        key = msgspec.json.encode(alike, order="sorted")
        before = found.get(key)
        agents, dialects = ((), ()) if before is None else (before.agents, before.dialects)
        if endpoint.dialect != "auto" and endpoint.dialect not in dialects:
            dialects = (*dialects, endpoint.dialect)
        found[key] = Examined((*agents, name), endpoint, dialects, price_of(endpoint, settings), question)
    return list(found.values())


def examine_all(examined: Sequence[Examined], environ: Mapping[str, str] = os.environ) -> list[Diagnosis]:
    """Examine each of them, one after another."""

    async def main() -> list[Diagnosis]:
        return [await examine(each.endpoint, each.dialects, each.question, environ) for each in examined]

    return asyncio.run(main())


def spent(examined: Examined, diagnosis: Diagnosis) -> tuple[Usage, float | None]:
    """What the calls of an examination cost: all tokens, and the money, None where that is not known."""
    total, money = Usage(attempts=0), 0.0
    unknown = False
    for usage in diagnosis.usages:
        total = replace(
            total,
            prompt=total.prompt + usage.prompt,
            cached=total.cached + usage.cached,
            output=total.output + usage.output,
            attempts=total.attempts + usage.attempts,
        )
        paid = usd(usage, examined.price)
        unknown, money = unknown or paid is None, money + (paid or 0.0)
    return total, None if unknown else money


def first_question(game: Game, meeting: Meeting) -> Question:
    """The first thing that a seat of this game is asked to say."""
    asked = rehearse(game, meeting, lambda found: any(one.ask.kind != "bid" for one in found))
    first = next((one for one in asked if one.ask.kind != "bid"), asked[0])
    return Question(first.messages, first.ask, first.seats, game.scenario.move_types, game.scenario.fact_types)
