"""What stands above a match that is shown again: which one it is, who sat there, and through whose eyes one looks."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from arena.report.beside import Beside, Measured
from arena.report.cast import Cast
from arena.report.numbers import number
from arena.report.visible import visible
from arena.transcripts.header import Header


def heading(header: Header, cast: Cast) -> RenderableType:
    """The heading of a match. As a seat saw it, it tells neither who sat there nor what was to be had: no seat knew."""
    title = Text.assemble((visible(header.scenario), "bold"), (f" · {visible(header.id)}", "dim"))
    rule = Rule(title, align="left", style="dim")
    if cast.lens is not None:
        return Group(rule, Beside(Text("as ").append_text(cast.name(cast.lens)).append(" saw it")))
    names = [sitter.name for sitter in header.sitters]
    for seat, newcomer in header.newcomers.items():
        names[seat] += f", then {newcomer.name}"
    seated = Text(" · ").join([cast.name(seat).append(f" {visible(n)}", "not bold") for seat, n in enumerate(names)])
    origin = f"seed {header.seed}"
    if header.source is not None:
        origin = f"imported from {visible(header.source.file)}, {visible(header.source.record)}"
    best = Text(f"{origin} · optimum {number(header.reference.best)}", style="dim")
    if header.fork is not None:
        best.append(f" · forked from {visible(header.fork.parent)} after line {header.fork.line}")
    return Group(rule, Beside(Measured(seated)), Beside(best))
