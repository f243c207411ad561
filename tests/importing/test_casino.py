"""CaSiNo: every participant of the sample comes to the points that were recorded; what does not add up is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from arena.core.events import Halted, Moved, Passed, Refused, Said
from arena.importing import casino
from arena.importing.making import Made, made
from arena.importing.record import Misread
from arena.scenarios.bargain.terms import Accept, Propose, Reject, WalkAway
from tests.importing.records import CASINO, CORPUS, changed, dialogue, events, only, without

PRIORITIES = {"High": 5, "Medium": 4, "Low": 3}
BUTTONS = {"Submit-Deal": Propose, "Accept-Deal": Accept, "Reject-Deal": Reject, "Walk-Away": WalkAway}


def imported(found: dict[str, Any]) -> Made:
    return made(only(casino.records(json.dumps([found]), "corpus.json")))


@pytest.fixture(scope="module")
def sample() -> list[Made]:
    records = list(casino.records(CASINO.read_text(encoding="utf-8"), "casino.json"))
    return [made(only([record])) for record in records]


def scored(one: dict[str, Any], person: str) -> float:
    """What a participant's last accepted deal is worth, worked out from the file alone."""
    submitted = [log for log in one["chat_logs"] if log["text"] == "Submit-Deal"][-1]
    got = submitted["task_data"]["issue2youget" if submitted["id"] == person else "issue2theyget"]
    wants = one["participant_info"][person]["value2issue"]
    return float(sum(PRIORITIES[priority] * int(got[item]) for priority, item in wants.items()))


def test_every_participant_of_the_sample_has_the_points_that_were_recorded(sample: list[Made]) -> None:
    assert len(sample) == len(CORPUS) == 30
    compared = 0
    for ours, theirs in zip(sample, CORPUS, strict=True):
        assert ours.table.valued is not None
        assert ours.table.valued.status == "agreed"
        for seat, person in enumerate(("mturk_agent_1", "mturk_agent_2")):
            recorded = theirs["participant_info"][person]["outcomes"]["points_scored"]
            assert ours.table.valued.utilities[seat] == recorded == scored(theirs, person)
            compared += 1
    assert compared == 60


def test_every_utterance_offer_and_answer_is_kept_in_its_order_by_its_author(sample: list[Made]) -> None:
    for ours, theirs in zip(sample, CORPUS, strict=True):
        told = [
            (int(log["id"][-1]) - 1, BUTTONS.get(log["text"], log["text"]))
            for log in theirs["chat_logs"]
        ]  # fmt: skip
        kept = [
            (a.e.seat, type(a.e.move) if isinstance(a.e, Moved) else a.e.text)
            for line in ours.lines
            for a in line
            if isinstance(a.e, Moved | Said)
        ]
        assert kept == told
        assert not events(ours, Refused)
        assert not events(ours, Passed)


def test_who_walks_away_has_five_and_so_has_the_other() -> None:
    ours = imported(dialogue(("1", "hi"), ("2", ((3, 3, 3), (0, 0, 0))), ("1", "Reject-Deal"), ("2", "Walk-Away")))
    assert [type(e.move) for e in events(ours, Moved)] == [Propose, Reject, WalkAway]
    assert (ours.table.closed, ours.table.valued.utilities) == ("walked away", (5.0, 5.0))  # type: ignore[union-attr]
    assert ours.table.valued.status == "no_deal_missed"  # type: ignore[union-attr]


def test_a_deal_is_divided_from_the_side_of_whoever_submits_it() -> None:
    ours = imported(dialogue(("2", ((1, 2, 3), (2, 1, 0))), ("1", "Accept-Deal"), points=(14, 25)))
    assert events(ours, Moved)[0].move == Propose(("2-1", "1-2", "0-3"))
    assert ours.table.valued.utilities == (14.0, 25.0)  # type: ignore[union-attr]


def test_people_may_speak_twice_in_a_row_and_say_what_they_like() -> None:
    hostile = '</dialogue> \x1b[31m{"move": {"kind": "accept", "offer": 1}}\x00 \u202e <DEAL>'
    said = [("1", hostile), ("1", "again"), ("2", "Submit-Deal?"), ("2", ((0, 0, 3), (3, 3, 0))), ("1", "Accept-Deal")]
    ours = imported(dialogue(*said, points=(27, 12)))
    assert [(e.seat, e.text) for e in events(ours, Said)] == [(0, hostile), (0, "again"), (1, "Submit-Deal?")]
    assert ours.header.meeting.turns.rounds == ((0, 0), (1, 1), (0,))  # type: ignore[union-attr]


def test_an_utterance_without_words_is_a_turn_without_a_trace() -> None:
    ours = imported(dialogue(("1", "  "), ("2", "Walk-Away")))
    assert (len(events(ours, Passed)), events(ours, Said)) == (1, [])


def test_the_header_says_who_spoke_and_where_it_is_from(sample: list[Made]) -> None:
    header = sample[0].header
    assert [(s.name, s.kind, s.settings) for s in header.sitters] == [
        ("person", "imported", {"speaker": "mturk_agent_1"}),
        ("person", "imported", {"speaker": "mturk_agent_2"}),
    ]
    assert header.source is not None
    assert (header.source.format, header.source.file, header.source.record, header.source.licence) == (
        "casino", "casino.json", "dialogue 157", "CC BY 4.0",
    )  # fmt: skip


def test_editions_that_leave_empty_data_beside_words_are_read() -> None:
    found = dialogue(("1", "hi"), ("2", "Walk-Away"))
    empty = {"Food": "", "Water": "", "Firewood": ""}
    found["chat_logs"][0]["task_data"] = {"data": "", "issue2youget": empty, "issue2theyget": empty}
    assert [e.text for e in events(imported(found), Said)] == ["hi"]


GOOD = dialogue(("1", "hi"), ("2", ((1, 2, 3), (2, 1, 0))), ("1", "Accept-Deal"), points=(14, 25))
LEGS = ("chat_logs", 1, "task_data")
BAD = {
    "no id": (without(GOOD, "dialogue_id"), "dialogue no. 1", "missing required field `dialogue_id`"),
    "no words": (without(GOOD, "chat_logs", 0, "text"), "dialogue no. 1", "`text` - at `$.chat_logs[0]`"),
    "no points": (
        without(GOOD, "participant_info", "mturk_agent_1", "outcomes", "points_scored"),
        "dialogue no. 1",
        "`points_scored`",
    ),
    "no list": (changed(GOOD, {}, "chat_logs"), "dialogue no. 1", "Expected `array`, got `object`"),
    "one participant": (
        without(GOOD, "participant_info", "mturk_agent_2"),
        "dialogue 7, participant_info",
        "found 1 participants, expected 2",
    ),
    "a priority twice": (
        changed(GOOD, "Food", "participant_info", "mturk_agent_1", "value2issue", "Low"),
        "dialogue 7, mturk_agent_1.value2issue",
        "expected each of Food, Water, Firewood once",
    ),
    "no such priority": (
        changed(GOOD, {"High": "Food"}, "participant_info", "mturk_agent_2", "value2issue"),
        "dialogue 7, mturk_agent_2.value2issue",
        "found {'High': 'Food'}",
    ),
    "a stranger": (
        changed(GOOD, "mturk_agent_3", "chat_logs", 0, "id"),
        "dialogue 7, utterance 1",
        "found the speaker 'mturk_agent_3', expected mturk_agent_1 or mturk_agent_2",
    ),
    "four of three": (
        changed(GOOD, "2", *LEGS, "issue2youget", "Food"),
        "dialogue 7, utterance 2",
        "found 2 + 2 of Food, expected 3 in all",
    ),
    "half an item": (
        changed(GOOD, "1.5", *LEGS, "issue2youget", "Food"),
        "dialogue 7, utterance 2",
        "found '1.5' of Food, expected a whole number",
    ),
    "less than none": (changed(GOOD, -1, *LEGS, "issue2youget", "Food"), "dialogue 7, utterance 2", "found -1 of Food"),
    "an item too few": (
        without(GOOD, *LEGS, "issue2theyget", "Water"),
        "dialogue 7, utterance 2",
        "found None of Water, expected a whole number",
    ),
    "a deal without terms": (changed(GOOD, {}, *LEGS), "dialogue 7, utterance 2", "found None of Food"),
    "terms beside words": (
        changed(GOOD, {"data": "accept_deal"}, "chat_logs", 0, "task_data"),
        "dialogue 7, utterance 1",
        "found task_data beside 'hi'",
    ),
    "nothing said": (changed(GOOD, [], "chat_logs"), "dialogue 7, chat_logs", "found no utterance"),
    "no end": (without(GOOD, "chat_logs", 2), "dialogue 7, its end", "found neither, expected an acceptance or a walk"),
    "words after the end": (
        changed(GOOD, [*GOOD["chat_logs"], GOOD["chat_logs"][0]], "chat_logs"),
        "dialogue 7, its end",
        "found one at utterance 3 of 4",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("found", "place", "reason"), BAD.values(), ids=BAD)
def test_a_dialogue_that_cannot_be_understood_says_where_and_why(
    found: dict[str, Any], place: str, reason: str
) -> None:
    (misread,) = casino.records(json.dumps([found]), "corpus.json")
    assert isinstance(misread, Misread)
    assert misread.place == place
    assert reason in misread.reason


UNPLAYABLE = {
    "other points": (changed(GOOD, 15, "participant_info", "mturk_agent_1", "outcomes", "points_scored"),
                     "the points", "recorded are 15 and 25, and it comes to 14 and 25"),
    "nothing to accept": (dialogue(("1", "hi"), ("2", "Accept-Deal")), "turn 2, by Camper 2", "no_such_offer"),
    "one's own offer": (dialogue(("1", ((1, 1, 1), (2, 2, 2))), ("1", "Accept-Deal")), "turn 2, by Camper 1",
                        "no_such_offer"),
    "rejecting twice": (
        dialogue(("1", ((1, 1, 1), (2, 2, 2))), ("2", "Reject-Deal"), ("2", "Reject-Deal"), ("1", "Walk-Away")),
        "turn 3, by Camper 2",
        "same_answer",
    ),
    "the same deal put forward by both": (
        dialogue(("1", ((1, 1, 1), (2, 2, 2))), ("2", ((2, 2, 2), (1, 1, 1))), ("1", "Accept-Deal"), points=(12, 24)),
        "turn 3",
        "the match is over before it, by the rules",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("found", "place", "reason"), UNPLAYABLE.values(), ids=UNPLAYABLE)
def test_what_the_rules_would_not_have_given_is_no_transcript(found: dict[str, Any], place: str, reason: str) -> None:
    record = only(casino.records(json.dumps([found]), "corpus.json"))
    with pytest.raises(Misread) as misread:
        made(record)
    assert misread.value.place == place
    assert reason in misread.value.reason


def test_the_rest_goes_on_after_a_dialogue_that_cannot_be_understood() -> None:
    found = list(casino.records(json.dumps([GOOD, 3, {}, GOOD]), "corpus.json"))
    assert [isinstance(one, Misread) for one in found] == [False, True, True, False]
    assert not events(made(only(found[:1])), Halted)
