"""A match as people like to read it: printed line by line, while it goes on or from its record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console, Group
from rich.text import Text

from arena.core.events import (
    AnyAddressed,
    Delivered,
    Disclosed,
    Moved,
    PhaseOpened,
    Refused,
    Replied,
    Said,
    Valued,
)
from arena.core.events import shown as as_seen
from arena.report.beside import Beside
from arena.report.cast import Cast
from arena.report.families.family import family
from arena.report.pieces import Piece, piece, tried


class Conversation:
    """Prints a match, ruling by ruling, through one lens: everything, or only what one seat was shown.

    names: the seats by number; scenario: its name, which finds the look of the family; lens: a seat's number, None for
    everything, where what not all seats see is marked in the margin with who does.
    """

    def __init__(self, names: Sequence[str], scenario: str, lens: int | None, console: Console) -> None:
        self._cast = Cast(tuple(names), lens)
        self._family = family(scenario)
        self._console = console
        self._replies: dict[int, Replied[Any, Any]] = {}
        self._before: Piece | None = None
        self._on_turn: int | None = None  # whose turn is not over: its thoughts stand, the ruling is to come

    def line(self, events: Sequence[AnyAddressed]) -> bool:
        """Print what there is to see of one line of the log; whether there was anything."""
        pieces = self.pieces(events)
        for each in pieces:
            self._print(each)
        replies = [a.e.seat for a in events if isinstance(a.e, Replied | Refused)]
        self._on_turn = replies[-1] if len(replies) == len(events) == 1 else None
        if self._on_turn is None:
            self._before = None
        return bool(pieces)

    def pieces(self, events: Sequence[AnyAddressed]) -> list[Piece]:
        """What there is to see of one line; the next line is seen in its light."""
        pieces: list[Piece] = []
        for shown in sorted(events, key=lambda a: isinstance(a.e, Valued)):  # the sum comes after the end
            pieces += self._seen(shown)
            sees = self._cast.lens is None or self._cast.lens in shown.to
            event = as_seen(shown.e)
            known = self._cast.lens is None and isinstance(shown.e, Delivered)  # since it was sent
            if sees and not known and isinstance(event, Said | Moved | Disclosed | PhaseOpened):
                self._family = self._family.after(event)
        return pieces

    def _seen(self, shown: AnyAddressed) -> list[Piece]:
        seen = piece(self._cast, self._family, shown)
        match shown.e:
            case Replied(seat=seat) as reply:
                self._replies[seat] = reply
            case Refused(seat=seat) if seat in self._replies:
                return [p for p in (tried(self._cast, shown, self._replies[seat]), seen) if p is not None]
        return [] if seen is None else [seen]

    def _print(self, each: Piece) -> None:
        before = self._before
        goes_on = before is not None and each.seat is not None and before.seat == each.seat
        self._before = each
        if not goes_on:
            if before is None or not (before.brief and each.brief):
                self._console.print()
            before = None
        if each.across:
            self._console.print(each.body)
            return
        body = each.body
        if each.heard is not None and (before is None or before.heard != each.heard):
            body = Group(each.heard, body)
        # Words for all after what one alone sees: the name again, so that the bar is not taken to go on.
        told = goes_on and before is not None and (before.only is None or each.only is not None)
        label = self._cast.label(each.seat) if each.seat is not None and not told else Text()
        note = None if each.heard is not None or (before is not None and before.only == each.only) else each.only
        width = self._cast.width + 2 if each.seat is not None else 0
        self._console.print(Beside(body, label, width, each.only is not None, note))
