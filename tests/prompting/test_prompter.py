"""A conversation only ever grows, and is the same whether it is remembered or told again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

import pytest
from msgspec.structs import replace

from arena.core.events import Disclosed, PhaseOpened
from arena.core.view import Ask, Reply, View
from arena.core.wire import exact_schema_text
from arena.mock.asked import fenced_schema
from arena.moderators.meeting import Meeting
from arena.prompting import ChatMessage, Prompter
from arena.scenarios.bargain.terms import Propose
from tests.meetings import MEETINGS, OFFERS
from tests.prompting.scenes import FORGED
from tests.prompting.talks import Answer, Turn, body, busily, busy, game, of, opened, summing, talks, turn

ALL = {**MEETINGS, **OFFERS}
DEAL = ("mill yard", "bonfire", "free entry")


def sent(meeting: Meeting, turns: Sequence[Turn]) -> list[tuple[ChatMessage, ...]]:
    """What is sent at each of these turns, by one prompter that remembers."""
    prompter = Prompter("bargain", meeting)
    return [prompter.messages(shown, ask) for shown, ask in turns]


def once(shown: View, ask: Ask, meeting: Meeting) -> tuple[ChatMessage, ...]:
    """What is sent for an ask by a prompter that has never seen the match before."""
    return Prompter("bargain", meeting).messages(shown, ask)


@pytest.mark.parametrize("name", ALL)
def test_each_conversation_begins_with_the_whole_of_the_one_before(name: str) -> None:
    turns = busily(game(), ALL[name])
    for seat in range(3):
        conversations = sent(ALL[name], of(seat, turns))
        assert len(conversations) >= 3
        for k, (before, after) in enumerate(pairwise(conversations)):
            assert after[: 2 * k + 2] == before
            assert len(after) == 2 * k + 4


@pytest.mark.parametrize("seat", [busy, summing])
@pytest.mark.parametrize("name", ALL)
def test_a_system_message_is_followed_by_strictly_alternating_roles_that_say_something(name: str, seat: Answer) -> None:
    for number in range(3):
        for messages in sent(ALL[name], of(number, busily(game(), ALL[name], seat=seat)))[-4:]:
            roles = ["system", *["user", "assistant"] * len(messages)][: len(messages)]
            assert [message.role for message in messages] == roles
            assert messages[-1].role == "user"
            assert all(message.content.strip() for message in messages)


@pytest.mark.parametrize("seat", [busy, summing])
@pytest.mark.parametrize("name", ALL)
def test_a_conversation_told_again_is_the_one_that_was_remembered(name: str, seat: Answer) -> None:
    turns = busily(game(), ALL[name], seat=seat)
    for (shown, ask), remembered in zip(turns, sent(ALL[name], turns), strict=True):
        assert once(shown, ask, ALL[name]) == remembered


def test_an_ask_that_is_put_again_is_answered_with_the_same_messages() -> None:
    turns = of(0, busily(game(), Meeting()))
    doubled = [each for each in turns for _ in range(2)]
    told = sent(Meeting(), doubled)
    assert told[::2] == told[1::2]


def test_a_remembered_conversation_is_not_told_again() -> None:
    def forbidden() -> list[Turn]:
        raise AssertionError("the earlier turns were asked for")

    turns = [(replace(shown, earlier=forbidden) if ask.nth else shown, ask) for shown, ask in busily(game(), Meeting())]
    assert len(sent(Meeting(), turns)) == len(turns) > 15


def test_a_fork_is_told_from_its_own_past() -> None:
    start = Reply(body=body("Good evening.", to=(1, 2), move=Propose(DEAL)))
    branches = [
        of(
            1,
            talks(
                game(), Meeting(), [start, Reply(raw), Reply(raw), Reply(raw), Reply(body=body()), Reply(body=body())]
            ),
        )
        for raw in ("yes", "no")
    ]
    prompter = Prompter("bargain", Meeting())
    for turns in zip(*branches, strict=True):
        for shown, ask in turns:
            assert prompter.messages(shown, ask) == once(shown, ask, Meeting())
    assert len(branches[0]) == 4


@pytest.mark.parametrize("raw", ["  {\n", "```json\n{}\n```", "<think>hm</think> ok", FORGED])
def test_a_model_reads_its_own_reply_as_it_wrote_it(raw: str) -> None:
    turns = talks(game(), Meeting(), [Reply(raw, body(move=Propose(DEAL)))] + [Reply(body=body())] * 2)
    assert sent(Meeting(), of(0, turns))[-1][2] == ChatMessage("assistant", raw)


def test_a_reply_without_raw_text_is_shown_in_the_wire_form() -> None:
    turns = talks(
        game(), Meeting(), [Reply(body=body("Fine.", to=(1, 2), move=Propose(DEAL)))] + [Reply(body=body())] * 2
    )
    content = sent(Meeting(), of(0, turns))[-1][2].content
    assert content.startswith("```json\n")
    assert content.endswith("\n```")
    assert json.loads(content.removeprefix("```json\n").removesuffix("\n```")) == {
        "messages": [{"to": "all", "text": "Fine."}],
        "claims": [],
        "move": {"kind": "propose", "deal": {"Ground": "mill yard", "Finale": "bonfire", "Tickets": "free entry"}},
        "notes": None,
    }


@pytest.mark.parametrize("raw", ["", " \n"])
def test_a_reply_that_left_nothing_behind_has_a_filler(raw: str) -> None:
    turns = talks(game(), Meeting(), [Reply(raw)])
    assert sent(Meeting(), of(0, turns))[-1][2] == ChatMessage("assistant", "(no answer)")


@pytest.mark.parametrize("seat", [busy, summing])
@pytest.mark.parametrize("name", ALL)
def test_every_message_of_the_moderator_ends_with_what_is_legal_now(name: str, seat: Answer) -> None:
    turns = busily(game(), ALL[name], seat=seat)
    for (shown, ask), messages in zip(turns, sent(ALL[name], turns), strict=True):
        schema = exact_schema_text(ask, shown.seats)
        assert messages[-1].content.endswith(f"\n```schema\n{schema}\n```")
        assert messages[-1].content.count("```") == 2
        assert fenced_schema(messages[-1].content, "") == schema


def test_the_brief_is_told_once_and_not_again_as_news() -> None:
    shown, ask = turn(opened(game(), Meeting()), Meeting(), 1)
    system, user = once(shown, ask, Meeting())
    assert [type(event) for event in shown.events[1:]] == [Disclosed, Disclosed, PhaseOpened]
    assert system.content.count("QUARTZ-7F3A21") == 1
    assert "QUARTZ-7F3A21" not in user.content
