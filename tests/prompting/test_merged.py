"""One agent with every seat is sent every brief and all that any seat has seen, told whose; nobody else is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from arena.core.events import Body, Message, Replied, address
from arena.core.recall import view
from arena.core.table import blank, evolve, fold
from arena.core.view import Ask, Reply, View
from arena.errors import Unfit
from arena.moderators.agenda import opening
from arena.moderators.channels import Public
from arena.moderators.fit import check_fit
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Amnesia, Dropout, Newcomer, Noise, Saboteur
from arena.moderators.turns import Simultaneous
from arena.prompting import Prompter
from tests.playing import Function, Memory, run
from tests.secrecy.casts import acts, bargain, canaries

MERGED = Meeting(Simultaneous(), Public(whispers=True), merged=True)


class Reading:
    """Acts in public as ever; keeps what it is sent."""

    def __init__(self, meeting: Meeting) -> None:
        self.prompter, self.sent = Prompter("bargain", meeting), list[tuple[View, Ask, str, str]]()

    async def reply(self, view: View, ask: Ask) -> Reply:
        system, *rest = self.prompter.messages(view, ask)
        self.sent.append((view, ask, system.content, rest[-1].content))
        return Reply(raw=f"raw {view.seat}.{ask.nth}", body=acts(view, ask))


def match(meeting: Meeting) -> tuple[Reading, Any, Memory]:
    game, agent = bargain(3, 21), Reading(meeting)
    table, memory = run(game, meeting, [agent] * 3)
    return agent, table, memory


def test_its_first_message_holds_the_secrets_of_every_seat_and_nothing_that_nobody_knows() -> None:
    agent, table, _ = match(MERGED)
    for _, _, system, _ in agent.sent:
        for name, own in zip(table.game.names, canaries(table.game), strict=True):
            assert f"# As {name}" in system
            assert all(mark in system for mark in own)
        assert not [sheet.canary for sheet in table.game.task.truth if sheet.canary in system]
    assert len({system for _, _, system, _ in agent.sent}) == 1


def test_whispers_and_sealed_answers_of_the_others_are_told_as_theirs() -> None:
    agent, table, _ = match(MERGED)
    seen, ask, _, last = agent.sent[-1]
    names = table.game.names
    assert (seen.seat, ask.seat) == (2, 2)
    assert [other.seat for other in seen.others] == [0, 1]
    assert f'Seen by {names[0]} alone; "you" is {names[0]}:' in last
    assert f"You have answered for {names[0]} just now" in last
    assert f'"raw 0.{ask.nth}"' in last
    assert f'Seen by {names[2]}, for whom you decide now; "you" is {names[2]}:' in last
    for_the_first = [last for view, _, _, last in agent.sent if view.seat == 0][-1]
    others = for_the_first[: for_the_first.index(f"Seen by {names[0]}, for whom")]
    assert f'- You to {names[2]} alone: "psst' in others
    assert f'- {names[1]} to you alone: "psst' in others


def test_seats_that_act_together_are_asked_one_at_a_time() -> None:
    _, table, memory = match(MERGED)
    replies = [a.e.seat for line in memory.lines for a in line if isinstance(a.e, Replied)]
    assert replies[:3] == [0, 1, 2]
    step: Any = MERGED.next(run_opened(table))
    assert len(step.asks) == 1


def run_opened(table: Any) -> Any:
    """The table after its first ruling."""
    start = blank(table.game)
    return evolve(start, address(opening(start).events, table.game.everyone))


def test_without_it_no_view_holds_another() -> None:
    agents = [Function(lambda v, a: Body((Message((0, 2), "Hello."),) if v.seat == 1 else ())) for _ in range(3)]
    table, _ = run(bargain(3, 21), Meeting(), agents)
    assert all(not seen.others for agent in agents for seen, _ in agent.asked)
    assert view(table, Meeting(), 0).others == ()


def test_what_it_is_sent_follows_from_the_record() -> None:
    agent, table, memory = match(MERGED)
    for i, line in enumerate(memory.lines):
        if not isinstance(line[0].e, Replied):
            continue
        before = fold(table.game, memory.lines[:i])
        seat = line[0].e.seat
        again = Prompter("bargain", MERGED).messages(view(before, MERGED, seat), MERGED.ask(before, seat))
        _, _, system, last = agent.sent.pop(0)
        assert [message.content for message in again] == [system, last]
    assert not agent.sent


@pytest.mark.parametrize("each", [Newcomer(0, 1, "a"), Amnesia(0, 1), Noise(0.5), Saboteur(0)])
def test_what_is_about_who_knows_what_does_not_go_with_it(each: Newcomer | Amnesia | Noise | Saboteur) -> None:
    with pytest.raises(Unfit, match="merged: one agent knows and does all"):
        check_fit(Meeting(merged=True, perturb=(each,)), bargain(3, 21))
    check_fit(Meeting(merged=True, perturb=(Dropout(0, 1),)), bargain(3, 21))


def test_an_agent_that_is_asked_directly_gets_the_same_view() -> None:
    table = run_opened(match(MERGED)[1])
    seen = view(table, MERGED, 1)
    assert asyncio.run(Reading(MERGED).reply(seen, MERGED.ask(table, 1))).body is not None
    assert [len(other.known.own.sheets) for other in seen.others] == [1, 1]
