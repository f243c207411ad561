"""Playing: what comes is written down before it is ruled on, a failure halts, nothing is left running."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.json import encode

from arena.core.events import AnyAddressed, Halted, Replied
from arena.core.table import Table, blank, fold
from arena.core.view import Agent, Ask, Reply, View
from arena.errors import EndpointDown, StorageError
from arena.match import play
from arena.moderators.meeting import Meeting
from arena.moderators.turns import Simultaneous
from tests.meetings import MEETINGS
from tests.playing import Function, Memory, run
from tests.talkers import chatty, clumsy
from tests.toy import pool

TOGETHER = Meeting(turns=Simultaneous())


class Late:
    """Answers as `chatty` does, after this many turns of the loop."""

    def __init__(self, turns: int) -> None:
        self.turns, self.asked = turns, list[int]()

    async def reply(self, view: View, ask: Ask) -> Reply:
        self.asked.append(ask.nth)
        for _ in range(self.turns):
            await asyncio.sleep(0)
        return Reply(body=chatty(view, ask))


class Failing:
    """Fails at its nth ask as long as `down`; answers as `chatty` does otherwise."""

    def __init__(self, nth: int, error: BaseException) -> None:
        self.nth, self.error, self.down, self.asked = nth, error, True, list[int]()

    async def reply(self, view: View, ask: Ask) -> Reply:
        self.asked.append(ask.nth)
        if self.down and ask.nth == self.nth:
            raise self.error
        return Reply(body=chatty(view, ask))


class Patient:
    """Never answers; when it is cancelled it takes a few turns of the loop to clean up."""

    def __init__(self) -> None:
        self.began = self.cleaned = False

    async def reply(self, view: View, ask: Ask) -> Reply:
        self.began = True
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(3):
                await asyncio.sleep(0)
            self.cleaned = True
        raise AssertionError("an event that nobody sets was set")


class Full:
    """A record that fails from a line on, as a full disk does: when it adds, or when it writes."""

    def __init__(self, lines: int, when: str) -> None:
        self.room, self.when, self.lines = lines, when, list[Sequence[AnyAddressed]]()

    def append(self, events: Sequence[AnyAddressed]) -> None:
        if self.when == "append" and len(self.lines) == self.room:
            raise StorageError("the disk is full")
        self.lines.append(events)

    def flush(self) -> None:
        if self.when == "flush" and len(self.lines) >= self.room:
            raise StorageError("the disk is full")


def rulings(lines: Sequence[Sequence[AnyAddressed]]) -> bytes:
    return encode([line for line in lines if not isinstance(line[0].e, Replied)])


def replies(lines: Sequence[Sequence[AnyAddressed]]) -> list[bytes]:
    return sorted(encode(line) for line in lines if isinstance(line[0].e, Replied))


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
@pytest.mark.parametrize("delays", [(0, 1, 2), (9, 4, 0), (3, 0, 3)])
def test_the_order_in_which_answers_arrive_changes_no_ruling(meeting: Meeting, delays: tuple[int, int, int]) -> None:
    _, at_once = run(pool(), meeting, [Late(0), Late(0), Late(0)])
    _, late = run(pool(), meeting, [Late(turns) for turns in delays])
    assert rulings(late.lines) == rulings(at_once.lines)
    assert replies(late.lines) == replies(at_once.lines)


def test_answers_are_written_down_as_they_arrive() -> None:
    _, memory = run(pool(), TOGETHER, [Late(9), Late(4), Late(0)])
    assert [line[0].to for line in memory.lines[1:4]] == [(2,), (1,), (0,)]


@pytest.mark.parametrize("nth", [0, 1, 2])
@pytest.mark.parametrize(
    ("error", "why"),
    [
        (EndpointDown("no answer from the endpoint"), "no answer from the endpoint"),
        (ZeroDivisionError("oops"), "the agent in seat 1 crashed: ZeroDivisionError: oops"),
        (KeyError("k"), "the agent in seat 1 crashed: KeyError: 'k'"),
    ],
)
@pytest.mark.parametrize("meeting", [Meeting(), TOGETHER, MEETINGS["bid for the floor"]])
def test_a_failure_halts_the_match_and_after_it_is_mended_only_that_ask_is_asked_again(
    meeting: Meeting, error: Exception, why: str, nth: int
) -> None:
    _, whole = run(pool(), meeting, [Late(0) for _ in range(3)])
    failing = Failing(nth, error)
    team = (Late(2), failing, Late(0))
    table, memory = run(pool(), meeting, team)
    assert (table.halted, table.closed) == (why, None)
    assert memory.lines[-1] == (memory.lines[-1][0],)
    assert memory.lines[-1][0].e == Halted(why)
    assert memory.lines[-1][0].to == ()
    failing.down = False
    over, memory = run(pool(), meeting, team, fold(pool(), memory.lines), memory)
    assert (over.halted, over.closed) == (None, "deadline")
    for agent in team:
        again = [ask for ask in agent.asked if agent.asked.count(ask) > 1]
        assert again == ([nth, nth] if agent is failing else [])
    went_on = [line for line in memory.lines if not isinstance(line[0].e, Halted)]
    assert rulings(went_on) == rulings(whole.lines)
    assert replies(went_on) == replies(whole.lines)


def test_a_halt_is_the_last_word_of_its_wave_and_the_others_answers_stand_before_it() -> None:
    down = EndpointDown("down")
    table, memory = run(pool(), TOGETHER, [Late(8), Failing(0, down), Late(3)])
    kinds = [(type(line[0].e).__name__, getattr(line[0].e, "seat", None)) for line in memory.lines[1:]]
    assert kinds == [("Replied", 2), ("Replied", 0), ("Halted", None)]
    assert [desk.pending is not None for desk in table.desks] == [True, False, True]


def test_an_answer_that_is_no_reply_halts_the_match() -> None:
    class Absent:
        async def reply(self, view: View, ask: Ask) -> Any:
            return None

    for meeting in (Meeting(), TOGETHER):
        table, _ = run(pool(), meeting, [Absent(), Late(0), Late(0)])
        assert table.halted == "the agent in seat 0 crashed: AttributeError: 'NoneType' object has no attribute 'raw'"


class Order:
    """A record that notes down what was added and when it was kept."""

    def __init__(self) -> None:
        self.done = ""

    def append(self, events: Sequence[AnyAddressed]) -> None:
        self.done += "a" if isinstance(events[0].e, Replied) else "r"

    def flush(self) -> None:
        self.done += "|"


class Again(Late):
    repeatable = True


def test_an_answer_is_kept_before_it_is_ruled_on_unless_it_can_be_had_again_for_nothing() -> None:
    orders = []
    for kind in (Late, Again):
        record = Order()
        asyncio.run(play(blank(pool()), Meeting(), [kind(0), kind(1), kind(2)], record))
        orders.append(record.done)
    first, again = orders
    # The opening; three turns of talk, one by one; the end of the phase; then three pledges at once.
    assert first.startswith("r|a|r|a|r|a|rr|a")
    assert "ar" not in first
    assert again.startswith("r|ar|ar|arr|a")
    assert all(done.endswith("r|") and done.replace("|", "") == first.replace("|", "") for done in orders)


@pytest.mark.parametrize("when", ["append", "flush"])
@pytest.mark.parametrize("room", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("meeting", [Meeting(), TOGETHER])
def test_a_record_that_fails_stops_the_match_and_leaves_nothing_running(meeting: Meeting, room: int, when: str) -> None:
    patient = Patient()

    async def main() -> list[Any]:
        team: list[Agent] = [Late(0), Late(1), patient if meeting is TOGETHER else Late(0)]
        record = Full(room, when)
        with pytest.raises(StorageError, match="the disk is full"):
            await play(blank(pool()), meeting, team, record)
        assert len(record.lines) == room or (when == "flush" and len(record.lines) <= room + 1)
        return [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    if meeting is TOGETHER:
        room = min(room, 2)  # the patient one keeps the first wave, which has two answers more, from ending
    assert asyncio.run(main()) == []
    assert patient.cleaned == patient.began


@pytest.mark.parametrize("meeting", [Meeting(), TOGETHER])
def test_a_match_that_is_cancelled_leaves_no_task_and_every_answer_that_came(meeting: Meeting) -> None:
    patients = [Patient(), Patient()]
    memory = Memory()

    async def main() -> list[Any]:
        task = asyncio.create_task(play(blank(pool()), meeting, [Late(0), *patients], memory))
        for _ in range(20):
            await asyncio.sleep(0)
        assert patients[0].began
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]

    assert asyncio.run(main()) == []
    assert all(patient.cleaned == patient.began for patient in patients)
    assert [line[0].e.seat for line in memory.lines if isinstance(line[0].e, Replied)] == [0]


def test_stopping_waits_for_what_is_in_flight_and_asks_nobody_else() -> None:
    for meeting in MEETINGS.values():
        team = [Late(0), Late(5), Late(2)]
        memory = Memory()
        game = pool()

        def stop(memory: Memory = memory) -> bool:
            return len(memory.lines) > 4

        table: Table = asyncio.run(play(blank(game), meeting, team, memory, stop))
        assert (table.closed, table.halted) == (None, None)
        assert sum(isinstance(line[0].e, Replied) for line in memory.lines) == sum(len(a.asked) for a in team)
        assert all(desk.pending is None for desk in table.desks), "what was answered has been ruled on"
        _, whole = run(pool(), meeting, [Late(0), Late(5), Late(2)])
        run(game, meeting, team, table, memory)
        assert encode(memory.lines) == encode(whole.lines)


def test_a_match_that_is_over_asks_nobody_and_writes_nothing() -> None:
    table, memory = run(pool(), Meeting(), [Function(clumsy) for _ in range(3)])
    before = len(memory.lines)
    again = [Function(clumsy) for _ in range(3)]
    assert run(table.game, Meeting(), again, table, memory)[0] is table
    assert (len(memory.lines), [agent.asked for agent in again]) == (before, [[], [], []])


@pytest.mark.parametrize("meeting", [Meeting(), TOGETHER], ids=["in turn", "at once"])
@pytest.mark.parametrize("error", [SystemExit(3), asyncio.CancelledError()], ids=lambda e: type(e).__name__)
def test_an_agent_that_ends_or_cancels_itself_halts_the_match_like_any_crash(
    error: BaseException, meeting: Meeting
) -> None:
    table, memory = run(pool(), meeting, [Failing(0, error), Late(0), Late(0)])
    assert table.halted is not None
    assert type(error).__name__ in table.halted
    assert isinstance(memory.lines[-1][0].e, Halted)
