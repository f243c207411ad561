"""A match as a conversation: who sees what, what it looks like, and that it cannot steer the terminal."""

from __future__ import annotations

import io
import re
from typing import get_args

import pytest
from msgspec import Struct
from rich.console import Console

from arena.core.events import (
    AnyEvent,
    Body,
    Closed,
    Disclosed,
    Event,
    Fault,
    Halted,
    Message,
    Moved,
    Noted,
    Opened,
    Posted,
    Refused,
    Replied,
    Said,
    Valued,
    address,
)
from arena.report.conversation import Conversation
from arena.scenarios.bargain.terms import Accept, Issue, Propose, Rules, Sheet
from tests.report.scene import ALL, HIGH, LOW, MATCH, NAMES, OPENING, SHEETS, block, shown, words

SGR = re.compile(r"\x1b\[[0-9;]*m")
SECRETS = ["score sheet", "thinks:", "notes:", "private goal", "wrote:", "refused (", "forfeits", "passes", "bids"]


def test_the_scene_holds_every_kind_of_event_there_is() -> None:
    kinds = {getattr(kind, "__origin__", kind) for kind in get_args(Event)}
    assert {type(event) for line in MATCH for event in line} == kinds


@pytest.mark.parametrize("event", [e for line in MATCH for e in line], ids=lambda e: type(e).__name__)
def test_with_everything_in_view_no_event_passes_unseen(event: AnyEvent) -> None:
    assert shown([OPENING[:5], [event]]) != shown([OPENING[:5]])


@pytest.mark.parametrize("seat", ALL)
def test_a_seat_is_shown_its_own_sheet_and_no_other(seat: int) -> None:
    text = shown(lens=seat)
    assert [name for name in ("Bakers'", "Brass Band's", "Choir's") if f"{name} score sheet" in text] == [
        ("Bakers'", "Brass Band's", "Choir's")[seat]
    ]
    assert "truly worth" not in text


def test_a_seat_sees_none_of_what_the_others_keep_to_themselves() -> None:
    """Whatever is private to Bakers and Brass Band may be taken out of the record: Choir's screen stays the same."""
    private = [
        [event for event in line if 2 in address((event,), ALL)[0].to or isinstance(event, Valued)] for line in MATCH
    ]
    assert shown([line for line in private if line], lens=2) == shown(lens=2)
    assert "Let us begin on the lawn." in shown(lens=2)


def test_a_whisper_is_shown_to_those_it_was_for_and_says_so() -> None:
    for lens in (None, 1, 2):
        assert "to Brass Band alone\n" in shown(lens=lens)
        assert "Between us." in shown(lens=lens)
        assert "needs at least 30 points" in shown(lens=lens)
    assert "Between us." not in shown(lens=0)
    assert "needs at least 30 points" not in shown(lens=0)


def test_what_not_all_see_has_a_bar_and_a_note_of_who_does() -> None:
    text = shown()
    for line in text.splitlines():
        if any(secret in line for secret in SECRETS):
            assert line.startswith("┊ "), line
    assert "seen only by Bakers" in block(text, "Bakers' score sheet")
    assert "seen by no seat" in block(text, "truly worth to Bakers")
    assert not block(text, "To be settled").startswith("┊")
    assert "Let us begin" in block(text, "notes: Start high.")


def test_through_the_eyes_of_a_seat_nothing_is_marked() -> None:
    assert "┊" not in shown(lens=1)
    assert "seen only" not in shown(lens=1)


def test_an_offer_marks_what_changed_since_the_seats_own_last_one() -> None:
    first, second = block(shown(), "offer 1").splitlines(), block(shown(), "offer 2").splitlines()
    assert not any("›" in line or "was" in line for line in first)
    assert [line.split()[0] for line in second if "was" in line] == ["›", "›"]
    assert re.search(r"› Ground +riverside +was castle lawn", second[1])
    assert re.search(r"  Dates +midsummer$", second[2])


def test_an_offer_is_compared_with_the_last_one_even_if_that_has_lapsed() -> None:
    again = [OPENING, [Moved(0, Propose(HIGH))], [Moved(1, Propose(HIGH))], [Moved(0, Propose(LOW))]]
    assert "was castle lawn" in shown(again)


def test_to_propose_what_stands_reads_as_the_acceptance_that_it_is() -> None:
    text = shown([OPENING, [Moved(0, Propose(HIGH))], [Moved(0, Propose(HIGH))], [Moved(1, Propose(HIGH))]])
    assert "offer 1 stands as it was" in text
    assert "✓ accepts offer 1 by Bakers, proposing the same" in text
    assert "offer 2" not in text


def test_an_offer_says_what_it_is_worth_to_those_whose_sheets_one_has_seen() -> None:
    line = "worth  Bakers 108  Brass Band 40  Choir 35"
    assert line in shown()
    assert "worth  Brass Band 40" in shown(lens=1)
    assert "Bakers 108" not in shown(lens=1)
    assert "Bakers 35 (below 55)" in shown()


def test_answers_name_the_offer_and_whose_it_is() -> None:
    text = shown([OPENING, [Moved(0, Propose(HIGH))], [Moved(1, Accept(1))], [Moved(2, Accept(7))]])
    assert "✓ accepts offer 1 by Bakers" in text
    assert "✓ accepts offer 7, which does not stand" in text


def test_the_end_names_the_deal_and_comes_before_the_sums() -> None:
    text = shown()
    assert (
        text.index("The end: a deal stands") < text.index("The deal, offer 2 by Bakers") < text.index("agreed; value")
    )
    assert "value to the group 8.5" in text
    assert "The deal, offer 2" in shown(lens=0)
    assert "value to the group" not in shown(lens=0)


def test_a_name_stands_beside_what_it_tried_in_private_and_again_where_all_can_hear() -> None:
    turn = block(shown(), "wrote: no object here")
    assert [line[:2] for line in turn.splitlines() if "Brass Band " in line] == ["┊ ", "  "]
    assert "refused (no_object): Answer with one JSON object." in turn
    assert "Never." in turn
    assert "rejects offer 1" in turn


def test_what_was_understood_and_refused_is_shown_with_the_refusal_to_its_author_alone() -> None:
    lines: list[list[AnyEvent]] = [
        [*OPENING],
        [Replied(1, '{"move": "teleport"}', Body(messages=(Message((0, 2), "x"),)))],
        [Refused(1, "illegal", "You cannot teleport now.")],
    ]
    for lens in (None, 1):
        assert 'wrote: {"move": "teleport"}' in shown(lines, lens)
    assert "teleport" not in shown(lines, 0)


def test_a_halt_says_why_and_that_it_can_be_resumed() -> None:
    assert "connection refused. It is void until it is resumed." in words(shown())
    assert "\x1b[33m" in shown([[Halted("down")]], force_terminal=True, color_system="standard")


def test_line_says_whether_there_was_anything_to_see() -> None:
    conversation = Conversation(NAMES, "bargain", 2, Console(file=io.StringIO()))
    assert conversation.line(address((Noted(0, "mine"),), ALL)) is False
    assert conversation.line(address((Said(0, (1, 2), "ours"),), ALL)) is True


def test_a_very_long_message_is_cut_and_says_so() -> None:
    text = shown([[Said(0, (1, 2), "word " * 5000)]])
    assert len(text) < 8000
    assert "(+21,999 characters)" in words(text)


# Divisions ------------------------------------------------------------------------------------------------------------


def test_a_division_is_a_table_of_who_gets_how_many() -> None:
    shares = ("2-0-0", "0-2-0", "1-1-0")
    rules = Rules("harbour", (Issue("sheds", "", shares), Issue("slips", "", shares)), "unanimous", 3, (), 4, 3, (2, 2))
    sheet = Sheet(0, ((10.0, 0.0, 5.0), (4.0, 0.0, 3.0)), 6.0)
    lines = [
        [Disclosed(rules, ALL), Disclosed(sheet, (0,))],
        [Moved(0, Propose(("2-0-0", "2-0-0")))],
        [Moved(0, Propose(("2-0-0", "1-1-0")))],
    ]
    text = shown(lines)
    assert re.search(r"sheds +2 of them", text)
    assert re.search(r"sheds +each +5\n", text)  # 10 for two and 5 for one: each counts the same
    assert re.search(r"slips +0 of them 0 +1 of them 3 +2 of them 4", text)  # here it does not
    assert re.search(r"› slips +1 +1 +0\n", block(text, "offer 2") + "\n")
    assert re.search(r"  sheds +2 +0 +0\n", block(text, "offer 2"))


# Families without a look of their own ---------------------------------------------------------------------------------


class Pledge(Struct, frozen=True, tag="make_a_pledge", tag_field="kind"):
    amount: int
    to: int


class Lot(Struct, frozen=True):
    name: str
    worth: float


class Estate(Struct, frozen=True, tag="estate", tag_field="kind"):
    seat: int
    lots: tuple[Lot, ...]
    shares: dict[str, float]
    open: bool = True


def test_a_family_without_a_look_of_its_own_is_told_by_its_fields() -> None:
    estate = Estate(1, (Lot("a \x1b[31mmill[/]", 12.5), Lot("a barn", 3.0)), {"north": 0.25})
    text = shown([[Moved(0, Pledge(12, 2))], [Disclosed(estate, ALL)]], scenario="inheritance")
    assert "make a pledge  amount 12 · to Choir" in text
    assert re.search(r"seat +Brass Band\n", text)
    assert re.search(r"a \\x1b\[31mmill\[/\] +12\.5\n", text)
    assert re.search(r"shares +north +0\.25\n", text)
    assert re.search(r"open +yes\n", text)


# The terminal ---------------------------------------------------------------------------------------------------------

HOSTILE = (
    "\x1b[2J\x1b[H\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x9b31m\x90q\x9c[bold red]x[/bold red] "
    "[link=file:///etc]y[/link]\r:smile: \u202egnirts\u2066 \x00\x08\x7f\ud800 </message>"
)


HOSTILE_RULES = Rules("", (Issue(HOSTILE, HOSTILE, (HOSTILE, "b")),), "unanimous", 3, (), 4, 3, about=HOSTILE)


def test_no_text_can_steer_the_terminal_or_pass_for_markup() -> None:
    lines: list[list[AnyEvent]] = [
        [Opened((HOSTILE,) * 3), Disclosed(HOSTILE_RULES, ALL), Disclosed(Sheet(0, ((3.0, 4.0),), 1.0), (0,))],
        [Replied(0, HOSTILE, fault=Fault(HOSTILE, HOSTILE), reasoning=HOSTILE), Refused(0, HOSTILE, HOSTILE)],
        [Replied(0, HOSTILE, Body(notes=HOSTILE))],
        [Refused(0, "illegal", HOSTILE)],
        [Noted(0, HOSTILE), Said(0, (1,), HOSTILE), Said(0, (1, 2), HOSTILE), Moved(0, Propose((HOSTILE,)))],
        [Posted(0, 1, HOSTILE), Halted(HOSTILE), Closed(HOSTILE)],
    ]
    for options in ({}, {"force_terminal": True, "color_system": "truecolor"}):
        text = shown(lines, names=(HOSTILE, "Ann", "Ben"), width=80, **options)
        bare = SGR.sub("", text)
        assert not [c for c in bare if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u2066\ud800"]
        assert "[bold red]x[/bold red]" in words(bare)
        assert ":smile:" in bare


@pytest.mark.parametrize("width", [40, 60, 100, 120])
@pytest.mark.parametrize("lens", [None, 1])
def test_no_line_is_wider_than_the_terminal(width: int, lens: int | None) -> None:
    lines = [*MATCH, [Said(0, (1, 2), "unbreakable" * 30)], [Said(1, (0, 2), "日本語" * 60)]]
    console = Console(width=500)
    for line in shown(lines, lens, width).splitlines():
        assert console.measure(line).maximum <= width


def test_words_are_set_in_a_measure_that_reads_well_on_the_widest_terminal() -> None:
    text = shown([[Said(0, (1, 2), "word " * 100)]], width=200)
    assert max(len(line) for line in text.splitlines()) <= 76 + 2 + len("Brass Band") + 2


def test_without_a_terminal_the_lines_are_plain_and_end_where_their_words_do() -> None:
    for width in (60, 100):
        text = shown(width=width)
        assert "\x1b" not in text
        assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_without_colours_the_marks_still_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")  # rich takes a dumb terminal to be 80 wide, whatever it is told
    text = shown(force_terminal=True, color_system="truecolor")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", text)
    assert SGR.sub("", text) == shown()


def test_a_seat_keeps_its_colour_through_the_match() -> None:
    console = Console(record=True, file=io.StringIO(), width=100, force_terminal=True, color_system="truecolor")
    conversation = Conversation(NAMES, "bargain", None, console)
    for line in MATCH:
        conversation.line(address(tuple(line), ALL))
    page = console.export_html(inline_styles=True, code_format="{code}")
    colours = [re.findall(rf'<span style="color: (#\w+); [^"]*font-weight: bold">{name}\b', page) for name in NAMES]
    assert all(len(set(of)) == 1 and len(of) > 3 for of in colours)
    assert len({of[0] for of in colours}) == len(NAMES)


def test_the_sheets_of_the_scene_are_what_the_offer_was_valued_by() -> None:
    """The figures that the tests above look for, added up by hand."""
    assert sum(SHEETS[0].points[k][row] for k, row in enumerate((2, 1, 2))) + 8 == 108
    assert sum(SHEETS[1].points[k][row] for k, row in enumerate((2, 1, 2))) == 40
