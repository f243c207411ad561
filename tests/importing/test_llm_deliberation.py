"""LLM-Deliberation: the first party's last deal is judged by all thresholds; scratchpads stay with their authors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from arena.core.events import Halted, Moved, Replied, Said
from arena.errors import ConfigError, NotFound
from arena.importing import llm_deliberation
from arena.importing.llm_deliberation import Table, deal_in, table
from arena.importing.making import Made, made
from arena.importing.record import Misread, Record
from arena.scenarios.bargain.terms import Judged, Propose
from tests.importing.records import changed, events, history, only, sports_resort, without

GAME = sports_resort()
ISSUES = tuple(tuple(issue["options"]) for issue in GAME["issues"].values())
LAST = len(history()["rounds"]) - 1


def read(found: dict[str, Any], game: Table | None = None) -> Record:
    known = game or table(GAME, {}, "sports-resort")[0]
    return only(llm_deliberation.records(json.dumps(found), "history.json", known))


def saying(answer: str, number: int = LAST) -> dict[str, Any]:
    """The history, in which a round's public answer is another."""
    return changed(history(), answer, "rounds", number, "public_answer")


@pytest.fixture(scope="module")
def sample() -> Made:
    return made(read(history()))


def test_the_last_deal_of_the_first_party_stands_by_five_of_six_with_both_vetoes(sample: Made) -> None:
    (judgement,) = [
        a.e.fact for line in sample.lines for a in line if isinstance(getattr(a.e, "fact", None), Judged)
    ]  # fmt: skip
    assert judgement.stands
    agreement = sample.table.common.agreement
    assert (agreement.offer.by, agreement.offer.deal) == (0, ("A2", "B2", "C2", "D2", "E3"))
    assert agreement.offer.accepted == (0,), "nobody is taken to have accepted what nobody accepted"
    assert sample.table.valued is not None
    # 8+7+5+29+10, 11+20+2+26+15, 22+25, 8+8+18+30+4, 4+8+8+30, 20+35+20+6
    assert sample.table.valued.utilities == (59, 74, 47, 68, 50, 81)
    assert (sample.table.valued.status, sample.table.valued.value) == ("agreed", 93)


def test_every_public_answer_is_said_to_all_and_every_deal_is_an_offer(sample: Made) -> None:
    rounds = history()["rounds"]
    names = list(GAME["parties"])
    said = [(names[e.seat], e.text) for e in events(sample, Said)]
    assert said == [
        (llm_deliberation.PUBLISHED[each["agent"]], each["public_answer"].strip()) for each in rounds
    ]  # fmt: skip
    assert len(events(sample, Moved)) == len(rounds) == 26
    assert all(isinstance(e.move, Propose) for e in events(sample, Moved))


def test_scratchpads_are_their_authors_alone(sample: Made) -> None:
    thoughts = 0
    for line in sample.lines:
        for a in line:
            if isinstance(a.e, Replied) and a.e.reasoning is not None:
                thoughts += 1
                assert a.to == (a.e.seat,)
            elif not isinstance(a.e, Replied):
                assert "SCRATCHPAD" not in repr(a.e)
    assert thoughts == 25, "all but the opening"


def test_rounds_are_the_opening_the_slots_as_often_as_all_have_one_and_the_closing(sample: Made) -> None:
    turns = sample.header.meeting.turns.rounds  # type: ignore[union-attr]
    assert [len(each) for each in turns] == [1, 6, 6, 6, 6, 1]
    assert all(sorted(each) == list(range(6)) for each in turns[1:-1])
    assert (sample.table.round, sample.table.closed) == (6, "agreed")


def test_a_last_deal_that_too_few_reach_their_threshold_with_is_no_deal() -> None:
    ours = made(read(saying("All mine: <DEAL> A1, B1, C4, D1, E5 </DEAL>")))
    assert ours.table.valued is not None
    assert (ours.table.closed, ours.table.valued.status) == ("deadline", "no_deal_missed")
    assert ours.table.valued.utilities == (55, 65, 55, 30, 31, 50)


def test_thresholds_are_reached_at_equality_and_a_veto_counts() -> None:
    at_the_threshold = changed(GAME, 59, "parties", "developer", "threshold")
    above = changed(GAME, 60, "parties", "developer", "threshold")
    reached = [made(read(history(), table(game, {}, "game")[0])) for game in (at_the_threshold, above)]
    assert [one.table.closed for one in reached] == ["agreed", "deadline"], "the developer has 59 of it, and a veto"
    without_veto = changed(above, False, "parties", "developer", "veto")
    ours = made(read(history(), table(without_veto, {}, "game")[0]))
    assert ours.table.closed == "deadline", "two of six are below their thresholds"


BROKEN_DEALS = {
    "half an option": "<DEAL> A2, B2, C2, D2.5, E3 </DEAL>",
    "an option that there is not": "<DEAL> A2, B2, C2, D5, E3 </DEAL>",
    "an issue missing": "<DEAL> A2, B2, C2, D2 </DEAL>",
    "an issue twice": "<DEAL> A2, A3, C2, D2, E3 </DEAL>",
    "one too many": "<DEAL> A2, B2, C2, D2, E3, E4 </DEAL>",
    "words between": "<DEAL> A2, B2, C2 or C3, D2, E3 </DEAL>",
    "lower case": "<DEAL> a2, B2, C2, D2, E3 </DEAL>",
    "never closed": "<DEAL> A2, B2, C2, D2, E3",
    "empty": "<DEAL></DEAL>",
    "two deals": "<DEAL> A2, B2, C2, D2, E3 </DEAL> or <DEAL> A2, B2, C2, D2, E4 </DEAL>",
}


@pytest.mark.parametrize("answer", BROKEN_DEALS.values(), ids=BROKEN_DEALS)
def test_a_malformed_deal_is_said_and_not_offered_and_the_one_before_stands(answer: str) -> None:
    record = read(saying(f"Take it: {answer}"))
    ours = made(record)
    assert events(ours, Said)[-1].text == f"Take it: {answer}"
    assert len(events(ours, Moved)) == 25
    assert ours.table.common.agreement.offer.deal == ("A2", "B2", "C2", "D2", "E4"), "the developer's last that is one"
    (doubt,) = record.doubts
    assert doubt.place == f"history.json, round {LAST + 1}"
    assert "kept as words, not as an offer" in doubt.reason


def test_a_deal_is_one_option_of_every_issue_in_whatever_order() -> None:
    assert deal_in("<DEAL>E3,D2 C2;B2\nA2</DEAL>", ISSUES) == (("A2", "B2", "C2", "D2", "E3"), None)
    twice = "<DEAL> A2, B2, C2, D2, E3 </DEAL>, I repeat: <DEAL>A2,B2,C2,D2,E3</DEAL>"
    assert deal_in(twice, ISSUES) == (("A2", "B2", "C2", "D2", "E3"), None)
    assert deal_in("I like A2, B2, C2, D2, E3.", ISSUES) == (None, None), "words outside the tags are words"


def test_a_history_that_stops_before_its_slots_are_over_is_void() -> None:
    found = history()
    found["rounds"] = found["rounds"][:20]
    ours = made(read(found))
    (halted,) = events(ours, Halted)
    assert halted.why == "the record stops 6 turns before the end of its slots"
    assert (ours.table.closed, len(events(ours, Said))) == (None, 20)


def test_parties_go_by_their_own_names_by_published_ones_or_as_one_says() -> None:
    found = json.loads(json.dumps(history()).replace('"Mayor"', '"The mayor"'))
    known = table(GAME, {"The mayor": "mayor"}, "game")[0]
    assert read(found, known).sitters[3].settings == {"speaker": "The mayor"}
    with pytest.raises(
        Misread, match=r"found 'The mayor', no party of the game; say which one with --party 'The mayor"
    ):
        read(found)
    with pytest.raises(NotFound, match="did you mean 'mayor'"):
        table(GAME, {"The mayor": "major"}, "game")


def test_a_game_that_names_no_rule_is_played_by_all_but_one_and_what_is_no_part_of_it_is_told() -> None:
    bare = {**without(GAME, "acceptance"), "known": {"deals": 720}, "rule": "all but one"}
    known, beside = table(bare, {}, "game")
    assert (known.game["acceptance"], beside) == ("all-but-one", ("known", "rule"))
    assert made(read(history(), known)).table.closed == "agreed"
    with pytest.raises(ConfigError, match=r"parties\.mayor\.treshold: found an unknown key"):
        table(changed(GAME, 5, "parties", "mayor", "treshold"), {}, "game")


def test_another_party_may_be_the_one_that_is_judged() -> None:
    known = table({**GAME, "judged": "mayor"}, {}, "game")[0]
    with pytest.raises(Misread, match="round 1: found 'SportCo', expected mayor by slot_assignment"):
        read(history(), known)


BAD = {
    "no public answer": (without(history(), "rounds", 3, "public_answer"), "the file", "missing required field"),
    "no full answer": (without(history(), "rounds", 3, "full_answer"), "the file", "`full_answer` - at `$.rounds[3]`"),
    "no slots": (without(history(), "slot_assignment"), "the file", "`slot_assignment`"),
    "a stranger": (changed(history(), "Press", "rounds", 3, "agent"), "round 4", "found 'Press', no party of the game"),
    "out of turn": (changed(history(), "Mayor", "rounds", 3, "agent"), "round 4", "found 'Mayor', expected developer"),
    "more than its slots": (
        changed(history(), [*history()["rounds"], history()["rounds"][0]], "rounds"),
        "round 27",
        "found 'SportCo', expected nobody",
    ),
    "a party without a slot": (
        changed(history(), [n for n in history()["slot_assignment"] if n != "Mayor"], "slot_assignment"),
        "slot_assignment",
        "found no slot of mayor",
    ),
    "a list": ([], "the file", "Expected `object`, got `array`"),
}  # fmt: skip


@pytest.mark.parametrize(("found", "place", "reason"), BAD.values(), ids=BAD)
def test_a_history_that_cannot_be_understood_says_where_and_why(found: Any, place: str, reason: str) -> None:
    with pytest.raises(Misread) as misread:
        read(found)
    assert misread.value.place == place
    assert reason in misread.value.reason
