"""How large the prompts of a match are, measured: its first rounds are played by seats that say nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from statistics import fmean

from msgspec import Struct

from arena.core.events import AnyAddressed, Body, PhaseOpened, Refused
from arena.core.game import Game
from arena.core.table import blank
from arena.core.view import Ask, Reply, View
from arena.match import play
from arena.models.dialects import request_pieces
from arena.moderators.meeting import Meeting
from arena.prompting.prompter import ChatMessage, Prompter

ROUNDS = 2  # are rehearsed


class Shape(Struct, frozen=True):
    """The prompts of one seat, in characters: the first, what each further ask adds by itself, and the schema that goes
    with every request in `tools` and `json_schema`; and how often it is asked in a round.
    """

    first: float
    growth: float
    schema: float
    asks: float


class Asked(Struct, frozen=True):
    """A question of a rehearsal: what a model would be sent; in which round, and whether after a refusal."""

    ask: Ask
    seats: tuple[str, ...]
    messages: tuple[ChatMessage, ...]
    round: int
    again: bool

    @property
    def characters(self) -> int:
        """How long the prompt is."""
        return sum([len(message.content) for message in self.messages])


class _Silent:
    """Takes down what it would be sent, and says nothing; the floor it asks for and hands on like anyone."""

    def __init__(self, prompter: Prompter, asked: list[Asked]) -> None:
        self._prompter, self._asked = prompter, asked

    async def reply(self, view: View, ask: Ask) -> Reply:
        opened = [event.round for event in view.events if isinstance(event, PhaseOpened)]
        again = len(view.events) > 0 and isinstance(view.events[-1], Refused)
        messages = tuple(self._prompter.messages(view, ask))
        self._asked.append(Asked(ask, view.seats, messages, opened[-1] if opened else 1, again))
        match ask.kind:
            case "bid":
                return Reply(body=Body(bid=1))
            case "call":
                return Reply(body=Body(call=next(iter(ask.callable), None)))
        return Reply(body=Body())


class _Nowhere:
    """A record that nobody reads."""

    def append(self, events: Sequence[AnyAddressed]) -> None:
        return

    def flush(self) -> None:
        return


def rehearse(game: Game, meeting: Meeting, enough: Callable[[Sequence[Asked]], bool]) -> list[Asked]:
    """Play a match among seats that say nothing until there is `enough`; every question, in order."""
    asked: list[Asked] = []
    agents = [_Silent(Prompter(game.scenario.name, meeting), asked) for _ in game.everyone]
    asyncio.run(play(blank(game), meeting, agents, _Nowhere(), lambda: enough(asked)))
    return asked


def shapes(game: Game, meeting: Meeting) -> tuple[Shape, ...]:
    """The shape of every seat's prompts, in seat order."""
    asked = rehearse(game, meeting, lambda found: bool(found) and found[-1].round > ROUNDS)
    rounds = min(max([one.round for one in asked], default=1), ROUNDS)
    return tuple([_shape([one for one in asked if one.ask.seat == seat], rounds) for seat in game.everyone])


def _shape(asked: Sequence[Asked], rounds: int) -> Shape:
    if not asked:
        return Shape(0, 0, 0, 0)
    first, last = asked[0], asked[-1]
    growth = (last.characters - first.characters) / max(len(asked) - 1, 1)
    asks = sum(not one.again and one.round <= rounds for one in asked) / rounds
    schema = json.dumps(request_pieces("json_schema", first.ask, first.seats))
    return Shape(first.characters, growth, len(schema), asks)


def mean(found: Sequence[tuple[Shape, ...]]) -> tuple[Shape, ...]:
    """Seat by seat, the mean over several instances."""
    fields = Shape.__struct_fields__
    return tuple(
        Shape(*[fmean([getattr(shape, field) for shape in seat]) for field in fields])
        for seat in zip(*found, strict=True)
    )
