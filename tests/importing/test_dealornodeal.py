"""Deal or No Deal: a line is a view; a deal, and the three ways to have none; what does not add up is left out."""

from __future__ import annotations

import pytest

from arena.core.events import Halted, Moved, Passed, Refused, Said
from arena.importing import dealornodeal
from arena.importing.making import Made, made
from arena.importing.record import Misread
from arena.scenarios.bargain.terms import Propose, WalkAway
from tests.importing.records import events, only

TALK = "YOU: book for me ? <eos> THEM: hats for me then , and the ball <eos> YOU: deal <eos> THEM: <selection>"
DEAL = "item0=1 item1=0 item2=0 item0=0 item1=2 item2=1"


def line(output: str = DEAL, talk: str = TALK, mine: str = "1 6 2 2 1 0", theirs: str = "1 1 2 4 1 1") -> str:
    """A view of a dialogue, in which the viewer likes books and the partner hats."""
    return (
        f"<input> {mine} </input> <dialogue> {talk} </dialogue> <output> {output} </output> "
        f"<partner_input> {theirs} </partner_input>"
    )


def marks(mark: str) -> str:
    return " ".join([f"<{mark}>"] * 6)


def imported(text: str) -> Made:
    return made(only(dealornodeal.records(text, "views.txt")))


def test_a_deal_is_what_both_have_selected() -> None:
    ours = imported(line())
    assert [(e.seat, e.move) for e in events(ours, Moved)] == [
        (1, Propose(("1-0", "0-2", "0-1"))),
        (0, Propose(("1-0", "0-2", "0-1"))),
    ]
    assert (ours.table.closed, ours.table.valued.utilities) == ("agreed", (6.0, 9.0))  # type: ignore[union-attr]
    assert ours.header.reference.best == 15
    assert [(e.seat, e.text) for e in events(ours, Said)] == [
        (0, "book for me ?"), (1, "hats for me then , and the ball"), (0, "deal"),
    ]  # fmt: skip


def test_the_two_views_of_a_dialogue_come_to_the_same_from_either_side() -> None:
    other = line(
        "item0=0 item1=2 item2=1 item0=1 item1=0 item2=0",
        TALK.replace("YOU", "ME").replace("THEM", "YOU").replace("ME", "THEM"),
        "1 1 2 4 1 1",
        "1 6 2 2 1 0",
    )
    first, second = [made(only([one])) for one in dealornodeal.records(f"{line()}\n{other}\n", "views.txt")]
    assert first.table.valued is not None
    assert second.table.valued is not None
    assert first.table.valued.utilities == second.table.valued.utilities[::-1] == (6.0, 9.0)
    assert first.table.valued.value == second.table.valued.value
    assert [one.header.id for one in (first, second)] == ["views-00001", "views-00002"]


def test_whoever_presses_for_no_agreement_walks_away() -> None:
    ours = imported(line(marks("no_agreement")))
    assert [(e.seat, e.move) for e in events(ours, Moved)] == [(1, WalkAway())]
    assert ours.table.closed == "walked away"
    assert ours.table.valued.utilities == (0.0, 0.0)  # type: ignore[union-attr]


def test_selections_that_do_not_fit_are_turns_without_a_trace_and_no_deal() -> None:
    ours = imported(line(marks("disagree")))
    assert not events(ours, Moved)
    assert [e.seat for e in events(ours, Passed)] == [1, 0]
    assert (ours.table.closed, ours.table.valued.status) == ("rounds", "no_deal_missed")  # type: ignore[union-attr]


@pytest.mark.parametrize("mark", ["no_agreement", "disagree"])
def test_a_record_that_nobody_ended_ends_where_it_stops(mark: str) -> None:
    ours = imported(line(marks(mark), "YOU: no deal <eos> THEM: no deal <eos> YOU: bye"))
    assert (len(events(ours, Said)), events(ours, Moved), ours.table.closed) == (3, [], "rounds")


@pytest.mark.parametrize("talk", [TALK, "YOU: hello ?", "YOU: hello <eos> THEM: hi"])
def test_a_disconnected_match_is_void(talk: str) -> None:
    ours = imported(line(marks("disconnect"), talk))
    (halted,) = events(ours, Halted)
    assert halted.why == "a party disconnected before the end, the record says"
    assert (ours.table.closed, ours.table.valued, events(ours, Refused)) == (None, None, [])


def test_counts_and_values_are_whatever_the_line_says() -> None:
    ours = imported(line("item0=0 item1=9 item2=3 item0=0 item1=0 item2=4", mine="0 5 9 0 7 11", theirs="0 0 9 3 7 2"))
    assert ours.table.valued.utilities == (33.0, 8.0)  # type: ignore[union-attr]
    assert ours.header.params["game"]["items"] == {"books": 0, "hats": 9, "balls": 7}


BAD = {
    "cut off": (line()[:80], "its form", "found no whole <dialogue>, expected <input>, <dialogue>, <output>"),
    "something else": ("1 0 1 1 3 3", "its form", "found no whole <input>"),
    "something beside": (f"{line()} x", "its form", "found more than them"),
    "two lines in one": (line() + line(), "its form", "found more than them"),
    "a number too few": (line(mine="1 6 2 2 1"), "input", "found 5 words, expected 6 numbers"),
    "no number": (line(mine="1 six 2 2 1 0"), "input", "found 'six' of books, expected a whole number"),
    "below none": (line(mine="1 6 -2 2 1 0"), "input", "found '-2' of hats"),
    "half a point": (line(theirs="1 1 2 4 1 0.5"), "partner_input", "found '0.5' of balls"),
    "other digits": (line(mine="1 6 ２ 2 1 0"), "input", "found '２' of hats"),
    "other counts": (line(theirs="1 1 3 4 1 1"), "partner_input", "found 1 3 1 items, expected 1 2 1 as in input"),
    "a third speaker": (line(talk="ME: hi <eos> YOU: <selection>"), "utterance 1", "found 'ME: hi', expected YOU: or"),
    "no speaker": (line(talk="hello"), "utterance 1", "found 'hello'"),
    "a selection amid words": (line(talk="YOU: ok <selection>"), "utterance 1", "found <selection> among words"),
    "a selection too early": (line(talk="YOU: <selection> <eos> THEM: hi"), "utterance 1", "expected it alone and at"),
    "a deal that nobody selected": (line(talk="YOU: hi"), "dialogue", "found a deal and no <selection>"),
    "more than there is": (
        line("item0=1 item1=1 item2=0 item0=0 item1=2 item2=1"),
        "output",
        "found 1 + 2 hats, expected 2 in all",
    ),
    "less than there is": (
        line("item0=1 item1=0 item2=0 item0=0 item1=2 item2=0"),
        "output",
        "found 0 + 0 balls, expected 1 in all",
    ),
    "a word too few": (line("item0=1 item1=0 item2=0"), "output", "found 3 words, expected 6"),
    "items out of order": (
        line("item1=0 item0=1 item2=0 item0=0 item1=2 item2=1"),
        "output",
        "expected item0=... item1=... item2=... twice, or the same mark six times",
    ),
    "less than none of an item": (line("item0=2 item1=0 item2=0 item0=-1 item1=2 item2=1"), "output", "item0=-1"),
    "half a deal": (line("item0=1 item1=0 item2=0 <disagree> <disagree> <disagree>"), "output", "<disagree>"),
    "an unknown mark": (line(marks("timeout")), "output", "<timeout>"),
    "marks that differ": (line(f"{marks('disagree')[:-10]} <disconnect>"), "output", "<disagree>"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place", "reason"), BAD.values(), ids=BAD)
def test_a_line_that_cannot_be_understood_says_where_and_why(text: str, place: str, reason: str) -> None:
    first, misread, last = dealornodeal.records(f"{line()}\n{text}\n\n{line()}\n", "views.txt")
    assert isinstance(misread, Misread)
    assert misread.place == f"line 2, {place}"
    assert reason in misread.reason
    assert [only([one]).id for one in (first, last)] == ["views-00001", "views-00004"]


def test_more_divisions_than_can_be_enumerated_are_told_before_they_are_made() -> None:
    many = line("item0=0 item1=0 item2=0 item0=999998 item1=2 item2=1", TALK, "999998 1 2 2 1 0", "999998 1 2 4 1 1")
    with pytest.raises(Misread, match="5,999,994 divisions; expected at most 1,000,000"):
        imported(many)
