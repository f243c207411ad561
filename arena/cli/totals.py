"""What several matches come to, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arena.scoring.scorecard import Scorecard

# What each figure is called, and what its n counts.
FIGURES = {
    "agreement_rate": ("agreement rate", "matches", 2),
    "mean_points": ("mean points of a seat", "seats", 2),
    "pareto_optimal_share": ("share of deals that are Pareto-optimal", "deals", 2),
    "joint_share": ("joint share of the maximum", "matches", 3),
    "welfare_ratio": ("mean welfare ratio", "matches", 2),
    "coordination_gain": ("coordination gain", "matches", 2),
}


def totals(cards: Sequence[Scorecard]) -> list[str]:
    """How many matches ended how, and the figures that are defined, over those that are not void."""
    from arena.report.status import STATUS
    from arena.scoring.totals import totals as computed

    found = computed(cards)
    how = ", ".join(f"{n} {STATUS.get(status, status)}" for status, n in found.statuses.items())
    lines = [f"matches: {found.matches} ({how})"]
    for name, (words, counted, digits) in FIGURES.items():
        figure = getattr(found, name)
        if not isnan(figure.value):
            lines.append(f"{words}: {figure.value:.{digits}f} (n = {figure.n} {counted})")
    return lines + _cost(cards)


def _cost(cards: Sequence[Scorecard]) -> list[str]:
    from arena.report.numbers import count, money
    from arena.scoring.cost_total import CostTotal

    total = CostTotal()
    for card in cards:
        total.add(card.scenario, card.cost, card.headline)
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
