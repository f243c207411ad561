"""A conversation that has outgrown its model: the request for a summary, and how it goes on from there."""

from __future__ import annotations

import pytest

from arena.core.events import Body, Fault, Message, Summarised
from arena.core.overflow import Overflow
from arena.core.view import Reply
from arena.mock.asked import fenced_schema
from arena.moderators.channels import Public
from arena.moderators.meeting import Meeting
from arena.prompting import ChatMessage, Prompter
from arena.scenarios.bargain.terms import Propose, Reserve
from tests.meetings import MEETINGS, OFFERS
from tests.prompting.talks import Answer, Turn, body, busily, game, of, summing, talks

ALL = {**MEETINGS, **OFFERS}
WHISPERS = Meeting(channel=Public(whispers=True))
DEAL = ("mill yard", "bonfire", "free entry")
WAITS = Reply(body=body())


def sent(turns: list[Turn], meeting: Meeting = WHISPERS, seat: int = 0) -> list[tuple[ChatMessage, ...]]:
    """What a seat is sent at each of its turns, by one prompter that remembers."""
    prompter = Prompter("bargain", meeting)
    return [prompter.messages(shown, ask) for shown, ask in of(seat, turns)]


def full(covers: int, room: int = 200) -> Reply:
    return Reply(overflow=Overflow(covers, room, 9_000, 8_192))


def story(*first: Reply, others: tuple[Answer | Reply, Answer | Reply] = (WAITS, WAITS)) -> list[Turn]:
    """Talks of three in which the first seat says these things in turn, and the others these at every turn."""
    waiting = iter(first)
    answers = {0: lambda *_: next(waiting), 1: others[0], 2: others[1]}

    def each(shown: object, ask: object) -> Reply:
        answer = answers[ask.seat]  # type: ignore[attr-defined]
        return answer if isinstance(answer, Reply) else answer(shown, ask)  # type: ignore[operator, no-any-return]

    turns = sum(reply.body is not None and reply.body.summary is None for reply in first)
    return talks(game(), WHISPERS, [each] * (len(first) + 2 * turns))


def said(*words: str, notes: str | None = None) -> Reply:
    return Reply(body=Body(tuple(Message((1, 2), text) for text in words), notes=notes))


SUMMARY = Reply("My summary.", Body(summary="Nobody wants\nthe mill yard."))


def test_the_request_stands_behind_the_last_answer_that_the_summary_is_to_cover() -> None:
    conversations = sent(story(said("One."), said("Two."), said("Three."), full(2), SUMMARY))
    full_length, request = conversations[3], conversations[4]
    assert len(full_length) == 8
    assert request[:-1] == full_length[:5]
    assert request[-1].role == "user"
    assert "has grown too long" in request[-1].content
    assert "It may have 200 characters" in request[-1].content
    assert fenced_schema(request[-1].content, "") == (
        '{"type":"object","properties":{"summary":{"type":"string","maxLength":200}},'
        '"required":["summary"],"additionalProperties":false}'
    )


def test_the_conversation_starts_afresh_with_the_brief_the_summary_and_what_it_did_not_cover() -> None:
    offer = Reply(body=Body((Message((0, 2), "Mine?"),), (), Propose(DEAL)))
    turns = story(
        said("One."), said("Two.", notes="Keep quiet."), said("Three."), full(1), SUMMARY, others=(offer, WAITS)
    )
    before, after = sent(turns)[2], sent(turns)[5]
    assert after[0] == before[0]
    assert [message.role for message in after] == ["system", "user"]
    lines = after[1].content.split("\n")
    assert lines[0] == '- Your own summary of what came before: "Nobody wants\\nthe mill yard."'
    told = "\n".join(lines[1:])
    # Its answer was covered; what came of it, and every answer after it, is told.
    assert [told.count(word) for word in ('You: "One."', 'You: "Two."', 'You: "Three."')] == [1, 1, 1]
    assert '- You noted: "Keep quiet."' in told
    assert told.count('- Choir: "Mine?"') == 3
    assert "has grown too long" not in told


def test_claims_of_its_own_are_told_again_after_a_summary() -> None:
    claims = Reply(body=body(to=(1,), claims=(Reserve(41),)))
    after = sent(story(said("One."), claims, full(1), SUMMARY))[-1]
    assert "- Claim by you to Choir alone: I need at least 41 points." in after[1].content


def test_after_the_summary_the_conversation_grows_again_and_can_be_summed_up_again() -> None:
    again = Reply("Again.", Body(summary="As before."))
    turns = story(said("One."), full(1), SUMMARY, said("Two."), said("Three."), full(2), again, said("Four."), WAITS)
    conversations = sent(turns)
    fresh = conversations[3]
    assert conversations[4][:2] == fresh
    assert conversations[5][:4] == conversations[4]
    assert conversations[6][:-1] == conversations[5][:5]
    assert conversations[7][1].content.startswith('- Your own summary of what came before: "As before."')
    assert "mill yard.\\" not in conversations[7][1].content
    assert conversations[8][:2] == conversations[7]


def test_a_refused_summary_is_told_why_and_not_shown_again() -> None:
    bad = Reply("{ my secret draft", fault=Fault("not_json", "The JSON breaks."))
    conversations = sent(story(said("One."), full(1), bad, SUMMARY))
    assert conversations[3][:-1] == conversations[2][:-1]
    assert conversations[3][-1].content.startswith(
        "Your summary was refused (not_json): The JSON breaks. Write it again."
    )
    assert "secret draft" not in str(conversations[3:])
    assert "not_json" not in conversations[4][1].content


def test_a_request_that_does_not_fit_either_is_put_for_less() -> None:
    conversations = sent(story(said("One."), said("Two."), full(2), full(1), SUMMARY))
    assert [len(messages) for messages in conversations[2:5]] == [6, 6, 4]
    assert conversations[4][:-1] == conversations[3][:3]


def test_after_a_turn_that_was_lost_the_conversation_goes_on_where_the_last_answer_stood() -> None:
    bad = Reply("{", fault=Fault("not_json", "The JSON breaks."))
    turns = talks(game(), WHISPERS, [
        said("One."), WAITS, WAITS, full(1), bad, bad, bad, WAITS, WAITS, full(1), SUMMARY, WAITS,
    ])  # fmt: skip
    conversations = sent(turns)
    lost = conversations[5]
    assert lost[:3] == conversations[1][:3]
    assert len(lost) == 4
    assert "you have lost that turn" in lost[3].content
    assert "you have lost that turn" in conversations[7][1].content
    assert [type(e) for e in of(0, turns)[-1][0].events].count(Summarised) == 1


@pytest.mark.parametrize("name", ALL)
def test_each_conversation_begins_with_the_one_before_or_starts_afresh(name: str) -> None:
    turns = busily(game(), ALL[name], asks=45, seat=summing)
    for seat in range(3):
        mine, fresh = of(seat, turns), 0
        conversations = sent(mine, ALL[name], seat)
        last = conversations[0]
        for (_, ask), messages in zip(mine[1:], conversations[1:], strict=True):
            if ask.kind == "summarise":
                assert messages[:-1] == last[: len(messages) - 1]
            elif len(messages) == 2:
                fresh += 1
                assert messages[0] == last[0]
                assert messages[1].content.startswith("- Your own summary")
                last = messages
            else:
                assert messages[: len(last) - 1] == last[:-1]
                last = messages
        assert fresh >= 1
