"""Who is who on the screen: the seats' names, each in a colour that stays its own, and through whose eyes one looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from arena.core.events import Seats
from arena.report.visible import visible

# Middle tones, told apart on a light ground and on a dark one; red and yellow are kept for what goes wrong.
# The first six stay six where a terminal has 16 colours.
COLOURS = ("#5f7ff0", "#cf7a2b", "#35a045", "#b048c0", "#2aa1a1", "#e060d0", "#8f8f30", "#8a86d6", "#b0785a", "#6f9aa8")
LONGEST = 14  # cells of a name; more would leave the words no room


@dataclass(frozen=True)
class Cast:
    """The names of the seats by number, and the lens: a seat's number, or None for everything."""

    names: tuple[str, ...]
    lens: int | None = None

    @property
    def width(self) -> int:
        """The cells that the widest name takes."""
        return max([min(cell_len(visible(name)), LONGEST) for name in self.names], default=0)

    def style(self, seat: int) -> str:
        """The colour of a seat."""
        return COLOURS[seat % len(COLOURS)]

    def plain(self, seat: int) -> str:
        """A seat's name; one that is not at the table goes by its number."""
        return visible(self.names[seat]) if 0 <= seat < len(self.names) else f"seat {seat}"

    def name(self, seat: int, weight: str = "bold") -> Text:
        """A seat's name in its colour."""
        return Text(self.plain(seat), style=f"{weight} {self.style(seat)}".strip())

    def label(self, seat: int) -> Text:
        """A seat's name as it stands beside its words, at most as wide as `width`."""
        name = self.plain(seat)
        if cell_len(name) > LONGEST:
            name = set_cell_size(name, LONGEST - 1).rstrip() + "…"
        return Text.assemble((name, f"bold {self.style(seat)}"))

    def several(self, seats: Sequence[int], weight: str = "") -> Text:
        """Names in a row: "Ann, Ben and Cal"."""
        row = Text()
        for i, seat in enumerate(seats):
            row.append("" if i == 0 else " and " if i == len(seats) - 1 else ", ")
            row.append_text(self.name(seat, weight))
        return row

    def whose(self, seat: int) -> Text:
        """A name in the genitive: "Ann's", "the Bakers'"."""
        return self.name(seat).append("'" if self.plain(seat).endswith("s") else "'s")

    def alone(self, to: Seats) -> Text | None:
        """Who alone sees what is shown to `to`; None for what all see, and where one looks as a seat anyway."""
        if self.lens is not None or len(to) == len(self.names):
            return None
        note = Text("seen only by ").append_text(self.several(to)) if to else Text("seen by no seat")
        note.stylize("dim")
        return note
