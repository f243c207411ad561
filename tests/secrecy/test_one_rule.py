"""The rules that a seat reads are the objects that the moderator enforces: change one, and both change."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from arena.core.events import Body, Message, Refused
from arena.core.game import Game
from arena.core.view import Ask, View
from arena.moderators.channels import Chain, Channel, Public, Silent, Star, Teams
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.scenarios.bargain.acceptance import quorum
from arena.scenarios.bargain.terms import Acceptance, Propose
from tests.playing import Function, run
from tests.secrecy.casts import Acts, bargain, task_of
from tests.secrecy.shown import at_every_cut, tables


def ruled(game: Game, meeting: Meeting, *answers: Acts, seat: int = 0) -> tuple[str, list[str], str | None]:
    """What a seat is told before the first turn, the codes of its refusals, and why the match closed."""
    cuts = tables(game, run(game, meeting, [Function(answer) for answer in answers])[1].lines)
    codes = [event.code for event in cuts[-1].seen(seat) if isinstance(event, Refused)]
    return at_every_cut(cuts[:2], meeting, seat)[1].prompt.decode(), codes, cuts[-1].closed


def passes(view: View, ask: Ask) -> Body[Any, Any]:
    return Body()


def takes_the_first(view: View, ask: Ask) -> Body[Any, Any]:
    """Proposes the first option of everything: the first seat to do so makes an offer, the next ones accept it."""
    return Body(move=Propose(tuple(issue.options[0] for issue in view.known.common.rules.issues)))


def under(acceptance: Acceptance, vetoes: tuple[int, ...] = ()) -> Game:
    """A bargain of three with this rule of acceptance."""
    game = bargain(3, 81, vetoes=0)
    task = task_of(game)
    rules = structs.replace(task.rules, acceptance=acceptance, quorum=quorum(acceptance, 3), vetoes=vetoes)
    return structs.replace(game, task=structs.replace(task, rules=rules))


@pytest.mark.parametrize(
    ("acceptance", "vetoes", "words", "two_suffice"),
    [
        ("unanimous", (), "The first offer that all of you accept is the deal", False),
        ("majority", (), "The first offer that at least 2 of the 3 of you accept is the deal", True),
        ("all-but-one", (), "The first offer that at least 2 of the 3 of you accept is the deal", True),
        ("majority", (2,), "2 of the 3 of you accept, with {2} among them, is the deal", False),
        ("majority", (0,), "2 of the 3 of you accept, with you among them, is the deal", True),
    ],
)
def test_who_has_to_accept_is_told_as_it_is_ruled(
    acceptance: Acceptance, vetoes: tuple[int, ...], words: str, two_suffice: bool
) -> None:
    game = under(acceptance, vetoes)
    told, _, closed = ruled(game, Meeting(), takes_the_first, takes_the_first, passes)
    assert words.format(*game.names) in told
    assert closed == ("agreed" if two_suffice else "deadline")
    assert ruled(game, Meeting(), takes_the_first, takes_the_first, takes_the_first)[2] == "agreed"


@pytest.mark.parametrize("rounds", [1, 2, 4])
def test_the_deadline_is_told_as_it_is_ruled(rounds: int) -> None:
    game = bargain(3, 82, rounds=rounds)
    told, _, closed = ruled(game, Meeting(), passes, passes, passes)
    assert ("There is one round." if rounds == 1 else f"There are {rounds} rounds.") in told
    assert closed == "deadline"
    asked = Function(passes)
    run(game, Meeting(), [asked, Function(passes), Function(passes)])
    assert len(asked.asked) == rounds


def says(*texts: str, to: tuple[int, ...] = (1, 2)) -> Acts:
    """Says these things at once; nothing any more once that was refused."""

    def answer(view: View, ask: Ask) -> Body[Any, Any]:
        return Body(tuple(Message(to, text) for text in texts)) if ask.nth == 0 else Body()

    return answer


@pytest.mark.parametrize(
    ("limits", "words", "schema", "good", "bad", "code"),
    [
        (Limits(messages=1), "you may send 1 message.", '"maxItems":1', ("a",), ("a", "b"), "budget"),
        (Limits(messages=2), "you may send at most 2 messages.", '"maxItems":2', ("a", "b"), ("a", "b", "c"), "budget"),
        (Limits(characters=5), "of at most 5 characters each.", '"maxLength":5', ("fives",), ("sixsix",), "too_long"),
        (Limits(characters=6), "of at most 6 characters each.", '"maxLength":6', ("sixsix",), ("seven77",), "too_long"),
        (Limits(total=7), "at most 7 characters in all.", '"maxLength":7', ("abcd", "efg"), ("abcd", "efgh"), "budget"),
    ],
)  # fmt: skip
def test_a_limit_on_talk_is_told_as_it_is_ruled(
    limits: Limits, words: str, schema: str, good: tuple[str, ...], bad: tuple[str, ...], code: str
) -> None:
    meeting, game = Meeting(limits=limits), bargain(3, 83)
    told, codes, _ = ruled(game, meeting, says(*good), passes, passes)
    assert words in told
    assert schema.replace('"', '\\"') in told
    assert codes == []
    assert ruled(game, meeting, says(*bad), passes, passes)[1] == [code]
    assert ruled(game, Meeting(), says(*bad), passes, passes)[1] == []
    assert words not in ruled(game, Meeting(), passes, passes, passes)[0]


@pytest.mark.parametrize(
    ("channel", "words", "to", "reached"),
    [
        (Public(), "Everyone hears what is said.", (1,), False),
        (Public(whispers=True), "You may also whisper to some alone", (1,), True),
        (Star(1), "you and the others can speak only to {1}", (2,), False),
        (Star(0), "All words go through you", (2,), True),
        (Chain(), "You sit in a row: you, {1} and {2}.", (2,), False),
        (Chain(), "You sit in a row: you, {1} and {2}.", (1,), True),
        (Teams(((0, 2),)), "There are teams: you and {2}. Each can speak to their own team only", (1,), False),
        (Teams(((0, 1),)), "There are teams: you and {1}. Each can speak to their own team only", (1,), True),
        (Silent(), "Nobody can send messages", (1,), False),
    ],
)
def test_whom_a_seat_may_address_is_told_as_it_is_ruled(
    channel: Channel, words: str, to: tuple[int, ...], reached: bool
) -> None:
    game, meeting = bargain(3, 84), Meeting(channel=channel)
    told, codes, _ = ruled(game, meeting, says("Psst.", to=to), passes, passes)
    assert words.format(*game.names) in told
    assert codes == ([] if reached else ["channel"])


@pytest.mark.parametrize(
    ("refusals", "words"), [(0, "Your turn is then lost."), (1, "asked again, once;"), (3, "again, up to 3 times;")]
)
def test_how_often_a_seat_is_asked_again_is_told_as_it_is_ruled(refusals: int, words: str) -> None:
    told, codes, _ = ruled(bargain(3, 85, rounds=1), Meeting(refusals=refusals), lambda v, a: "{", passes, passes)
    assert words in told
    assert len(codes) == refusals


def test_what_may_be_answered_now_is_told_as_it_is_ruled() -> None:
    """The numbers of the offers that may be accepted stand in the prompt's schema; any other is refused."""
    game = bargain(3, 86)

    def offers(view: View, ask: Ask) -> Body[Any, Any]:
        return takes_the_first(view, ask) if ask.nth == 0 else Body()

    cuts = tables(game, run(game, Meeting(), [Function(offers), Function(passes), Function(passes)])[1].lines)
    before, after = (at_every_cut(cuts, Meeting(), 1)[cut].prompt.decode() for cut in (1, 3))
    assert "Legal moves: propose, walk_away." in before
    assert "Legal moves: propose, accept (offer 1), reject (offer 1), walk_away." in after
    assert '\\"enum\\":[1]' in after
    assert '\\"enum\\":[1]' not in before
