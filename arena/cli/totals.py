"""What several matches come to, in a few lines."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from arena.report.estimates import interval, over
from arena.report.numbers import NONE

if TYPE_CHECKING:
    from rich.table import Table

    from arena.results.tally import Tally
    from arena.results.totals import Totals
    from arena.scoring.cost_total import CostTotal

# What each figure is called, and what its n counts.
FIGURES = {
    "agreement_rate": ("agreement rate", "matches", 2),
    "mean_points": ("mean points of a seat", "seats", 2),
    "pareto_optimal_share": ("share of deals that are Pareto-optimal", "deals", 2),
    "joint_share": ("joint share of the maximum", "matches", 3),
    "welfare_ratio": ("mean welfare ratio", "matches", 2),
    "coordination_gain": ("coordination gain", "matches", 2),
}

NARROW = 100  # columns


def lines_of(found: Totals, cost: CostTotal) -> list[str]:
    """How many matches ended how, and the figures that are defined, over those that are not void."""
    from arena.report.status import STATUS

    how = ", ".join(f"{n:,} {STATUS.get(status, status)}" for status, n in found.statuses.items())
    lines = [f"matches: {found.matches:,} ({how})"]
    for name, (words, counted, digits) in FIGURES.items():
        figure = getattr(found, name)
        if not isnan(figure.value):
            lines.append(f"{words}: {interval(figure, digits)} ({over(figure, counted)})")
    return lines + _cost(cost)


def _cost(total: CostTotal) -> list[str]:
    from arena.report.numbers import count, money

    if not total.matches:
        return []
    words = f"tokens: {total.fresh:,} fresh, {total.cached:,} cached, {total.output:,} output"
    cost = f"cost: {money(total.usd)}"
    each = total.usd_per_gain
    if each is not None and each == each:
        cost += f", {money(each)} for each unit of V - F"
    if total.hits:
        cost += f"; {count(total.hits, 'reply', 'replies')} came from the cache"
    return [words, cost]


def by_agent(tally: Tally, width: int = 120) -> Table:
    """What each agent did in each scenario: a row a pair, intervals below their figures where it is narrow."""
    from rich.table import Table

    several = len({scenario for scenario, _ in tally.lines}) > 1
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("scenario",) * several + ("agent",):
        table.add_column(name, overflow="fold")
    for name in ("matches", "void", "settled", "gain", "payoff", "refused"):
        table.add_column(name, justify="right", no_wrap=True)
    for (scenario, agent), line in sorted(tally.lines.items()):
        figures = (
            interval(tally.figure(scenario, agent, "settled"), 0, percent=True),
            interval(tally.figure(scenario, agent, "coordination_gain"), 2),
            interval(tally.figure(scenario, agent, "payoff"), 1),
        )
        shown = figures if width > NARROW else tuple(figure.replace(" [", "\n[") for figure in figures)
        refused = f"{line.refused / line.asked:.1%}" if line.asked else NONE
        names = (*(scenario,) * several, agent)
        table.add_row(*names, f"{line.matches:,}", f"{line.void:,}", *shown, refused)
    return table
