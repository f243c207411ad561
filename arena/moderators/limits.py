"""Limits on talk. Budgets are each seat's own: a shared one would tell a seat how much the others whispered."""

from __future__ import annotations

from msgspec import Struct

from arena.core.view import Allowance

NO_LIMIT = Allowance()
BOARD = 2000  # characters


class Limits(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Caps of the meeting, None for no cap: rounds; and for each seat messages, characters a message, characters in
    all. The board has `board` characters at most.

    A cap on rounds is the meeting's own, beside the deadline that the game may have: the match closes at the earlier
    one.
    """

    rounds: int | None = None
    messages: int | None = None
    characters: int | None = None
    total: int | None = None
    board: int = BOARD

    def left(self, messages: int, characters: int) -> Allowance:
        """What is left to a seat that has sent `messages` with `characters` in all."""
        if self.messages is None and self.total is None and self.characters is None:
            return NO_LIMIT
        return Allowance(
            None if self.messages is None else max(self.messages - messages, 0),
            self.characters,
            None if self.total is None else max(self.total - characters, 0),
        )


def spent(left: Allowance) -> bool:
    """Whether a seat has nothing left to say anything with."""
    return left is not NO_LIMIT and (left.messages == 0 or left.total == 0 or left.characters == 0)
