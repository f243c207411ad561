"""The Gantt chart of a workshop in a terminal: a line a seat, a letter for each stretch of work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.report.cast import COLOURS
from arena.report.families.workshop import LETTERS
from arena.report.flow import Flow
from arena.report.numbers import count
from arena.report.plots.families.workshop.scene import Scene, Stint
from arena.report.plots.fitting import cut
from arena.report.plots.picture import Record

WIDEST: Final = 4  # cells of a round
LARGEST: Final = 100
BESIDE: Final = 22  # cells of a task's line that are not its name nor its skill
LONGEST: Final = 16  # cells of a task's name, and of a skill's


def lines(of: Record, scene: Scene, width: int) -> RenderableType:
    """The chart and its key for a terminal of so many cells. `scene`: that of the record."""
    left = of.cast.width + 2
    rounds = max(scene.rounds, scene.best, 1)
    cell = max(min((min(width, LARGEST) - left) // rounds, WIDEST), 1)
    part = (min(width, LARGEST) - left) // cell
    parts: list[RenderableType] = []
    for first in range(0, rounds, part):
        last = min(first + part, rounds)
        parts += _heads(scene, left, cell, first, last)
        for seat in range(len(scene.names)):
            name = of.cast.label(seat)
            name.pad_right(left - name.cell_len)
            parts.append(name.append_text(_line(scene, seat, cell)[first * cell : last * cell]))
    return Group(*parts, Text(), *_key(scene), Text(), *_tasks(scene, width))


def _heads(scene: Scene, left: int, cell: int, first: int, last: int) -> Iterator[Text]:
    """The numbers of the rounds; above them an arrow where the shortest plan is done."""
    if first < scene.best <= last:
        what = "the shortest plan" if scene.exact else "no plan is shorter"
        arrow = left + (scene.best - first) * cell - 1
        before = arrow > len(what)
        text = f"{what} ▼" if before else f"▼ {what}"
        yield Text(" " * (arrow - (len(what) + 1 if before else 0)) + text, "bold")
    each = [str(t + 1)[-1 if cell < 3 else 0 :] for t in range(first, last)]
    yield Text(" " * left + "".join([number.ljust(cell) for number in each]), "dim")


def _line(scene: Scene, seat: int, cell: int) -> Text:
    return Text().join([_stint(scene, stint, cell) for stint in scene.stints if stint.seat == seat])


def _stint(scene: Scene, stint: Stint, cell: int) -> Text:
    """A letter, and a line as long as the work took; small and dotted where it had been done before, or was lost."""
    wide = (stint.end - stint.begin) * cell
    if stint.how == "idle":
        return Text("·".ljust(cell) * (stint.end - stint.begin), "dim")
    if stint.how == "handed":
        return Text(("›" if stint.to >= 0 else "‹").ljust(wide))
    style = COLOURS[scene.pieces[stint.task].skill % len(COLOURS)]
    letter = LETTERS[stint.task]
    match stint.how:
        case "lost":
            return Text((letter.lower() + "×" * (min(wide, 2) - 1)).ljust(wide), f"reverse {style}")
        case "again":
            return Text((letter.lower() + _rule("┄", wide, cell)).ljust(wide), style)
        case "new":
            return Text((letter + _rule("━", wide, cell)).ljust(wide), f"bold {style}")


def _rule(mark: str, wide: int, cell: int) -> str:
    return mark * (wide - 1 - (cell > 1))


def _key(scene: Scene) -> Iterator[RenderableType]:
    ended = f"all done in {scene.rounds}" if scene.done else f"{count(sum(map(bool, scene.left)), 'task')} not done"
    best = f"the shortest plan takes {scene.best}" if scene.exact else f"no plan is shorter than {scene.best}"
    yield Flow(Text("Rounds", "dim"), (Text(ended), Text(best)), Text())
    marks = [Text(f"A━ new ({scene.count('new')})"), Text(f"a┄ done before ({scene.count('again')})")]
    marks.append(Text(f"a× lost ({scene.count('lost')})"))
    marks.append(Text(f"› handed over ({scene.count('handed')})"))
    if any(stint.how == "handed" and stint.to < 0 for stint in scene.stints):
        marks.append(Text("‹ put down"))
    marks.append(Text(f"· nothing ({scene.count('idle')})"))
    yield Flow(Text("Work  ", "dim"), tuple(marks), Text())


def _tasks(scene: Scene, width: int) -> Iterator[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("", min_width=1)
    for title in ("task", "skill", "rounds", "after"):
        table.add_column(Text(title), justify="right" if title == "rounds" else "left", no_wrap=title != "after")
    long = min(LONGEST, (width - BESIDE) // 2)
    for task, piece in enumerate(scene.pieces):
        style = COLOURS[piece.skill % len(COLOURS)]
        part = f"{scene.left[task]} of " if scene.left[task] and scene.rounds else ""
        after = " ".join([LETTERS[other] for other in sorted(piece.after)])
        names = [Text(cut(name, long)) for name in (piece.name, scene.skills[piece.skill])]
        table.add_row(Text(LETTERS[task], f"bold {style}"), *names, f"{part}{piece.rounds}", after)
    yield table
    if any(scene.left) and scene.rounds:
        yield Text("n of m: so many rounds are left", "dim")
