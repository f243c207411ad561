"""Texts in a row that breaks between them and never within, its further lines hanging under the first."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

GAP = 2


@dataclass(frozen=True)
class Flow:
    """The parts, GAP cells between them, beside `head`; each further line begins with `under`, filled to its width."""

    head: Text
    parts: tuple[Text, ...]
    under: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line, width = self.head.copy(), options.max_width
        filled = False
        for part in self.parts:
            if filled and line.cell_len + GAP + part.cell_len > width:
                yield line
                line, filled = self.under.copy(), False
                line.pad_right(self.head.cell_len - self.under.cell_len)
            line.append(" " * GAP).append_text(part)
            filled = True
        yield line
