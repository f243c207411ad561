"""Playing on from any line of a log is the same as never having stopped."""

import pytest
from msgspec.json import encode

from arena.core.events import Summarised
from arena.core.table import fold
from arena.moderators.meeting import Meeting
from tests.meetings import MEETINGS
from tests.playing import Function, Memory, run
from tests.talkers import chatty, clumsy, forgetful
from tests.toy import pool


def team() -> list[Function]:
    return [Function(clumsy), Function(forgetful(chatty)), Function(forgetful(clumsy))]


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_the_same_seed_gives_the_same_bytes(meeting: Meeting) -> None:
    assert encode(run(pool(), meeting, team())[1].lines) == encode(run(pool(), meeting, team())[1].lines)


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_playing_on_from_every_line_gives_the_same_lines(meeting: Meeting) -> None:
    game = pool()
    whole = run(game, meeting, team())[1].lines
    assert len(whole) > 8
    for cut in range(len(whole) + 1):
        table, memory = run(game, meeting, team(), fold(game, whole[:cut]), Memory(whole[:cut]))
        assert table.closed is not None
        assert encode(memory.lines) == encode(whole), f"cut after line {cut}"


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_seats_that_summarise_are_among_those_that_are_cut(meeting: Meeting) -> None:
    lines = run(pool(), meeting, team())[1].lines
    assert any(isinstance(a.e, Summarised) for line in lines for a in line)


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_a_finished_match_asks_nobody(meeting: Meeting) -> None:
    table, memory = run(pool(), meeting, team())
    again = team()
    run(table.game, meeting, again, table, memory)
    assert all(not agent.asked for agent in again)
