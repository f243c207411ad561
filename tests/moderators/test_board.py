"""The shared board, and notes that are not kept: what a seat may write, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.json import encode

from arena.agents.scripted import Scripted
from arena.core.board import Board, Posting
from arena.core.draw import Draw
from arena.core.events import AnyEvent, Body, Message, Noted, Passed, Posted, Refused, Said
from arena.core.table import Table
from arena.core.view import Ask, View
from arena.errors import Unfit
from arena.moderators.channels import Silent
from arena.moderators.fit import check_fit
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import BidForFloor, Simultaneous
from arena.scoring.conduct import conduct
from arena.scoring.leakage import leakage
from tests.playing import Function, Memory, run
from tests.talkers import Answer
from tests.toy import Pledge, pool

BOARD = Meeting(memory="board", refusals=1)


def quiet(view: View, ask: Ask) -> Body[Any, Any]:
    return Body(move=Pledge(0)) if ask.must else Body(bid=1 if ask.kind == "bid" else None)


def writes(text: str, **more: Any) -> Answer:
    """Writes this in its first turn, and nothing afterwards."""

    def answer(view: View, ask: Ask) -> Body[Any, Any]:
        if ask.nth or ask.board is None:
            return quiet(view, ask)
        return Body(board=Posting(ask.board.version, text), **more)

    return answer


def match(meeting: Meeting, *answers: Answer) -> tuple[Table, Memory, list[Function]]:
    agents = [Function(answer) for answer in (*answers, *[quiet] * (3 - len(answers)))]
    return *run(pool(), meeting, agents), agents


def events(memory: Memory, kind: type, seat: int | None = None) -> list[AnyEvent]:
    every = [a.e for line in memory.lines for a in line if isinstance(a.e, kind)]
    return [event for event in every if seat is None or getattr(event, "seat", None) == seat]


@pytest.mark.parametrize(("memory", "notes", "board"), [
    ("none", False, None),
    ("notes", True, None),
    ("board", False, Board(0, "", 2000)),
    ("both", True, Board(0, "", 2000)),
])  # fmt: skip
def test_an_ask_says_what_memory_there_is(memory: Any, notes: bool, board: Board | None) -> None:
    _, _, agents = match(Meeting(memory=memory))
    assert {(ask.notes, ask.board) for _, ask in agents[0].asked} == {(notes, board)}


def test_what_is_written_is_seen_by_all_and_stands_in_every_ask_that_follows() -> None:
    table, memory, agents = match(BOARD, writes("Pledge two each."))
    assert events(memory, Posted) == [Posted(0, 1, "Pledge two each.")]
    assert all(Posted(0, 1, "Pledge two each.") in list(table.seen(seat)) for seat in range(3))
    assert [ask.board for _, ask in agents[1].asked] == [Board(1, "Pledge two each.", 2000)] * 4


def test_it_is_written_anew_as_a_whole_version_by_version() -> None:
    def adds(view: View, ask: Ask) -> Body[Any, Any]:
        assert ask.board is not None
        said = quiet(view, ask)
        text = f"{ask.board.text}{view.seat}"
        return said if ask.must else Body(said.messages, said.claims, said.move, board=Posting(ask.board.version, text))

    table, memory, _ = match(BOARD, adds, adds, adds)
    found = events(memory, Posted)
    assert [e.version for e in found] == list(range(1, 7))  # type: ignore[union-attr]
    assert [e.text for e in found] == ["0", "01", "012", "0120", "01201", "012012"]  # type: ignore[union-attr]
    assert table.board == found[-1]


def test_a_turn_in_which_only_the_board_is_written_is_a_turn() -> None:
    _, memory, _ = match(BOARD, writes("Hm."))
    assert [e for line in memory.lines for e in [a.e for a in line] if isinstance(e, Posted)]
    counted = conduct([[a.e for a in line] for line in memory.lines], 3, 2)
    assert (counted.posts, counted.turns) == ((1, 0, 0), (4, 4, 4))
    assert len(events(memory, Passed, 0)) == 1


@pytest.mark.parametrize(
    ("meeting", "body", "code"),
    [
        (BOARD, Body(board=Posting(7, "Late.")), "stale"),
        (BOARD, Body(board=Posting(-1, "Late.")), "stale"),
        (BOARD, Body((Message((1, 2), "Hi."),), board=Posting(1, "Late.")), "stale"),
        (Meeting(memory="both", limits=Limits(board=5)), Body(board=Posting(0, "123456")), "too_long"),
        (BOARD, Body(notes="Mine."), "notes"),
        (Meeting(memory="none"), Body(notes="Mine."), "notes"),
        (Meeting(memory="none"), Body(board=Posting(0, "Ours.")), "board"),
        (Meeting(), Body(board=Posting(0, "Ours.")), "board"),
        (Meeting(turns=BidForFloor(), memory="both"), Body(bid=1, board=Posting(0, "Ours.")), "bid"),
    ],
)
def test_what_may_not_be_written_is_refused_as_a_whole(meeting: Meeting, body: Body[Any, Any], code: str) -> None:
    _, memory, _ = match(meeting, lambda view, ask: quiet(view, ask) if ask.nth else body)
    assert [e.code for e in events(memory, Refused, 0)] == [code]  # type: ignore[union-attr]
    assert (events(memory, Posted), events(memory, Noted), events(memory, Said)) == ([], [], [])


def test_of_those_that_write_in_the_same_wave_the_first_stands_and_what_the_others_wrote_lapses() -> None:
    meeting = Meeting(turns=Simultaneous(), memory="board")
    told = (Message((0, 1), "I wrote it down."),)
    _table, memory, agents = match(meeting, quiet, writes("One."), writes("Two.", messages=told))
    assert events(memory, Posted) == [Posted(1, 1, "One.")]
    assert [e.text for e in events(memory, Said, 2)] == ["I wrote it down."]  # type: ignore[union-attr]
    assert events(memory, Refused) == []
    assert agents[2].asked[1][1].board == Board(1, "One.", 2000)


def test_what_lapsed_is_known_to_its_author_alone_and_a_turn_of_its_author() -> None:
    meeting = Meeting(turns=Simultaneous(), memory="board")
    lapsed = match(meeting, writes("One."), writes("Two."))
    passed = match(meeting, writes("One."), quiet)
    assert len(events(lapsed[1], Passed, 1)) == len(events(passed[1], Passed, 1))
    for seat in (0, 2):
        assert encode(list(lapsed[0].seen(seat))) == encode(list(passed[0].seen(seat)))


def test_a_board_may_be_wiped_clean_and_used_where_nobody_speaks() -> None:
    meeting = Meeting(channel=Silent(), memory="board")
    _table, memory, agents = match(meeting, writes("Pledge."), writes(""))
    assert [e.text for e in events(memory, Posted)] == ["Pledge.", ""]  # type: ignore[union-attr]
    assert agents[2].asked[0][1].board == Board(2, "", 2000)


def test_a_scripted_agent_that_would_note_something_notes_nothing_where_no_notes_are_kept() -> None:
    def noting(view: View, ask: Ask, draw: Draw) -> Body[Any, Any]:
        return Body(move=Pledge(0) if ask.must else None, notes="Mine.")

    agents = [Scripted(noting, Draw(b"")) for _ in range(3)]
    for memory, kept in (("none", 0), ("notes", 12)):
        _, record = run(pool(), Meeting(memory=memory), agents)  # type: ignore[arg-type]
        assert (len(events(record, Noted)), events(record, Refused)) == (kept, [])


def test_a_secret_on_the_board_is_a_leak() -> None:
    game = pool()
    mark = game.task.purses[0].canary  # type: ignore[attr-defined]
    _, memory, _ = match(BOARD, writes(f"I hold {mark}."))
    assert leakage([a for line in memory.lines for a in line], 3).own_canary == (1, 0, 0)


def test_a_limit_of_a_board_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(Unfit, match="board is 500, but memory is 'notes'; write memory: board or both"):
        check_fit(Meeting(limits=Limits(board=500)), pool())
    with pytest.raises(Unfit, match="board: 0 is below 1"):
        check_fit(Meeting(limits=Limits(board=0), memory="board"), pool())
    check_fit(Meeting(limits=Limits(board=500), memory="board"), pool())
