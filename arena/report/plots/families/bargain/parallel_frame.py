"""The frame of parallel coordinates: an axis for each seat, values to pixels, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import altair as alt
import numpy as np

from arena.report.plots.families.bargain.profiles import Profiles
from arena.report.plots.families.bargain.scene import Scene

WIDTH: Final = 510
HEIGHT: Final = 410
BAND: Final = 0.5  # of the height, at least, for what lies between the thresholds and the best
SIDES: Final = (28, 42)  # pixels left of the first axis, and right of the last for the letters


@dataclass(frozen=True, eq=False)
class Frame:
    """Where values stand: `values` at the pixels `tops`, evenly between; axes evenly apart."""

    seats: int
    values: tuple[float, ...]
    tops: tuple[float, ...]

    @property
    def apart(self) -> float:
        return (WIDTH - sum(SIDES)) / (self.seats - 1)

    @property
    def bent(self) -> bool:
        """Whether what is below the thresholds or above the best takes less room than it should."""
        return len(self.values) > 2

    def x(self, seat: int) -> float:
        """The pixels of a seat's axis from the left."""
        return SIDES[0] + seat * self.apart

    def y(self, value: float) -> float:
        """The pixels of a value from the top."""
        return float(np.interp(value, self.values, self.tops))

    def value(self, y: float) -> float:
        """And back."""
        return float(np.interp(-y, [-top for top in self.tops], self.values))


def framed(scene: Scene, how: Profiles) -> Frame:
    """All that is drawn; where thresholds and bests would lie close together, with half of the room for them."""
    rows = [offer.row for offer in scene.offers] + [int(row) for row in how.frontier]
    rows += [int(each.outcomes[0]) for each in scene.solutions.values()]
    values = how.of(np.vstack([scene.space.utilities[rows], scene.at_once, scene.realised, scene.space.disagreement]))
    low, high = float(values.min()), float(max(values.max(), 1.0))
    air = 0.04 * (high - low)
    low, high = low - air, high + air
    if not how.normalised or BAND * (high - low) < 1:
        return Frame(len(scene.names), (low, high), (HEIGHT, 0.0))
    rest = (1 - BAND) * HEIGHT / (high - low - 1)
    top = (high - 1) * rest
    return Frame(len(scene.names), (low, 0.0, 1.0, high), (HEIGHT, top + BAND * HEIGHT, top, 0.0))


def scaled(how: Profiles, frame: Frame) -> alt.Y:
    """The channel of the values."""
    title = "gain, as a share of one's best in a deal acceptable to all" if how.normalised else "points above threshold"
    scale = alt.Scale(domain=list(frame.values), range=list(frame.tops), nice=False, zero=False)
    axis = alt.Axis(grid=False, tickCount=7, zindex=1)
    if frame.bent:
        axis = alt.Axis(grid=False, values=_ticks(frame), labelExpr="format(datum.value, '~g')", zindex=1)
    return alt.Y("y:Q", title=title, scale=scale, axis=axis)


def _ticks(frame: Frame) -> list[float]:
    """Quarters between 0 and 1, whole numbers beyond, as many as there is room for."""
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    for sign, edge in ((-1, -frame.values[0]), (1, frame.values[-1])):
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10**9) if edge / step <= 5)
        ticks += [float(sign * n * step) for n in range(1, int(edge / step) + 1) if n * step > (sign > 0)]
    return sorted(ticks)
