"""Everything that a seat is shown, as bytes, at every cut of a match: what the tests of secrecy look through."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.json import encode

from arena.core.events import AnyAddressed, Said
from arena.core.game import Game
from arena.core.recall import view
from arena.core.table import Table, blank, evolve
from arena.models.messages import as_sent
from arena.moderators.meeting import Meeting
from arena.prompting import Prompter

Line = Sequence[AnyAddressed]


class Shown(Struct, frozen=True):
    """What one seat is shown at a cut: its events, the world it knows, its ask were it asked now, its prompt then."""

    events: bytes
    known: bytes
    ask: bytes
    prompt: bytes


def shown(table: Table, meeting: Meeting, seat: int, prompter: Prompter, before: Shown | None = None) -> Shown:
    """What a seat is shown now. `before`: what it was shown last; its prompt is taken over where all else is the same.

    That a prompt follows from the rest is tested on its own.
    """
    seen = view(table, meeting, seat)
    events, known = encode([seen.seat, seen.seats, list(seen.events)]), encode(seen.known)
    if table.phase < 0:
        return Shown(events, known, b"", b"")
    asked = meeting.ask(table, seat)
    ask = encode(asked)
    if before is not None and (before.events, before.known, before.ask) == (events, known, ask):
        return before
    sent = json.dumps(as_sent(prompter.messages(seen, asked)), ensure_ascii=False)
    return Shown(events, known, ask, sent.encode())


def tables(game: Game, lines: Iterable[Line]) -> list[Table]:
    """The table at every cut, the empty one first."""
    found = [blank(game)]
    for line in lines:
        found.append(evolve(found[-1], line))
    return found


def at_every_cut(cuts: Sequence[Table], meeting: Meeting, seat: int) -> list[Shown]:
    """What a seat is shown at every cut."""
    prompter, found = Prompter("bargain", meeting), list[Shown]()
    for table in cuts:
        found.append(shown(table, meeting, seat, prompter, found[-1] if found else None))
    return found


def changes(cuts: Sequence[Table], meeting: Meeting, seat: int) -> list[Shown]:
    """What a seat is shown, each change of it once: the lines that it does not see leave it as it was."""
    found = at_every_cut(cuts, meeting, seat)
    return [now for before, now in zip([None, *found], found, strict=False) if now != before]


def heard(table: Table, seat: int) -> str:
    """The words that reached a seat, its own included."""
    return "\n".join(event.text for event in table.seen(seat) if isinstance(event, Said))
