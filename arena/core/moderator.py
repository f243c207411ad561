"""A moderator: the meeting, not the game; and what it may say."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from arena.core.events import AnyEvent
from arena.core.table import Table
from arena.core.view import Ask


class Ruling(Struct, frozen=True):
    """Events that become the record together, in one line, or not at all."""

    events: tuple[AnyEvent, ...]


class Asks(Struct, frozen=True):
    """Every question that is outstanding; their answers may come in any order."""

    asks: tuple[Ask, ...]


class Moderator(Protocol):
    """The meeting, not the game: it never knows what a deal is worth."""

    def next(self, table: Table, asked: tuple[Ask, ...] = ()) -> Ruling | Asks | None:
        """One atomic ruling, or all outstanding asks, or None at the end.

        `asked`: the asks that the pending replies answer, if at hand: computing them again would give the same.
        """

    @property
    def merged(self) -> bool:
        """Whether one agent is given every seat, and all that any of them sees."""

    @property
    def told(self) -> Moderator:
        """The same meeting as its seats know it: what will befall it is left out, and its asks are the same."""

    def ask(self, table: Table, seat: int) -> Ask:
        """The question that a seat would be asked now, from what that seat knows: its own table gives the same."""
