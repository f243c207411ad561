"""What a seat is told of its notes and of the board that all share."""

from __future__ import annotations

from itertools import pairwise

from arena.core.board import Posting
from arena.core.events import Body
from arena.core.overflow import Overflow
from arena.core.view import Ask, Reply, View
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting, Memory
from arena.moderators.turns import BidForFloor
from arena.prompting import Prompter
from tests.prompting.talks import Answer, body, game, of, talks

WAITS = Reply(body=body())


def writes(text: str) -> Answer:
    """Writes this on the board, whatever its version."""

    def answer(view: View, ask: Ask) -> Reply:
        assert ask.board is not None
        return Reply(body=Body(board=Posting(ask.board.version, text)))

    return answer


def sent(answers: list[Reply | Answer], seat: int, meeting: Meeting = Meeting(memory="board")) -> list[list[str]]:  # noqa: B008 - frozen
    """What a seat is sent at each of its turns, message by message."""
    prompter = Prompter("bargain", meeting)
    return [[m.content for m in prompter.messages(*turn)] for turn in of(seat, talks(game(), meeting, answers))]


def rules(memory: Memory) -> str:
    return sent([WAITS], 0, Meeting(memory=memory, limits=Limits(board=300)))[0][0]


def test_the_rules_tell_of_notes_and_of_the_board_where_there_are_any() -> None:
    for memory, notes, board in (("none", 0, 0), ("notes", 1, 0), ("board", 0, 1), ("both", 1, 1)):
        said = rules(memory)  # type: ignore[arg-type]
        assert said.count('- "notes":') == notes
        assert said.count('- "board":') == board
        assert said.count("you may write it anew, with 300 characters at most") == board


def test_the_board_stands_at_the_tail_in_full_where_it_is_new_and_in_a_word_where_it_is_not() -> None:
    turns = sent([WAITS, writes('He said "no".'), WAITS, WAITS, WAITS, WAITS, WAITS, writes(""), WAITS], 0)
    tails = [turn[-1] for turn in turns]
    assert "The shared board (version 0) is empty.\n\nIt is your turn, Bakers." in tails[0]
    assert "- Choir wrote on the shared board (version 1)." in tails[1]
    assert 'The shared board (version 1) reads: "He said \\"no\\"."\n\nIt is your turn' in tails[1]
    assert "The shared board is as it was (version 1).\n\nIt is your turn" in tails[2]
    assert "The shared board (version 2) is empty." in tails[3]


def test_its_author_is_told_what_stands_there_too() -> None:
    turn = sent([writes("Mine."), WAITS, WAITS, WAITS], 0)[1][-1]
    assert "- You wrote on the shared board (version 1)." in turn
    assert 'The shared board (version 1) reads: "Mine."' in turn


def test_the_prompt_only_grows_whatever_is_written() -> None:
    turns = sent([writes(f"Version {n}.") for n in range(9)], 1)
    for before, after in pairwise(turns):
        assert after[: len(before)] == before


def test_who_bids_is_shown_the_board_as_well() -> None:
    def plays(view: View, ask: Ask) -> Reply:
        return Reply(body=Body(bid=1 + ask.seat)) if ask.kind == "bid" else writes("By the floor.")(view, ask)  # type: ignore[operator, return-value]

    turns = sent([plays] * 6, 0, Meeting(turns=BidForFloor(), memory="board"))
    assert 'The shared board (version 1) reads: "By the floor."' in turns[1][-1]
    assert '"board"' not in turns[1][-1].partition("```schema")[2]


def test_after_a_summary_the_board_is_told_in_full() -> None:
    full = Reply(overflow=Overflow(1, 300, 9_000, 8_192))
    turns = sent(
        [WAITS, writes("Here."), WAITS, WAITS, WAITS, WAITS, full, Reply(body=Body(summary="Well.")), WAITS], 0
    )
    assert "as it was" not in turns[-1][-1]
    assert 'The shared board (version 1) reads: "Here."' in turns[-1][-1]
    assert "The shared board" not in turns[-2][-1]
