"""What a picture is of, and what one provides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.console import RenderableType

from arena.core.game import Game
from arena.core.table import Table
from arena.core.task import Outcome
from arena.report.cast import Cast
from arena.transcripts.codec import Line
from arena.transcripts.header import Header
from arena.transcripts.read import Transcript

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


@dataclass(frozen=True)
class Record:
    """A match as pictures read it: its header, its lines so far, and the table after the last of them."""

    header: Header
    lines: tuple[Line, ...]
    table: Table

    @property
    def game(self) -> Game:
        return self.table.game

    @property
    def cast(self) -> Cast:
        """The seats, seen with everything in view."""
        return Cast(self.game.names)

    @property
    def outcome(self) -> Outcome:
        """How it stands; of a match that goes on, where breaking off now would leave it."""
        return self.game.scenario.outcome(self.table.world, self.table.closed, self.table.forfeits)


def record(found: Transcript) -> Record:
    """The record of a transcript. Raises TranscriptError where a line does not fit the game."""
    return Record(found.header, found.lines, found.table())


class Picture(Protocol):
    """A picture that there is of every match of a family, or of any match.

    What others wrote goes into it by way of `report.visible` only.
    """

    @property
    def name(self) -> str:
        """The word that `arena plot --picture` knows it by."""

    @property
    def about(self) -> str:
        """What is seen on it, in a line."""

    def missing(self, of: Record) -> str | None:
        """Why there is none of this match; None where there is."""

    def chart(self, of: Record) -> Chart:
        """The picture, at most 800 pixels wide, with a title. Only this needs the extra `plot`."""

    def compact(self, of: Record, width: int) -> RenderableType:
        """The same figures for a terminal of so many cells, 40 or more, its heading aside."""
