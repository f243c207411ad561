"""Seats that try what they may not: malformed replies, moves out of turn and out of range, words to nobody."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from arena.agents.garbage import KINDS
from arena.core.draw import Draw
from arena.core.events import Body, Claim, Message
from arena.core.game import Game
from arena.core.protocol import AnyScenario
from arena.core.view import Ask, Choice, Field, MoveSpec, Record, Reply, View, Whole
from arena.models.dialects import parse_raw
from arena.scripting.lots import any_value
from arena.testing.anyone import Anyone, converted
from arena.testing.contract import Tries
from arena.testing.playing import Answer

BEYOND: Final = 2  # how far out of a range a number is drawn


class Fuzzer:
    """Plays as anyone every other time; else sends what may well be refused, the family's own tries among it."""

    def __init__(self, scenario: AnyScenario, draw: Draw, tries: Tries | None) -> None:
        self._scenario, self._draw, self._tries = scenario, draw, tries
        self._anyone = Anyone(scenario, draw.at("legal"))

    def __call__(self, view: View, ask: Ask) -> Body[Any, Any] | Reply:
        rng = self._draw.of(view.seat, ask.nth)
        legal = self._anyone(view, ask)
        match rng.randrange(8):
            case 0:
                return malformed(self._scenario, view, ask, rng)
            case 1:
                return _misaddressed(self._scenario, view, ask, rng, legal)
            case 2:
                move = (self._tries and self._tries(view, ask, rng)) or wild_move(self._scenario, ask, rng)
                return Body(move=move, call=legal.call, bid=legal.bid)
            case 3 | 4:
                return Body(move=wild_move(self._scenario, ask, rng), call=legal.call, bid=legal.bid)
        return legal


def malformed(scenario: AnyScenario, view: View, ask: Ask, rng: Random) -> Reply:
    """A text that is no good answer, as the moderator of this family reads it."""
    raw = KINDS[rng.choice(sorted(KINDS))](view)
    read = parse_raw(raw, ask, view.seats, scenario.move_types, scenario.fact_types)
    return Reply(raw, body=read) if isinstance(read, Body) else Reply(raw, fault=read)


def garbling(scenario: AnyScenario, draw: Draw) -> Answer:
    """Never answers legally: what little of its garbage can be understood is thrown away."""

    def answer(view: View, ask: Ask) -> Reply | str:
        reply = malformed(scenario, view, ask, draw.of(view.seat, ask.nth))
        return reply if reply.body is None else "I had something to say, and forgot it."

    return answer


def wild_move(scenario: AnyScenario, ask: Ask, rng: Random) -> Any:
    """A move of some kind that the game knows, legal now or not, its values in range or just out of it."""
    if not ask.forms:
        return None
    spec = rng.choice(ask.forms)
    return converted({"kind": spec.kind, **{f.name: _wild(f, rng) for f in spec.fields}}, scenario.move_types)


def _wild(field: Field, rng: Random) -> object:
    match field:
        case Choice(options=options) if options and rng.random() < 0.7:
            return rng.choice(options)
        case Choice(options=options):
            return "nothing of the kind" if options and isinstance(options[0], str) else rng.randint(0, 9)
        case Whole(low=low, high=high):
            near = rng.choice([low, high])
            return rng.choice([rng.randint(low, high), rng.randint(near - BEYOND, near + BEYOND)])
        case Record(fields=fields):
            return tuple(_wild(each, rng) if rng.random() < 0.2 else any_value(each, rng) for each in fields)


def _misaddressed(scenario: AnyScenario, view: View, ask: Ask, rng: Random, legal: Body[Any, Any]) -> Body[Any, Any]:
    """Words to itself, to nobody, to a stranger, or without any words; perhaps a claim that cannot be made."""
    to = rng.choice([(view.seat,), (), (len(view.seats),), tuple(s for s in range(len(view.seats)) if s != view.seat)])
    specs: list[MoveSpec] = [spec for spec in ask.claims if spec.fields]
    claim = None
    if specs:
        spec = rng.choice(specs)
        wire = {"kind": spec.kind, **{f.name: _wild(f, rng) for f in spec.fields}}
        claim = converted(wire, scenario.fact_types)
    text = rng.choice([" ", "word " * 200])
    return Body(
        (Message(to, text),), () if claim is None else (Claim(to, claim),), legal.move, call=legal.call, bid=legal.bid
    )


def fuzzers(game: Game, draw: Draw, tries: Tries | None) -> list[Answer]:
    """A fuzzer for every seat."""
    return [Fuzzer(game.scenario, draw, tries) for _ in game.everyone]
