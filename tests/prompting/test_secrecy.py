"""What a seat is sent follows from what it was shown, and from nothing that others keep to themselves."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from arena.core.events import Message
from arena.core.view import Reply
from arena.moderators.channels import Public
from arena.moderators.meeting import Meeting
from arena.prompting import ChatMessage, Prompter
from arena.scenarios.bargain.terms import Goal
from tests.meetings import MEETINGS
from tests.prompting.talks import RULES, SHEETS, Turn, body, busily, game, of, talks

GOALS = tuple(Goal(seat, "want", 10, "Ground", "riverside", f"ONYX-{seat}AA00{seat}") for seat in range(3))


def sent(meeting: Meeting, turns: list[Turn], seat: int) -> tuple[ChatMessage, ...]:
    return Prompter("bargain", meeting).messages(*of(seat, turns)[-1])


@pytest.mark.parametrize("name", MEETINGS)
def test_no_seat_is_sent_the_mark_of_another(name: str) -> None:
    turns = busily(game(goals=GOALS), MEETINGS[name])
    for seat in range(3):
        said = "\n".join(message.content for message in sent(MEETINGS[name], turns, seat))
        for other, (sheet, goal) in enumerate(zip(SHEETS, GOALS, strict=True)):
            assert (sheet.canary in said) == (other == seat)
            assert (goal.canary in said) == (other == seat)


@pytest.mark.parametrize("name", MEETINGS)
def test_another_seat_s_sheet_and_goal_change_no_byte_of_what_a_seat_is_sent(name: str) -> None:
    others = tuple(replace(sheet, points=SHEETS[0].points, threshold=5, noise=2.0, cost=1.0) for sheet in SHEETS)
    games = [game(goals=GOALS), game(RULES, (SHEETS[0], *others[1:]), GOALS[:1])]
    turns = [busily(each, MEETINGS[name]) for each in games]
    assert sent(MEETINGS[name], turns[0], 0) == sent(MEETINGS[name], turns[1], 0)
    assert sent(MEETINGS[name], turns[0], 1) != sent(MEETINGS[name], turns[1], 1)


def test_whispers_notes_and_refusals_of_others_change_no_byte_of_what_a_seat_is_sent() -> None:
    meeting, waits = Meeting(channel=Public(whispers=True)), Reply(body=body())
    quiet = talks(game(), meeting, [waits, waits, waits, waits])
    whispered = replace(body(), messages=(Message((1,), "Between us."),), notes="I lied.")
    busy = talks(game(), meeting, [Reply("nonsense"), Reply(body=whispered), waits, waits, waits])
    assert sent(meeting, quiet, 2) == sent(meeting, busy, 2)
    assert sent(meeting, quiet, 1) != sent(meeting, busy, 1)
