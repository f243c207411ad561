"""What stands above a picture: which match it is of, and how that came out."""

from __future__ import annotations

from arena.report.numbers import number
from arena.report.plots.picture import Record
from arena.report.status import STATUS
from arena.report.visible import visible


def caption(of: Record) -> tuple[str, ...]:
    """Two lines or three: which match, its status and value, and where it was forked."""
    header = of.header
    which = f"{visible(header.id)} · {visible(header.scenario)} · seed {header.seed}"
    parent = header.fork
    forked = () if parent is None else (f"Forked from {visible(parent.parent)} after line {parent.line}",)
    return (which, status(of), *forked)


def status(of: Record) -> str:
    """How a match came out, or how it stands, in a line."""
    table, best = of.table, of.header.reference.best
    at_most = "at most " if of.header.reference.how == "bound" else ""
    if table.closed is None or table.valued is None:
        why = f"void, it stands still: {visible(table.halted)}" if table.halted else "not played to its end"
        return f"{why[0].upper()}{why[1:]} · round {table.round} · at most {number(best)} to be had"
    ended = STATUS.get(table.valued.status, visible(table.valued.status))
    value = f"group value {number(table.valued.value)} of {at_most}{number(best)}"
    return f"{ended[0].upper()}{ended[1:]} · round {table.round} · {value}"
