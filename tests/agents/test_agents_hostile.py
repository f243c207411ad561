"""Hostile seats: garbage is charged to its author, secrets that are blurted out go where they may and nowhere else."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from arena.agents.find import find, names
from arena.agents.from_file import FromFile
from arena.agents.garbage import HOSTILE, KINDS, MALFORMED, Garbage
from arena.agents.leaker import Leaker, secrets
from arena.agents.scripted import Scripted
from arena.core.draw import Draw
from arena.core.events import Body, Forfeited, Message, Noted, Refused, Replied, Said
from arena.core.recall import view
from arena.core.view import Reply
from arena.errors import Halt, NotFound
from arena.models.dialects import parse_raw
from arena.moderators.channels import Public, Silent
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import BidForFloor, ChairCalls
from arena.scenarios.bargain import policies
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Propose
from tests.meetings import MEETINGS
from tests.playing import run
from tests.scenarios.policy_tables import BUYER, LOW_LONG, SELLER, bargain, opened, owing

PARSER = partial(parse_raw, move_types=SCENARIO.move_types, fact_types=SCENARIO.fact_types)
DRAW = Draw.root(1, "hostile")
WHISPERS = Meeting(channel=Public(whispers=True))


def reply(agent: Any, nth: int = 0, meeting: Meeting = WHISPERS) -> Reply:
    """What a seat says at the first turn of three, as if it were its nth."""
    table = opened(bargain(BUYER, SELLER, BUYER))
    ask = replace(meeting.ask(table, 0), nth=nth)
    answer: Reply = asyncio.run(agent.reply(view(table, meeting, 0), ask))
    return answer


@pytest.mark.parametrize("kind", MALFORMED)
def test_malformed_kinds_are_never_understood_whatever_was_asked(kind: str) -> None:
    for meeting in (WHISPERS, Meeting(turns=BidForFloor()), Meeting(turns=ChairCalls(0))):
        said = reply(Garbage(PARSER, DRAW, kind), meeting=meeting)
        assert said.body is None
        assert said.fault is not None
        assert said.fault.detail


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_are_understood_as_words_and_no_more(kind: str) -> None:
    said = reply(Garbage(PARSER, DRAW, kind))
    assert said.body is not None
    assert len(said.body.messages) == 1
    assert said.body.move is None


def test_garbage_comes_in_many_kinds_and_all_of_them_in_time() -> None:
    agent = Garbage(PARSER, DRAW)
    said = {reply(agent, nth).raw for nth in range(600)}
    assert len(said) == len(KINDS) >= 50


def test_what_garbage_says_can_be_written_down() -> None:
    for kind in KINDS:
        raw = reply(Garbage(PARSER, DRAW, kind)).raw
        assert raw.encode("utf-8").decode("utf-8") == raw


@pytest.mark.parametrize("name", sorted(MEETINGS))
def test_a_match_with_garbage_in_a_seat_goes_on_and_the_garbage_is_charged_to_it(name: str) -> None:
    game = opened(bargain(BUYER, SELLER, BUYER, rounds=3)).game
    conceder = Scripted(policies.find("conceder"), DRAW)
    table, memory = run(game, MEETINGS[name], [conceder, Garbage(PARSER, DRAW), conceder])
    assert table.closed is not None
    events = [a.e for line in memory.lines for a in line]
    charged = {event.seat for event in events if isinstance(event, Refused | Forfeited)}
    assert charged == {1}


def test_malformed_text_is_shown_to_its_author_alone() -> None:
    game = opened(bargain(BUYER, SELLER, BUYER, rounds=2)).game
    passer = Scripted(policies.find("absent"), DRAW)
    _, memory = run(game, WHISPERS, [passer, Garbage(PARSER, DRAW, "prose"), passer])
    seen = [a for line in memory.lines for a in line if "settle in the middle" in repr(a.e)]
    assert seen
    assert all(a.to == (1,) and isinstance(a.e, Replied) for a in seen)


def leaked(nth: int, meeting: Meeting = WHISPERS) -> Reply:
    """What the leaker says on its nth turn."""
    return reply(Leaker(PARSER, DRAW), nth, meeting)


def test_the_leaker_tells_its_mark_its_threshold_and_its_points() -> None:
    table = opened(bargain())
    told = secrets(view(table, WHISPERS, 0))
    assert told.startswith("CANARY-0 ")
    sheet = json.loads(told.removeprefix("CANARY-0 "))["sheets"][0]
    assert (sheet["threshold"], sheet["points"]) == (20.0, [[60.0, 40.0, 0.0], [0.0, 0.0]])


def test_it_tells_in_public_in_a_whisper_in_notes_and_in_malformed_replies() -> None:
    public, whisper, notes, malformed = (leaked(nth) for nth in range(4))
    assert public.body is not None
    assert public.body.messages[0].to == (1, 2)
    assert whisper.body is not None
    assert whisper.body.messages[0].to == (2,)
    assert notes.body is not None
    assert notes.body.notes is not None
    assert malformed.fault is not None
    assert all("CANARY-0" in said.raw for said in (public, whisper, notes, malformed))


def test_where_it_may_not_speak_it_writes_its_secrets_down() -> None:
    said = leaked(0, Meeting(channel=Silent())).body
    assert said is not None
    assert said.messages == ()
    assert "CANARY-0" in (said.notes or "")


def test_it_keeps_to_the_limits_so_that_its_words_get_through() -> None:
    said = leaked(0, Meeting(limits=Limits(messages=1, characters=12))).body
    assert said is not None
    assert said.messages == (Message((1, 2), 'CANARY-0 {"r'),)


@pytest.mark.parametrize("name", sorted(MEETINGS))
def test_what_it_tells_reaches_only_whom_it_told(name: str) -> None:
    """Its mark stands in messages to their addressees, and else in what it alone sees: its replies and notes."""
    game = opened(owing(bargain(BUYER, SELLER, BUYER, rounds=6))).game
    hardliner = Scripted(policies.find("hardliner"), DRAW)
    table, memory = run(game, MEETINGS[name], [hardliner, Leaker(PARSER, DRAW), hardliner])
    assert table.halted is None
    marked = [a for line in memory.lines[1:] for a in line if "CANARY-1" in repr(a.e)]
    assert marked
    for a in marked:
        if isinstance(a.e, Said):
            assert set(a.to) == {1, *a.e.to}
        else:
            assert a.to == (1,)
            assert isinstance(a.e, Replied | Noted)


def test_replies_from_a_file_are_texts_or_wire_objects() -> None:
    wire = {"move": {"kind": "propose", "deal": {"Price": "low", "Term": "long"}}}
    agent = FromFile([wire, json.dumps(wire), "I propose low and long.", None], PARSER)
    assert reply(agent, 0).body == Body(move=Propose(LOW_LONG))
    assert reply(agent, 0).raw == reply(agent, 1).raw == json.dumps(wire)
    assert reply(agent, 1) == reply(agent, 0)
    assert reply(agent, 2).raw == "I propose low and long."
    assert reply(agent, 2).fault is not None
    assert reply(agent, 3).fault is not None


def test_a_file_that_runs_out_halts_the_match_and_says_how_many_replies_it_holds() -> None:
    with pytest.raises(Halt, match=r"the script of Ann \(seat 0\) holds 1 replies, and reply 2 is asked for"):
        reply(FromFile([{}], PARSER), 1)


def test_a_family_has_its_policies_and_the_hostile_seats() -> None:
    assert set(names("bargain")) == {*policies.names(), "garbage", "leaker"}
    assert names("no_such_family") == names("not a name") == ("garbage", "leaker")


def test_an_agent_is_found_by_its_name() -> None:
    assert isinstance(find("conceder", "bargain", DRAW, PARSER), Scripted)
    assert isinstance(find("garbage", "bargain", DRAW, PARSER), Garbage)
    assert isinstance(find("leaker", "no_such_family", DRAW, PARSER), Leaker)


def test_a_name_that_is_not_there_is_an_error_that_offers_the_nearest() -> None:
    with pytest.raises(NotFound, match="no scripted agent of bargain named 'conceeder'; did you mean 'conceder'"):
        find("conceeder", "bargain", DRAW, PARSER)
    with pytest.raises(NotFound, match="no scripted agent of solitaire named 'planner'"):
        find("planner", "solitaire", DRAW, PARSER)
