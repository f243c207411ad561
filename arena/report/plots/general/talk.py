"""Who spoke to whom: the messages from each seat to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.report.plots.general.heard import Heard, heard
from arena.report.plots.picture import Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


CLOSE: Final = 13  # seats from which on the columns stand closer together


class Talk:
    """A square for each pair of seats, the darker the more was said."""

    name: Final = "talk"
    about: Final = "who spoke to whom: messages of each seat to each other, and those not heard by all"

    def missing(self, of: Record) -> str | None:
        return None

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.general.matrix import matrix

        return matrix(of, heard(of))

    def compact(self, of: Record, width: int) -> RenderableType:
        spoken, cast = heard(of), of.cast
        table = Table(
            box=None, padding=(0, 2 if len(spoken.sent) < CLOSE else 1, 0, 0), header_style="dim", pad_edge=False
        )
        table.add_column(Text("from"))
        table.add_column(Text("sent"), justify="right")
        # Names for columns where they fit, else numbers, which then stand before the names.
        named = sum(len(cast.label(seat)) + 2 for seat in of.game.everyone) + cast.width + 8 <= width
        for seat in of.game.everyone:
            head = Text("to ").append_text(cast.label(seat)) if named else Text(str(seat))
            table.add_column(head, justify="right", no_wrap=True)
        for seat in of.game.everyone:
            name = cast.label(seat) if named else Text(f"{seat} ").append_text(cast.label(seat))
            table.add_row(name, str(spoken.sent[seat]), *[_cell(spoken, seat, to) for to in of.game.everyone])
        asides = sum(map(sum, spoken.aside))
        note = Text("(n): so many of these were not heard by all", "dim")
        return Group(table, *([note] if asides else []))


def _cell(spoken: Heard, seat: int, to: int) -> Text:
    if seat == to:
        return Text("·", "dim")
    aside = spoken.aside[seat][to]
    return Text(f"{spoken.all[seat][to]}" + (f" ({aside})" if aside else ""))
