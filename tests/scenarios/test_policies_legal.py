"""Whatever the bargain, the meeting and the company, an answer is legal, and the same when it is asked again."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import Body, Claim, Message, Seats
from arena.core.game import Game
from arena.core.recall import view
from arena.core.task import Phase
from arena.core.view import Ask, Choice, Field, MoveSpec, Record, View
from arena.core.wire import parse, render
from arena.errors import NotFound, UsageError
from arena.moderators.meeting import Meeting
from arena.moderators.refusals import judge
from arena.scenarios.bargain import policies
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import AGENDA, Dealings, Fact, Move
from arena.scripting.lots import any_move
from tests.meetings import MEETINGS, OFFERS
from tests.playing import Function, run
from tests.scenarios.policy_tables import bargain, opened

AGENDAS = {
    "one phase": AGENDA,
    "a move is owed": (Phase("table", act="must"),),
    "talk, then moves": (Phase("talk", act="no"), Phase("moves", talk=False, act="must")),
}
GAMES = (
    {"seats": 2, "rounds": 3},
    {"seats": 3, "rounds": 4, "acceptance": "majority", "vetoes": 1, "interactions": 2, "goals": 2},
    {"seats": 4, "rounds": 3, "acceptance": "all-but-one", "values": "noisy", "discount": 0.9},
    {"seats": 3, "rounds": 3, "form": "items", "issues": 2, "units": 2, "zone": "never", "message_cost": 1.0},
)


class Checked:
    """A policy's seat: every answer is judged, asked for a second time, and written and read in the wire form."""

    def __init__(self, name: str, draw: Draw, everyone: Seats) -> None:
        self.policy, self.draw, self.everyone, self.kinds = policies.find(name), draw, everyone, set[str]()

    def __call__(self, view: View, ask: Ask) -> Body[Any, Any]:
        draw = self.draw.at(view.seat, ask.nth)
        body = self.policy(view, ask, draw)
        assert self.policy(view, ask, draw) == body
        assert judge(ask, self.everyone, body) is None
        assert body.move is None or SCENARIO.refuse(view.known, view.seat, body.move) is None
        assert parse(render(body, ask, view.seats), ask, view.seats, SCENARIO.move_types, SCENARIO.fact_types) == body
        self.kinds.add(ask.kind)
        return body


class Babbler:
    """Company of the worst kind: legal, without sense, full of claims that are half told, contradictory and false."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def __call__(self, view: View, ask: Ask) -> Body[Any, Any]:
        rng = self.draw.of(view.seat, ask.nth)
        if ask.kind == "bid":
            return Body(bid=rng.randint(0, 10))
        to = tuple(s for s in range(len(view.seats)) if s != view.seat) if ask.reach.public else ask.reach.to
        claims = tuple(Claim(to, _claim(spec, rng)) for spec in ask.claims if to and rng.random() < 0.7)
        speaks = to and all(left is None or left > 1 for left in msgspec.structs.astuple(ask.left))
        move = any_move(ask.moves, Move, rng) if ask.must or rng.random() < 0.7 else None
        return Body(
            messages=(Message(to, "?!"),) if speaks else (),
            claims=claims,
            move=move,
            call=rng.choice(ask.callable) if ask.kind == "call" else None,
        )


def _claim(spec: MoveSpec, rng: Random) -> Fact:
    def value(field: Field) -> Any:
        match field:
            case Choice(options=options):
                return rng.choice(options)
            case Record(fields=fields):
                return tuple(value(each) for each in fields)
        return rng.randint(field.low, field.high)

    wire = {"kind": spec.kind, **{field.name: value(field) for field in spec.fields}}
    fact: Fact = msgspec.convert(wire, type=Fact)
    return fact


def dealt(params: dict[str, Any], agenda: tuple[Phase, ...], seed: int) -> Game:
    """A match of a generated bargain, with this agenda."""
    draw = Draw.root(seed, "policies")
    task = replace(SCENARIO.deal(Params(**params), draw.at("deal")), agenda=agenda)
    return Game(SCENARIO, task, draw.at("match"), tuple(range(len(task.seats))))


def played(game: Game, meeting: Meeting, names: tuple[str, ...]) -> tuple[str | None, tuple[Any, ...], set[str]]:
    """Why a match closed, its lines, and what kinds of ask there were; a seat called "" is the babbler's."""
    seats = [
        Checked(name, game.draw.at("agent", i), game.everyone) if name else Babbler(game.draw.at("agent", i))
        for i, name in enumerate(names)
    ]
    table, memory = run(game, meeting, [Function(seat) for seat in seats])
    assert table.halted is None, table.halted
    kinds = set().union(*[seat.kinds for seat in seats if isinstance(seat, Checked)])
    return table.closed, tuple(memory.lines), kinds


@settings(max_examples=150)
@given(
    names=st.lists(st.sampled_from([*policies.names(), ""]), min_size=4, max_size=4),
    meeting=st.sampled_from([*MEETINGS.values(), *OFFERS.values()]),
    params=st.sampled_from(GAMES),
    agenda=st.sampled_from(list(AGENDAS.values())),
    seed=st.integers(0, 2**32),
)
def test_every_answer_is_legal_and_can_be_repeated(
    names: list[str], meeting: Meeting, params: dict[str, Any], agenda: tuple[Phase, ...], seed: int
) -> None:
    game = dealt(params, agenda, seed)
    closed, _, _ = played(game, meeting, tuple(names[: len(game.everyone)]))
    assert closed is not None


@pytest.mark.parametrize("name", policies.names())
def test_every_policy_sits_through_every_meeting_with_a_babbler(name: str) -> None:
    kinds = set[str]()
    for i, meeting in enumerate([*MEETINGS.values(), *OFFERS.values()]):
        game = dealt({"seats": 3, "rounds": 2}, list(AGENDAS.values())[i % 3], i)
        closed, _, asked = played(game, meeting, (name, name, ""))
        kinds |= asked
        assert closed is not None
    assert kinds == {"speak", "bid", "call"}


def test_the_same_seed_gives_the_same_match_and_another_one_another() -> None:
    names = ("random", "conceder", "planner", "saboteur")
    game = dealt(dict(GAMES[2]), AGENDA, 1)
    first, again = (played(game, Meeting(), names)[1] for _ in range(2))
    assert first == again
    other = played(Game(SCENARIO, game.task, Draw.root(2, "policies"), game.everyone), Meeting(), names)[1]
    assert first != other


def test_a_policy_of_an_unknown_name_is_not_found_and_the_nearest_is_offered() -> None:
    with pytest.raises(NotFound, match="did you mean 'tit-for-tat'"):
        policies.find("tit_for_tat")


def test_the_policies_are_those_that_the_handbook_names() -> None:
    assert policies.names() == (
        "absent",
        "boulware",
        "conceder",
        "hardliner",
        "planner",
        "random",
        "saboteur",
        "selfish",
        "silent",
        "tit-for-tat",
    )


@pytest.mark.parametrize("missing", ["rules", "sheets"])
def test_a_view_of_no_dealt_bargain_is_an_error_that_says_what_is_missing(missing: str) -> None:
    table = opened(bargain())
    seen, ask = view(table, Meeting(), 0), Meeting().ask(table, 0)
    empty: dict[str, Any] = {"rules": None} if missing == "rules" else {"sheets": ()}
    known = seen.known
    common: Dealings = replace(known.common, **empty)
    own: Dealings = replace(known.own, **empty)
    with pytest.raises(UsageError, match="no rules" if missing == "rules" else "no score sheet"):
        policies.find("conceder")(replace(seen, known=type(known)(common, own)), ask, Draw.root(0, ""))


@pytest.mark.parametrize("name", policies.names())
def test_a_sheet_that_everyone_was_shown_is_as_good_as_one_of_ones_own(name: str) -> None:
    table = opened(bargain())
    seen, ask = view(table, Meeting(), 0), Meeting().ask(table, 0)
    common, own = replace(seen.known.common, sheets=seen.known.own.sheets), replace(seen.known.own, sheets=())
    public = replace(seen, known=type(seen.known)(common, own))
    policy, draw = policies.find(name), Draw.root(0, "")
    assert policy(public, ask, draw) == policy(seen, ask, draw)
