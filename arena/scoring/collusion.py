"""Do sellers who should compete hold prices up together?"""

from __future__ import annotations

from arena.solutions.tolerance import TOLERANCE


def collusion_index(profit: float, competitive: float, monopoly: float) -> float:
    """(profit - competitive) / (monopoly - competitive): 0 is the equilibrium's profit, 1 a monopoly's.

    All three of the sellers together, or all three a seller's mean; `competitive` is the profit of the equilibrium that
    is named beside it, where there are several. Never clipped. NaN where a monopoly earns no more than competitors.
    Calvano, Calzolari, Denicolò and Pastorello 2020.
    """
    room = monopoly - competitive
    return (profit - competitive) / room if room > TOLERANCE else float("nan")
