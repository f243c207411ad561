"""The first line of a transcript: all that is needed to score, verify and resume it, years later, with no key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from arena.core.draw import Draw
from arena.core.events import Seats
from arena.core.game import Game
from arena.core.price import Price
from arena.core.protocol import AnyScenario
from arena.core.task import Reference, Task
from arena.errors import NotFound, TranscriptError
from arena.moderators.meeting import Meeting
from arena.scenarios.find import find

SCHEMA = "arena-transcript/1"


class Sitter(Struct, frozen=True, omit_defaults=True):
    """Who sits in a seat.

    The name it goes by in the configuration, what kind of agent it is, and its settings (never a key). `price`: of a
    model, what its replies are counted at; None where that is not known.
    """

    name: str
    kind: str
    settings: dict[str, Any] = {}
    price: Price | None = None


class Fork(Struct, frozen=True, omit_defaults=True):
    """Where a fork left its parent.

    The parent's id, the line it shares last, that line's digest, who sat there before (or was to sit there, as a
    newcomer), and the hashes of the templates that the shared lines were prompted by.
    """

    parent: str
    line: int
    digest: str
    sitters: tuple[Sitter, ...]
    prompts: dict[str, str] = {}
    newcomers: dict[int, Sitter] = {}


class Source(Struct, frozen=True, omit_defaults=True):
    """Where an imported match is from: the format, the file and the record in it, and the licence it was published
    under.
    """

    format: str
    file: str
    record: str
    licence: str = ""


class Header(Struct, frozen=True, omit_defaults=True):
    """What is settled before the first ruling.

    `key` is the hex of the match's draw key, derived one-way from seed and salt; `repeat` tells matches apart that
    share an environment; `block` is what is compared across agents: a scenario, a seed and a rotation of the seats;
    `prompts` are the hashes of the templates; `versions` what wrote it; `newcomers` who takes which seat on
    the way; `source` where it was imported from; `digest` is over the rest of the line.
    """

    schema: str
    id: str
    scenario: str
    params: dict[str, Any]
    seed: int
    key: str
    task: msgspec.Raw
    reference: Reference
    meeting: Meeting
    sitters: tuple[Sitter, ...]
    repeat: int = 0
    prompts: dict[str, str] = {}
    versions: dict[str, str] = {}
    fork: Fork | None = None
    source: Source | None = None
    block: str = ""
    newcomers: dict[int, Sitter] = {}
    digest: str = ""

    def seated(self, line: int, relieved: Seats = ()) -> tuple[Sitter, ...]:
        """Who sat in the seats at a line, newcomers in those relieved by then: before a fork left its parent, its
        parent's."""
        of = self.fork if self.fork is not None and line <= self.fork.line else self
        if not relieved:
            return of.sitters
        return tuple([of.newcomers[seat] if seat in relieved else each for seat, each in enumerate(of.sitters)])

    def game(self) -> Game:
        """The dealt game. Raises TranscriptError where its scenario is not there or its task cannot be read."""
        try:
            scenario: AnyScenario = find(self.scenario)
        except NotFound as error:
            file = Path(self.scenario.rpartition(":")[0])
            if file.suffix == ".py" and not file.is_file():
                seen = "" if file.is_absolute() else f" in {Path.cwd()}"
                hint = "put it there" if file.is_absolute() else "put it there, or go to the directory it is found from"
                raise TranscriptError(
                    f"this transcript needs the scenario file {file}, not found{seen}; {hint}"
                ) from error
            raise TranscriptError(f"this transcript needs a scenario that is not installed: {error}") from error
        try:
            task: Task = msgspec.json.decode(self.task, type=scenario.task_type)
        except msgspec.MsgspecError as error:
            raise TranscriptError(f"the dealt task in the header does not fit {self.scenario!r}: {error}") from error
        try:
            draw = Draw(bytes.fromhex(self.key))
        except ValueError:
            raise TranscriptError(f"the header's key is no hexadecimal number: {self.key[:40]!r}") from None
        for sitters in (self.sitters, *([] if self.fork is None else [self.fork.sitters])):
            if len(sitters) != len(task.seats):
                raise TranscriptError(f"the header seats {len(sitters)} agents in {len(task.seats)} seats")
        return Game(scenario, task, draw, tuple(range(len(task.seats))))
