"""Where prices, units and moments stand in the picture of a market."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from arena.report.plots.families.market.scene import Scene
from arena.report.plots.pixels import ticks

AXIS: Final = 46  # pixels of the numbers at the left
STEPS: Final = 222  # of the left panel
BETWEEN: Final = 22
TIME: Final = 260  # of the right one
TOP: Final = 26
HEIGHT: Final = 330
NUMBERED: Final = 17  # pixels that a trade takes which has its number on it
SHARE: Final = 0.75  # of the right panel, how much such trades may take


@dataclass(frozen=True)
class Frame:
    """`high`: the price at the top; `left`: the pixels where each offer or trade stands; `numbered`: trades have room
    for numbers."""

    high: float
    columns: int
    places: tuple[float, ...]
    numbered: bool

    def y(self, price: float) -> float:
        """The pixels of a price from the top."""
        return TOP + HEIGHT * (1 - price / self.high)

    def x(self, step: float) -> float:
        """The pixels from the left where a step of the left panel begins, the first being 0."""
        return AXIS + STEPS * step / self.columns

    @property
    def wide(self) -> float:
        """The pixels of a step."""
        return STEPS / self.columns

    def ticks(self) -> list[float]:
        """Five prices or so."""
        return ticks(0.0, self.high)


def framed(scene: Scene) -> Frame:
    """All that is drawn; every trade so wide that it can be numbered, as long as there is room."""
    shown = [unit.worth for unit in (*scene.wanted, *scene.offered)] + [offer.price for offer in scene.offers]
    high = max([*shown, *[trade.value for trade in scene.trades], *[trade.cost for trade in scene.trades]]) * 1.04
    columns = max(len(scene.wanted), len(scene.offered)) if scene.alike else len(scene.prices)
    trades = {trade.at for trade in scene.trades}
    numbered = len(trades) * NUMBERED <= SHARE * TIME
    room = NUMBERED if numbered else TIME / max(scene.length, 1)
    rest = (TIME - room * len(trades)) / max(scene.length - len(trades), 1)
    wide = [room if at in trades else min(rest, 2 * NUMBERED) for at in range(scene.length)]
    left = AXIS + STEPS + BETWEEN
    places = [left + end - each / 2 for end, each in zip(accumulate(wide), wide, strict=True)]
    return Frame(high, columns, tuple(places), numbered)
