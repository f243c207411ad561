"""The frame of the picture of a plane: utilities to pixels, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from arena.report.plots.families.bargain.scene import Scene
from arena.report.plots.look import Row
from arena.solutions.space import Floats

WIDTH: Final = 500
HEIGHT: Final = 440
AROUND: Final = 0.05  # of the frame, left free at each side


@dataclass(frozen=True, eq=False)
class Frame:
    """The utilities that the picture's sides stand at: low and high (2,)."""

    low: Floats
    high: Floats

    def pixels(self, at: Sequence[float] | Floats) -> tuple[float, float]:
        """A point of the plane in pixels from the top left."""
        share = (np.asarray(at, dtype=float) - self.low) / (self.high - self.low)
        return float(share[0] * WIDTH), float((1 - share[1]) * HEIGHT)

    def utilities(self, x: float, y: float) -> tuple[float, float]:
        """And back."""
        at = self.low + np.array([x / WIDTH, 1 - y / HEIGHT]) * (self.high - self.low)
        return float(at[0]), float(at[1])


def framed(scene: Scene) -> Frame:
    """The frame that holds all there is in a scene."""
    corners = np.vstack([scene.space.utilities, scene.space.disagreement, scene.realised])
    low, high = corners.min(axis=0), corners.max(axis=0)
    air = np.maximum(high - low, 1.0) * AROUND
    return Frame(low - air, high + air)


def at(point: Sequence[float] | Floats) -> Row:
    """A point as a row of data."""
    return {"x": float(point[0]), "y": float(point[1])}


def span(low: Sequence[float] | Floats, high: Sequence[float] | Floats) -> Row:
    """Two points, the ends of a rule or the corners of a rectangle, as a row of data."""
    return {**at(low), "x2": float(high[0]), "y2": float(high[1])}
