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
from arena.prompting.prompter import Told

Line = Sequence[AnyAddressed]


class Shown(Struct, frozen=True):
    """What one seat is shown at a cut: its events, the world it knows, its ask were it asked now, its prompt then."""

    events: bytes
    known: bytes
    ask: bytes
    prompt: bytes


class Reader:
    """Renders the prompts of one seat, cut after cut, from the conversation as it was at the seat's last ask.

    A Prompter on its own would tell it all anew at every cut between two asks. That the bytes are the same is tested.
    """

    def __init__(self, meeting: Meeting, seat: int, scenario: str = "bargain") -> None:
        self._meeting, self._seat = meeting, seat
        self._prompter = Prompter(scenario, meeting)
        self._told: dict[int, Told] = {}

    def shown(self, table: Table, before: Shown | None = None) -> Shown:
        """What the seat is shown now. `before`: what it was shown last; nothing is rendered where that is the same."""
        seen = view(table, self._meeting, self._seat)
        events, known = encode([seen.seat, seen.seats, list(seen.events)]), encode(seen.known)
        if table.phase < 0:
            return Shown(events, known, b"", b"")
        ask = self._meeting.ask(table, self._seat)
        asked = encode(ask)
        if before is not None and (before.events, before.known, before.ask) == (events, known, asked):
            return before
        if ask.nth - 1 in self._told:
            self._prompter._told[self._seat] = self._told[ask.nth - 1]
        sent = json.dumps(as_sent(self._prompter.messages(seen, ask)), ensure_ascii=False)
        self._told[ask.nth] = self._prompter._told[self._seat]
        return Shown(events, known, asked, sent.encode())


def tables(game: Game, lines: Iterable[Line]) -> list[Table]:
    """The table at every cut, the empty one first."""
    found = [blank(game)]
    for line in lines:
        found.append(evolve(found[-1], line))
    return found


def at_every_cut(cuts: Sequence[Table], meeting: Meeting, seat: int) -> list[Shown]:
    """What a seat is shown at every cut."""
    reader, found = Reader(meeting, seat, cuts[0].game.scenario.name), list[Shown]()
    for table in cuts:
        found.append(reader.shown(table, found[-1] if found else None))
    return found


def changes(cuts: Sequence[Table], meeting: Meeting, seat: int) -> list[Shown]:
    """What a seat is shown, each change of it once: the lines that it does not see leave it as it was."""
    found = at_every_cut(cuts, meeting, seat)
    return [now for before, now in zip([None, *found], found, strict=False) if now != before]


def heard(table: Table, seat: int) -> str:
    """The words that reached a seat, its own included."""
    return "\n".join(event.text for event in table.seen(seat) if isinstance(event, Said))
