"""What a worker tells of the matches that it plays: as much as is counted and shown, no words of anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from arena.core.events import AnyAddressed, Replied, Seated
from arena.core.game import Game
from arena.engines.frames import Answer, Answered, Began, Ends, Fails
from arena.runs.capacity import WAITING
from arena.runs.playing import Over
from arena.scoring.scorecard import Scorecard
from arena.transcripts.codec import encode
from arena.transcripts.header import Header

EVERY = 0.25  # seconds between two words of replies


class Telling:
    """Sends what happens; the `Watcher` of a worker's pool."""

    def __init__(self, send: Callable[[Began | Answered | Ends | Fails], None]) -> None:
        self._send = send
        self._called: dict[str, frozenset[int]] = {}  # by live match, the seats for which somebody is called
        self._replies: list[Answer] = []

    def starts(self, run: Path, matches: int) -> bool:
        return True

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        sitters = (*enumerate(header.sitters), *header.newcomers.items())
        self._called[header.id] = frozenset([seat for seat, sitter in sitters if sitter.kind in WAITING])
        seated = [addressed.e for line in lines for addressed in line if isinstance(addressed.e, Seated)]
        self._send(Began(encode(header), len(lines), {event.seat: event.agent for event in seated}))

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        reply = events[0].e  # one stands in a line of its own
        if isinstance(reply, Replied):
            if reply.seat in self._called[match]:
                self._answer(Answer(match, reply.seat, reply.usage, reply.overflow))
            return
        for addressed in events:
            if isinstance(addressed.e, Seated):
                self._answer(Answer(match, addressed.e.seat, newcomer=addressed.e.agent))

    def _answer(self, answer: Answer) -> None:
        if not self._replies:
            asyncio.get_running_loop().call_later(EVERY, self.tell)
        self._replies.append(answer)

    def tell(self) -> None:
        """Send the replies that wait to be told."""
        if self._replies:
            self._send(Answered(tuple(self._replies)))
            self._replies.clear()

    def ends(self, played: Over, card: Scorecard) -> None:
        self.tell()
        self._called.pop(played.header.id, None)
        self._send(Ends(played.header.id, played.void, card))

    def fails(self, match: str, why: str) -> None:
        self.tell()
        self._called.pop(match, None)
        self._send(Fails(match, why))

    def stops(self) -> None:
        return
