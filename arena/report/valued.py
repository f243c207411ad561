"""How a match came out, as the game itself values it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.core.events import Valued
from arena.report.cast import Cast
from arena.report.numbers import number
from arena.report.status import STATUS
from arena.report.visible import visible


def valued(cast: Cast, e: Valued) -> RenderableType:
    """The status, the group's value, and what each seat has; its payoff only where it is not its utility."""
    head = Text.assemble((STATUS.get(e.status, visible(e.status)), "bold"), f"; value to the group {number(e.value)}")
    differ = e.payoffs != e.utilities
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    table.add_column()
    for title in ("utility", "payoff") if differ else ("utility",):
        table.add_column(Text(title), justify="right")
    for seat, utility in enumerate(e.utilities):
        payoff = [Text(number(e.payoffs[seat]))] if differ and seat < len(e.payoffs) else []
        table.add_row(cast.name(seat), Text(number(utility)), *payoff)
    return Group(head, table)
