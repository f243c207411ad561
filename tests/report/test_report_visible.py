"""Text that others wrote, made safe to print."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.report.visible import JOINERS, UNSEEN, clipped, paragraphs, shortened, visible

ANY_TEXT = st.text(st.characters())  # lone surrogates included


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("\x9b2J", "\\x9b2J"),
        ("bell\x07", "bell\\x07"),
        ("back\x08\x08", "back\\x08\\x08"),
        ("\u202eevil", "\\u202eevil"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("half\ud800", "half\\ud800"),
        ("a\x00b", "a\\x00b"),
    ],
)
def test_what_would_steer_a_terminal_or_hide_in_it_is_shown_as_its_escape(text: str, safe: str) -> None:
    assert visible(text) == safe


@pytest.mark.parametrize("text", ["Grüße", "naïve café", "👩\u200d🚀 off", "می\u200cخواهم", "[bold]x[/bold]", "日本語"])
def test_ordinary_words_of_any_script_stay_as_they_are(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"])
def test_every_kind_of_line_break_is_one_and_a_carriage_return_cannot_overwrite(line_break: str) -> None:
    text = f"first{line_break}second"
    assert paragraphs(text) == ["first", "second"]
    assert visible(text) == "first second"


def test_paragraphs_keep_the_empty_lines_between_them_and_drop_those_around() -> None:
    assert paragraphs("\n\n one  \n\n two\n ") == ["one", "", " two"]
    assert paragraphs(" \n ") == []


@given(ANY_TEXT)
def test_no_unseen_character_is_ever_left(text: str) -> None:
    for made in (visible(text), *paragraphs(text), clipped(text, 20), shortened(text, 20).replace("\n", "")):
        assert not [c for c in made if category(c) in UNSEEN and c not in JOINERS]


@given(ANY_TEXT)
def test_the_safe_text_can_always_be_written_as_utf_8(text: str) -> None:
    assert visible(text).encode("utf-8").decode("utf-8") == visible(text)


def test_what_is_cut_says_how_much_there_was() -> None:
    assert clipped("abcdef", 4) == "abcd … (+2 characters)"
    assert clipped("abcd", 4) == "abcd"
    assert shortened("ab\ncd" + "x" * 2000, 5) == "ab\ncd … (+2,000 characters)"
