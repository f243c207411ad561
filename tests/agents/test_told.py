"""What a remote agent is told: it fits the published schema, goes by names, and follows from the view alone."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import fields, replace

from arena.agents.told import ONE, message_hash, request, told
from arena.agents.told_schema import UNSEEN, remote_schema
from arena.core.board import Posting
from arena.core.events import (
    Certified,
    Delivered,
    Dropped,
    Event,
    Fault,
    Halted,
    Marked,
    Message,
    Said,
    Seated,
    Sent,
    Valued,
    audience,
)
from arena.core.events import shown as as_seen
from arena.core.task import Reference
from arena.core.view import Reply, Seen, View, World
from arena.core.wire import parse
from arena.errors import Halt
from arena.mock.schemas.document import compile_schema
from arena.mock.schemas.sampling import sample
from arena.moderators.channels import Public
from arena.moderators.meeting import Meeting
from arena.report.exhibits import schema
from arena.scenarios.bargain.terms import Dealings, Fact, Goal, Move
from tests.meetings import MEETINGS
from tests.prompting.talks import NAMES, RULES, SHEETS, Turn, body, busily, game, of, talks
from tests.report.scene import MATCH

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "remote.schema.json"
GOALS = tuple(Goal(seat, "want", 10, "Ground", "riverside", f"ONYX-{seat}AA00{seat}") for seat in range(3))
WHISPERS = Meeting(channel=Public(whispers=True))
BOARD = Meeting(memory="board")


@cache
def validator(name: str) -> Draft202012Validator:
    """Of a request or of a reply."""
    whole = remote_schema(Move, Fact, Dealings)
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator({**whole, "$ref": f"#/$defs/{name}"})


def as_json(shown: View, ask: Any) -> Any:
    return json.loads(request("an id", told(shown, ask)))


def last(meeting: Meeting, turns: list[Turn], seat: int) -> bytes:
    return told(*of(seat, turns)[-1])


def test_the_published_schema_is_the_one_of_this_version() -> None:
    """To bring it up to date: `arena show schema remote > docs/schema/remote.schema.json`."""
    assert json.loads(PUBLISHED.read_text()) == json.loads(json.dumps(schema("remote")))


@pytest.mark.parametrize("name", MEETINGS)
def test_every_ask_of_every_meeting_fits_the_schema(name: str) -> None:
    turns = busily(game(goals=GOALS), MEETINGS[name])
    assert len(turns) > 15
    for shown, ask in turns[-6:]:  # they hold all that was seen before
        assert [error.message for error in validator("request").iter_errors(as_json(shown, ask))] == []


def test_every_kind_of_event_that_a_seat_may_see_fits_the_schema() -> None:
    kinds = set()
    shown, ask = busily(game(), WHISPERS, 3)[-1]
    for seat in range(3):
        seen = [as_seen(e) for events in MATCH for e in events if seat in audience(e, (0, 1, 2))]
        names = ("Ann", "Bo", "Cy")
        found = as_json(View(seat, names, Seen(seen, len(seen)), shown.known, lambda: ()), ask)
        kinds |= {event["kind"] for event in found["events"]}
        assert [error.message for error in validator("request").iter_errors(found)] == []
    assert len(kinds) > 8


def test_what_the_schema_calls_unseen_is_what_nobody_sees() -> None:
    nobodys = [
        Seated(0, "x"),
        Dropped(0),
        Marked(0, "x"),
        Certified((), Reference(1.0, 1.0, {}, "x", "exact")),
        Halted("x"),
        Valued("x", (), (), 0.0),
    ]
    within = [Sent(Said(0, (1,), "x")), Delivered(Said(0, (1,), "x"))]
    assert {type(event).__name__ for event in (*nobodys, *within)} == set(UNSEEN)
    assert {type(as_seen(event)) for event in within} == {Said}
    assert {audience(event, (0, 1, 2)) for event in nobodys} == {()}


def test_no_event_holds_a_seat_in_a_field_that_is_not_named() -> None:
    for kind in (getattr(kind, "__origin__", kind) for kind in get_args(Event)):
        numbers = {field.name for field in fields(kind) if field.type is int}
        assert numbers - set(ONE) <= {"round", "amount", "version", "nth", "messages", "characters"}, kind


def test_seats_go_by_their_names() -> None:
    answers = [
        Reply(body=replace(body("Psst.", to=(2,)), notes="To myself.")),
        Reply("nonsense", fault=Fault("x", "y")),
    ]
    turns = talks(game(), WHISPERS, [*answers, Reply(body=body("To all.", to=(0, 2))), Reply(body=body())])
    found = as_json(*turns[-1])
    assert (found["seat"], found["seats"]) == (NAMES[0], list(NAMES))
    said = [event for event in found["events"] if event["kind"] == "said"]
    assert [(event["seat"], event["to"]) for event in said] == [("Bakers", ["Rowers"]), ("Choir", ["Bakers", "Rowers"])]
    assert all(isinstance(event.get("seat", ""), str) for event in found["events"])
    assert found["ask"]["reach"] == {"public": True, "to": ["Choir", "Rowers"]}


@pytest.mark.parametrize("meeting", [WHISPERS, BOARD, MEETINGS["chair calls"], MEETINGS["bid for the floor"]])
def test_the_ask_carries_the_exact_schema_and_a_reply_by_it_is_understood(meeting: Meeting) -> None:
    for shown, ask in busily(game(), meeting, 12):
        exact = as_json(shown, ask)["ask"]["schema"]
        for seed in range(5):
            reply = sample(compile_schema(exact), Random(seed))
            assert not isinstance(parse(reply, ask, shown.seats, Move, Fact), Fault)
            assert [error.message for error in validator("reply").iter_errors(reply)] == []


@pytest.mark.parametrize("wrong", [[], "x", {"thoughts": "x"}, {"bid": 11}, {"bid": 1, "move": None}, {"messages": {}}])
def test_what_is_no_reply_does_not_fit_the_schema_of_one(wrong: object) -> None:
    assert not validator("reply").is_valid(wrong)


@pytest.mark.parametrize("name", MEETINGS)
def test_no_seat_is_told_the_mark_of_another(name: str) -> None:
    turns = busily(game(goals=GOALS), MEETINGS[name])
    for seat in range(3):
        message = last(MEETINGS[name], turns, seat).decode()
        for other, (sheet, goal) in enumerate(zip(SHEETS, GOALS, strict=True)):
            assert (sheet.canary in message) == (other == seat)
            assert (goal.canary in message) == (other == seat)


@pytest.mark.parametrize("name", MEETINGS)
def test_another_seats_sheet_and_goal_change_no_byte_of_what_a_seat_is_told(name: str) -> None:
    others = tuple(replace(sheet, points=SHEETS[0].points, threshold=5, noise=2.0, cost=1.0) for sheet in SHEETS)
    games = [game(goals=GOALS), game(RULES, (SHEETS[0], *others[1:]), GOALS[:1])]
    turns = [busily(each, MEETINGS[name]) for each in games]
    assert last(MEETINGS[name], turns[0], 0) == last(MEETINGS[name], turns[1], 0)
    assert last(MEETINGS[name], turns[0], 1) != last(MEETINGS[name], turns[1], 1)


def test_whispers_notes_and_refusals_of_others_change_no_byte_of_what_a_seat_is_told() -> None:
    waits = Reply(body=body())
    quiet = talks(game(), WHISPERS, [waits, waits, waits, waits])
    whispered = replace(body(), messages=(Message((1,), "Between us."),), notes="I lied.")
    busy = talks(game(), WHISPERS, [Reply("nonsense"), Reply(body=whispered), waits, waits, waits])
    assert last(WHISPERS, quiet, 2) == last(WHISPERS, busy, 2)
    assert last(WHISPERS, quiet, 1) != last(WHISPERS, busy, 1)


def test_a_seats_own_reply_is_told_by_its_text_and_never_by_what_stood_beside_it() -> None:
    answered = Reply("{} and so on", body("One.", to=(1,)), None, "secret thoughts", "a-hash")
    turns = talks(game(), WHISPERS, [answered, *[Reply(body=body())] * 3])
    own = [event for event in as_json(*turns[3])["events"] if event["kind"] == "replied"]
    assert own == [{"kind": "replied", "seat": "Bakers", "raw": "{} and so on"}]
    assert b"secret thoughts" not in told(*turns[3])


def test_of_an_agent_that_sat_there_before_and_writes_no_text_what_it_said_is_told() -> None:
    first = Reply(body=replace(body("One.", to=(1, 2)), notes="Hm."))
    turns = talks(game(), WHISPERS, [first, *[Reply(body=body())] * 3])
    (own,) = [event for event in as_json(*turns[3])["events"] if event["kind"] == "replied"]
    assert own["body"]["messages"] == [{"to": ["Choir", "Rowers"], "text": "One."}]
    assert own["body"]["notes"] == "Hm."


def test_the_board_is_told_as_it_stands_and_by_whom_it_was_written() -> None:
    written = Reply(body=replace(body(), board=Posting(0, "We meet at noon.")))
    turns = talks(game(), BOARD, [written, *[Reply(body=body())] * 3])
    first, last_ = as_json(*turns[0]), as_json(*turns[3])
    assert first["ask"]["board"]["version"] == 0
    assert (last_["ask"]["board"]["version"], last_["ask"]["board"]["text"]) == (1, "We meet at noon.")
    posted = [event for event in last_["events"] if event["kind"] == "posted"]
    assert [(event["seat"], event["version"]) for event in posted] == [("Bakers", 1)]
    own = next(event for event in last_["events"] if event["kind"] == "replied")
    assert own["body"]["board"] == {"version": 0, "text": "We meet at noon."}
    assert validator("request").is_valid(last_)


def test_a_bid_and_a_call_are_told_as_they_are_answered() -> None:
    for name, key in (("bid for the floor", "bid"), ("chair calls", "next")):
        turns = [turn for seat in range(3) for turn in of(seat, busily(game(), MEETINGS[name]))]
        replies = [e for shown, ask in turns for e in as_json(shown, ask)["events"] if e["kind"] == "replied"]
        assert any(key in e.get("body", {}) for e in replies)


def test_the_match_stands_first_and_is_no_part_of_the_hash() -> None:
    message = told(*busily(game(), WHISPERS, 2)[-1])
    assert request("an id", message).startswith(b'{"match":"an id","version":"arena-remote/1",')
    assert json.loads(request("an id", message)).keys() - json.loads(message).keys() == {"match"}
    assert len(message_hash(message)) == 32


def test_the_same_view_gives_the_same_bytes_whenever_it_is_asked_for() -> None:
    turns = busily(game(), WHISPERS, 9)
    shown, ask = turns[-1]
    for (earlier, then), (was, had) in zip(shown.earlier(), of(ask.seat, turns), strict=False):
        assert told(earlier, then) == told(was, had)


def test_a_world_that_json_cannot_hold_halts_the_match_with_what_to_do() -> None:
    shown, ask = busily(game(), WHISPERS, 2)[-1]
    with pytest.raises(Halt, match="make its world a frozen struct"):
        told(replace(shown, known=World(object(), None)), ask)
