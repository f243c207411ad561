"""The board that all seats share: a bounded text that is written anew as a whole, version by version."""

from __future__ import annotations

from msgspec import Struct


class Board(Struct, frozen=True):
    """The board as it stands: how often it was written, what it says, and the most characters that it may have."""

    version: int
    text: str
    room: int


class Posting(Struct, frozen=True):
    """A new text for the whole board, and the version that its author had before it."""

    version: int
    text: str
