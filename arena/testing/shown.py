"""Everything that a seat is shown, as bytes, at every cut of a match."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from arena.core.events import Posted, Said
from arena.core.recall import view
from arena.core.table import Table
from arena.models.messages import as_sent
from arena.moderators.meeting import Meeting
from arena.prompting import Prompter
from arena.prompting.prompter import Told


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

    def __init__(self, meeting: Meeting, seat: int) -> None:
        self._meeting, self._seat = meeting, seat
        self._prompter: Prompter | None = None
        self._told: dict[int, Told] = {}

    def plain(self, table: Table) -> Shown:
        """What the seat is shown now, its prompt left out."""
        seen = view(table, self._meeting, self._seat)
        ask = self._meeting.ask(table, self._seat) if table.phase >= 0 else None
        events = encode([seen.seat, seen.seats, list(seen.events)])
        return Shown(events, encode(seen.known), b"" if ask is None else encode(ask), b"")

    def shown(self, table: Table, before: Shown | None = None) -> Shown:
        """What the seat is shown now. `before`: what it was shown last; nothing is rendered where that is the same.

        Raises BadTemplate.
        """
        now = self.plain(table)
        if table.phase < 0:
            return now
        if before is not None and (before.events, before.known, before.ask) == (now.events, now.known, now.ask):
            return before
        return replace(now, prompt=self._prompt(table))

    def _prompt(self, table: Table) -> bytes:
        prompter = self._prompter = self._prompter or Prompter(table.game.scenario.name, self._meeting)
        ask = self._meeting.ask(table, self._seat)
        if ask.nth - 1 in self._told:
            prompter._told[self._seat] = self._told[ask.nth - 1]
        sent = as_sent(prompter.messages(view(table, self._meeting, self._seat), ask))
        self._told[ask.nth] = prompter._told[self._seat]
        return json.dumps(sent, ensure_ascii=False).encode()


def at_every_cut(cuts: Sequence[Table], meeting: Meeting, seat: int) -> list[Shown]:
    """What a seat is shown at every cut."""
    reader, found = Reader(meeting, seat), list[Shown]()
    for table in cuts:
        found.append(reader.shown(table, found[-1] if found else None))
    return found


def changes(cuts: Sequence[Table], meeting: Meeting, seat: int) -> list[Shown]:
    """What a seat is shown, each change of it once: the lines that it does not see leave it as it was."""
    found = at_every_cut(cuts, meeting, seat)
    return [now for before, now in zip([None, *found], found, strict=False) if now != before]


def heard(table: Table, seat: int) -> str:
    """The words that reached a seat, its own and the board's included."""
    return "\n".join(event.text for event in table.seen(seat) if isinstance(event, Said | Posted))
