"""What scripted bargainers say: a sentence to every move, in several ways, and nothing that is secret."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from arena.core.events import Disclosed, Said
from arena.moderators.channels import Ring, Silent
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.scenarios.bargain import policies
from arena.scenarios.bargain.policies.speech import KINDS
from arena.scenarios.bargain.policies.words import PLAIN, WORDS
from arena.scenarios.bargain.terms import Accept, Propose, Reject
from tests.scenarios.policy_tables import (
    HIGH_LONG,
    LOW_LONG,
    MID_LONG,
    SELLER,
    answer,
    bargain,
    in_round,
    opened,
    proposed,
    talking,
)

ANN, BOB = 0, 1
TALKERS = sorted(WORDS)
MUTE = {"silent", "absent"}
KNOWN = {
    "greet": {"who"},
    "tell": {"who", "sheet", "need"},
    "none": {"who"},
    "leave": {"who"},
    **{kind: {"who", "deal", "ask", "give"} for kind in ("open", "propose", "guess")},
    **{kind: {"who", "deal", "by", "issue"} for kind in ("accept", "take", "reject")},
}


def test_every_policy_but_the_mute_ones_has_words() -> None:
    assert set(TALKERS) == set(policies.names()) - MUTE


def test_templates_name_only_values_that_their_kind_of_sentence_has() -> None:
    every = [(kind, text) for words in WORDS.values() for kind, texts in words.items() for text in texts]
    for kind, text in [*every, *PLAIN.items()]:
        assert {field for _, field, _, _ in Formatter().parse(text) if field is not None} <= KNOWN[kind], text


def test_every_kind_of_sentence_can_be_put_plainly_and_every_move_has_one() -> None:
    assert {kind for words in WORDS.values() for kind in words} <= set(PLAIN)
    assert set(KINDS.values()) <= set(PLAIN)


def test_every_kind_of_sentence_is_varied() -> None:
    assert all(len(set(texts)) >= 2 for words in WORDS.values() for texts in words.values())


@pytest.mark.parametrize("name", TALKERS)
def test_offers_and_answers_come_with_a_sentence_that_names_what_is_meant(name: str) -> None:
    said = 0
    for number in range(1, 12):
        table = proposed(in_round(opened(bargain()), number), BOB, HIGH_LONG)
        for dice in range(10):
            body = answer(name, table, ANN, dice=dice)
            match body.move:
                case Propose(deal=(price, term)):
                    assert f"Price: {price}; Term: {term}" in body.messages[0].text
                case Accept() | Reject():
                    assert "Bob" in body.messages[0].text
                case None:
                    continue
            said += 1
    assert said > 0


@pytest.mark.parametrize("name", TALKERS)
def test_the_same_move_is_said_in_several_ways(name: str) -> None:
    said = {message.text for dice in range(30) for message in answer(name, opened(bargain()), BOB, dice=dice).messages}
    assert len(said) >= 2


@pytest.mark.parametrize("name", TALKERS)
def test_where_the_limit_is_short_the_plain_sentence_is_said_or_none(name: str) -> None:
    table = proposed(opened(bargain()), BOB, HIGH_LONG)
    for characters in (1, 20, 45, 80, 120):
        for message in answer(name, table, ANN, Meeting(limits=Limits(characters=characters))).messages:
            assert 0 < len(message.text) <= characters


@pytest.mark.parametrize("name", TALKERS)
def test_a_phase_of_talk_begins_with_a_greeting(name: str) -> None:
    body = answer(name, opened(talking(bargain())), ANN)
    assert body.move is None
    assert "Bob" in body.messages[0].text


@pytest.mark.parametrize("name", sorted(policies.names()))
def test_where_nobody_may_speak_nothing_is_said(name: str) -> None:
    body = answer(name, proposed(opened(bargain()), BOB, MID_LONG), ANN, Meeting(channel=Silent()))
    assert body.messages == ()
    assert body.claims == ()


def test_a_whisperer_speaks_to_whom_it_reaches() -> None:
    task = bargain(SELLER, SELLER, SELLER, SELLER)
    (message,) = answer("conceder", opened(task), ANN, Meeting(channel=Ring())).messages
    assert message.to == (1, 3)
    assert "Bob and Dan" in message.text


@pytest.mark.parametrize("name", sorted(set(TALKERS) - {"planner"}))
def test_none_but_the_planner_says_a_number_or_makes_a_claim(name: str) -> None:
    for number in range(1, 12):
        table = proposed(proposed(in_round(opened(bargain()), number), ANN, LOW_LONG), BOB, MID_LONG)
        for dice in range(5):
            body = answer(name, table, ANN, dice=dice)
            assert body.claims == ()
            assert not any(re.search(r"\d|CANARY", message.text) for message in body.messages)


def test_the_events_that_words_become_hold_no_canary() -> None:
    for name in TALKERS:
        body = answer(name, opened(bargain()), ANN)
        events = [Said(ANN, m.to, m.text) for m in body.messages], [Disclosed(c.fact, c.to, ANN) for c in body.claims]
        assert "CANARY" not in repr(events)
