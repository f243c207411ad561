"""From a foreign record to a transcript of ours: the game is dealt, and our moderator rules on every turn of it.

Nothing is written that the rules did not give. What they refuse, a deal that comes to other points than the record
tells, a record that goes on after its end: each is a Misread, and no transcript.
"""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from arena import __version__
from arena.core.draw import Draw
from arena.core.events import AnyAddressed, Refused, Replied
from arena.core.game import Game
from arena.core.table import Table, blank
from arena.core.task import Reference
from arena.errors import UsageError
from arena.importing.record import Misread, Record
from arena.importing.speaker import Speaker
from arena.match import play
from arena.moderators.fit import check_fit
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import Recorded
from arena.planning.instances import certificate
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.solutions.tolerance import TOLERANCE
from arena.transcripts.codec import encode, line_bytes, sealed
from arena.transcripts.header import SCHEMA, Header

Lines = Sequence[Sequence[AnyAddressed]]


class Made(Struct, frozen=True):
    """A transcript that was made of a record: its header, its lines, and where they lead."""

    header: Header
    lines: tuple[tuple[AnyAddressed, ...], ...]
    table: Table

    def written(self) -> bytes:
        """The transcript as it stands in its file; no time is known to have passed."""
        header = sealed(self.header)
        rows, digest = [encode(header) + b"\n"], header.digest
        for n, events in enumerate(self.lines, start=2):
            row, digest = line_bytes(n, 0, digest, events)
            rows.append(row)
        return b"".join(rows)


def made(record: Record) -> Made:
    """The transcript of a record. Raises Misread."""
    game, reference = _dealt(msgspec.json.encode(record.game))
    header = _header(record, game, reference)
    check_fit(header.meeting, game)
    table, lines = _played(record, header, game)
    _check(record, table, lines)
    return Made(header, lines, table)


@lru_cache(maxsize=1024)  # the same game is played many times in a corpus
def _dealt(written: bytes) -> tuple[Game, Reference]:
    """The game that a record was about. Its draws derive from itself, since nothing was drawn that we could know of."""
    root = Draw.root(0, written.decode())
    try:
        task = SCENARIO.deal(Params(game=msgspec.json.decode(written)), root.at("deal"))
        game = Game(SCENARIO, task, root, tuple(range(len(task.seats))))
        return game, certificate(game)
    except UsageError as error:
        raise Misread("the game", " ".join(str(error).split())) from None


def _header(record: Record, game: Game, reference: Reference) -> Header:
    return Header(
        schema=SCHEMA,
        id=record.id,
        scenario=SCENARIO.name,
        params={"game": record.game},
        seed=0,
        key=game.draw.key.hex(),
        task=msgspec.Raw(msgspec.json.encode(game.task)),
        reference=reference,
        meeting=_meeting(record),
        sitters=record.sitters,
        versions={"arena": __version__},
        source=record.source,
    )


def _meeting(record: Record) -> Meeting:
    """Everyone speaks when the record says so.

    Where it ends without anyone ending it, its last round is the last; where it was broken off, a seat is still due.
    """
    order = [tuple(turn.seat for turn in turns) for turns in record.rounds]
    if record.broken is not None:
        last = order.pop() if order else ()
        return Meeting(Recorded((*order, (*last, record.broken.due))))
    settled = record.turns and record.turns[-1].act is not None
    cap = len(order) if record.game.get("rounds") == "none" and not settled else None
    return Meeting(Recorded(tuple(order)), limits=Limits(rounds=cap))


class _Memory:
    """Keeps the lines; those that were flushed, as a file would."""

    def __init__(self) -> None:
        self.lines: list[tuple[AnyAddressed, ...]] = []
        self._waiting: list[tuple[AnyAddressed, ...]] = []

    def append(self, events: Sequence[AnyAddressed]) -> None:
        self._waiting.append(tuple(events))

    def flush(self) -> None:
        self.lines += self._waiting
        self._waiting.clear()


def _played(record: Record, header: Header, game: Game) -> tuple[Table, tuple[tuple[AnyAddressed, ...], ...]]:
    why = record.broken.why if record.broken is not None else "the record holds no more turns"
    seats = [[turn for turn in record.turns if turn.seat == seat] for seat in game.everyone]
    memory = _Memory()
    table = _at_once(play(blank(game), header.meeting, [Speaker(turns, why) for turns in seats], memory))
    return table, tuple(memory.lines)


def _at_once(playing: Coroutine[Any, Any, Table]) -> Table:
    """What comes of a match in which nobody has to be waited for: a loop for each would cost more than the match."""
    try:
        playing.send(None)
    except StopIteration as over:
        table: Table = over.value
        return table
    raise AssertionError("a record is there, and is not waited for")


def _check(record: Record, table: Table, lines: Lines) -> None:
    """Raises Misread where what we made is not what the record tells."""
    replies = 0
    for line in lines:
        for a in line:
            replies += isinstance(a.e, Replied)
            if isinstance(a.e, Refused):
                who = table.game.names[a.e.seat]
                raise Misread(f"turn {replies}, by {who}", f"the rules refuse it ({a.e.code}): {a.e.detail}")
    if replies < len(record.turns):
        raise Misread(f"turn {replies + 1}", "the match is over before it, by the rules")
    if record.broken is None and table.closed is None:
        raise Misread(f"turn {replies}", "the record ends here, and the match does not")
    if record.points is not None and table.valued is not None:
        _check_points(record.points, table.valued.utilities)


def _check_points(told: tuple[float, ...], ours: tuple[float, ...]) -> None:
    if any(abs(a - b) > TOLERANCE for a, b in zip(told, ours, strict=True)):
        raise Misread("the points", f"recorded are {_listed(told)}, and it comes to {_listed(ours)}")


def _listed(points: Sequence[Any]) -> str:
    return " and ".join(f"{each:g}" for each in points)
