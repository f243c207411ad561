"""Words with something in the margins: a name on their first line, a bar and a note along those that not all see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

MEASURE = 76  # cells: the longest line of running text that reads well
PAGE = 110  # cells: notes do not stand further right than this
NARROWEST = 20
BAR = "┊ "
GAP = 3

Line = list[Segment]


@dataclass(frozen=True)
class Measured:
    """A body that is never wider than the measure."""

    body: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(self.body, options.update(width=min(options.max_width, MEASURE)))


@dataclass(frozen=True)
class Trimmed:
    """A body without blanks at the ends of its lines."""

    body: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.body, options, pad=False):
            yield from _stripped(line)
            yield Segment.line()


@dataclass(frozen=True)
class Beside:
    """A body with `label` beside its first line, in a column of `width` cells; if `private`, with a bar down the left.

    `note` stands at the right of the first line where there is room, else on a line above.
    """

    body: RenderableType
    label: Text = field(default_factory=Text)
    width: int = 0
    private: bool = False
    note: Text | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = Segment(BAR if self.private else " " * len(BAR), console.get_style("dim"))
        room = max(options.max_width - len(BAR) - self.width, NARROWEST)
        label = self.label.copy()
        label.set_length(self.width)
        first = [s for s in label.render(console) if s.text]
        lines = console.render_lines(self.body, options.update(width=room), pad=False)
        rows = [[bar, *(first if i == 0 else [Segment(" " * self.width)]), *line] for i, line in enumerate(lines)]
        for row in self._noted([_stripped(row) for row in rows], bar, console, min(options.max_width, PAGE)):
            yield from row
            yield Segment.line()

    def _noted(self, rows: list[Line], bar: Segment, console: Console, page: int) -> Iterable[Line]:
        """The lines with the note."""
        if self.note is None:
            return rows
        note = [s for s in self.note.render(console) if s.text]
        space = page - Segment.get_line_length(rows[0]) - Segment.get_line_length(note) if rows else 0
        if space >= GAP:
            return [[*rows[0], Segment(" " * space), *note], *rows[1:]]
        return [[bar, *note], *rows]


def _stripped(line: Iterable[Segment]) -> Line:
    """The line without the blanks at its end."""
    segments = [s for s in line if s.text]
    while segments and not segments[-1].text.strip():
        segments.pop()
    if segments:
        last = segments[-1]
        segments[-1] = Segment(last.text.rstrip(), last.style)
    return segments
