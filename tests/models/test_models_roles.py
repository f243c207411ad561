"""How messages are given their roles."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.models.endpoint import Roles
from arena.models.roles import Sent, arrange

SAID = {"s": "system", "u": "user", "a": "assistant"}


def talk(pattern: str) -> tuple[Sent, ...]:
    """Messages by the first letters of their roles; each says its number."""
    return tuple(Sent(SAID[letter], str(i)) for i, letter in enumerate(pattern))


def shown(messages: object) -> str:
    assert isinstance(messages, tuple)
    return " ".join(f"{m.role[0]}:{m.content}".replace("\n\n", "+") for m in messages)


@pytest.mark.parametrize(
    ("pattern", "roles", "expected"),
    [
        ("suau", "strict", "s:0 u:1 a:2 u:3"),
        ("suuaau", "strict", "s:0 u:1+2 a:3+4 u:5"),
        ("ssu", "strict", "s:0+1 u:2"),
        ("susau", "strict", "s:0 u:1+2 a:3 u:4"),
        ("suasu", "strict", "s:0 u:1 a:2 u:3+4"),
        ("uau", "strict", "u:0 a:1 u:2"),
        ("suau", "merged", "u:0+1 a:2 u:3"),
        ("ssuaau", "merged", "u:0+1+2 a:3+4 u:5"),
        ("uasu", "merged", "u:0 a:1 u:2+3"),
        ("s", "merged", "u:0"),
        ("suau", "system-first", "s:0 u:1 a:2 u:3"),
        ("susau", "system-first", "s:0+2 u:1 a:3 u:4"),
        ("usuu", "system-first", "s:1 u:0 u:2 u:3"),
        ("uu", "system-first", "u:0 u:1"),
        ("", "strict", ""),
        ("", "merged", ""),
        ("", "system-first", ""),
    ],
)
def test_messages_are_arranged_as_the_server_takes_them(pattern: str, roles: Roles, expected: str) -> None:
    assert shown(arrange(talk(pattern), roles)) == expected


patterns = st.text("sua", max_size=12)


@given(patterns, st.sampled_from(get_args(Roles)))
def test_every_word_is_kept_and_arranging_again_changes_nothing(pattern: str, roles: Roles) -> None:
    messages = talk(pattern)
    once = arrange(messages, roles)
    assert sorted("\n\n".join(m.content for m in once).split("\n\n")) == sorted([m.content for m in messages] or [""])
    assert tuple(arrange(once, roles)) == tuple(once)


@given(patterns)
def test_strict_and_merged_take_turns_and_only_strict_and_system_first_have_a_system(pattern: str) -> None:
    strict, merged, first = (tuple(m.role for m in arrange(talk(pattern), roles)) for roles in get_args(Roles))
    assert all(a != b for said in (strict, merged) for a, b in itertools.pairwise(said))
    assert "system" not in (*strict[1:], *merged, *first[1:])
    assert first.count("system") == ("s" in pattern)


@given(st.integers(0, 5), st.integers(1, 4), st.sampled_from(get_args(Roles)))
def test_a_conversation_that_grows_at_its_end_begins_with_the_same_messages(n: int, more: int, roles: Roles) -> None:
    shorter, longer = talk("su" + "au" * n), talk("su" + "au" * (n + more))
    before = arrange(shorter, roles)
    assert tuple(arrange(longer, roles))[: len(before)] == tuple(before)
