"""The facts of a committee in a terminal: a line a fact, a column a member."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from arena.report.flow import Flow
from arena.report.plots.families.committee.scene import Block, Cell, Scene, signed
from arena.report.plots.fitting import cut
from arena.report.plots.picture import Record

HEAD: Final = 12  # cells before the members' columns
WIDEST: Final = 6
KEYED: Final = {
    "■": "knew it",
    "▲": "told it",
    "△": "told it to some only, or what it had heard",
    "✗": "told it falsely",
    "•": "heard it",
    "×": "heard it falsely",
}


def grid(of: Record, scene: Scene, width: int) -> RenderableType:
    """The picture and its key for a terminal of so many cells. `scene`: that of the record."""
    cell = min((width - HEAD) // len(scene.names), WIDEST)
    heads = Text("fact points ", "dim")
    for seat in range(len(scene.names)):
        heads.append(ascii_uppercase[seat].rjust(cell), f"bold {of.cast.style(seat)}")
    parts: list[RenderableType] = [heads]
    for k, block in enumerate(scene.blocks):
        parts += _block(of, scene, block, k, (cell, width))
    return Group(*parts, Text(), *_key(of, scene))


def _block(of: Record, scene: Scene, block: Block, k: int, sizes: tuple[int, int]) -> Iterator[Text]:
    cell, width = sizes
    title = Text(cut(block.name, min(width, 24)), "bold")
    for told, so in (("★ best", block.best), ("decoy", block.decoy), ("chosen", block.chosen)):
        title.append(f"  {told}" if so else "", "not bold")
    yield Text()
    yield title
    for line in block.lines:
        row = Text(f"{line.number:>4}{signed(line.amount):>6}  ", "dim")
        for seat, each in enumerate(line.cells):
            row.append(mark(each).rjust(cell), of.cast.style(seat))
        yield row
    yield Text(f"{'in all':<8}{signed(block.worth):>4}", "bold")
    for what, views, liked in (("own view", block.own, scene.own), ("heard", block.after, scene.after)):
        if all(len(signed(each)) < cell for each in views):
            row = Text(what.ljust(HEAD), "dim")
            for seat, value in enumerate(views):
                row.append(signed(value).rjust(cell), "bold underline" if k in liked[seat] else "")
            yield row
    for ballot, votes in enumerate(block.votes):
        if any(votes):
            ticks = ["✓" if vote else "" for vote in votes]
            yield Text(f"vote {ballot + 1}".ljust(HEAD) + "".join([tick.rjust(cell) for tick in ticks]))


def mark(cell: Cell) -> str:
    """What a fact is to a member, in a sign."""
    if cell.false:
        return "✗"
    if cell.true:
        return "▲" if cell.knew and not cell.aside else "△"
    if cell.knew:
        return "■"
    return "•" if cell.heard else "×" if cell.misheard else " "


def _key(of: Record, scene: Scene) -> Iterator[RenderableType]:
    names = [
        Text(f"{ascii_uppercase[seat]} ", of.cast.style(seat)).append_text(of.cast.label(seat))
        for seat in range(len(scene.names))
    ]
    yield Flow(Text("Members", "dim"), tuple(names), Text())
    seen = {mark(cell) for block in scene.blocks for line in block.lines for cell in line.cells}
    yield Flow(Text("Facts  ", "dim"), tuple([Text(f"{m} {what}") for m, what in KEYED.items() if m in seen]), Text())
    told = (Text("own view: by what one was told"), Text("heard: after what others told"))
    yield Flow(Text("Views  ", "dim"), told, Text())
