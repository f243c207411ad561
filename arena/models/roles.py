"""How the messages of a conversation are given their roles, for servers that do not take every order of them.

Pure: the same messages give the same messages, so that a prompt that was sent can be made again and its hash compared.
A conversation that grows at its end, by an answer and what the user says to it, grows at its end once arranged, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import assert_never

from msgspec import Struct

from arena.models.endpoint import Roles
from arena.models.messages import ChatMessage

BETWEEN = "\n\n"  # what stands between two messages that become one


class Sent(Struct, frozen=True):
    """One message as it is sent."""

    role: str
    content: str


def arrange(messages: Sequence[ChatMessage], roles: Roles) -> Sequence[ChatMessage]:
    """The messages as a server takes them.

    strict: what stands at the head is the system's, then user and assistant take turns; a later system message is said
    by the user, and neighbours of one role become one. merged: so too, but nobody is the system: its words begin the
    first message of the user. system-first: one system message, with the words of all of them; the rest as it was.
    """
    match roles:
        case "strict":
            return messages if _take_turns(messages) else _strict(messages)
        case "merged":
            return _alternating(("user" if m.role == "system" else m.role, m.content) for m in messages)
        case "system-first":
            rest = [Sent(m.role, m.content) for m in messages if m.role != "system"]
            system = [m.content for m in messages if m.role == "system"]
            return (Sent("system", BETWEEN.join(system)), *rest) if system else tuple(rest)
    assert_never(roles)


def _take_turns(messages: Sequence[ChatMessage]) -> bool:
    """Whether they are strict already, as a prompter's are."""
    said = [m.role for m in messages]
    return all([a != b and b != "system" for a, b in pairwise(said)])


def _strict(messages: Sequence[ChatMessage]) -> tuple[Sent, ...]:
    head = next((i for i, m in enumerate(messages) if m.role != "system"), len(messages))
    named = (("user" if m.role == "system" and i >= head else m.role, m.content) for i, m in enumerate(messages))
    return _alternating(named)


def _alternating(named: Iterable[tuple[str, str]]) -> tuple[Sent, ...]:
    """Neighbours of one role as one message."""
    runs = groupby(named, key=lambda pair: pair[0])
    return tuple([Sent(role, BETWEEN.join([content for _, content in run])) for role, run in runs])
