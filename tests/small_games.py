"""Small random bargains for properties, and the definitions spelt out in whole numbers to hold the solvers against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from arena.solutions.space import Space

Row = tuple[int, ...]


@dataclass(frozen=True)
class Game:
    """Whole utilities per outcome, what no deal gives, which outcomes pass."""

    rows: tuple[Row, ...]
    disagreement: Row
    passing: tuple[bool, ...]

    @property
    def space(self) -> Space:
        return Space(np.array(self.rows, float), np.array(self.disagreement, float), np.array(self.passing))

    @property
    def rational(self) -> list[int]:
        return [
            k for k, row in enumerate(self.rows) if all(u >= d for u, d in zip(row, self.disagreement, strict=True))
        ]

    def gains(self, k: int) -> Row:
        return tuple(u - d for u, d in zip(self.rows[k], self.disagreement, strict=True))

    @property
    def able(self) -> list[int]:
        return [i for i in range(len(self.disagreement)) if any(self.gains(k)[i] > 0 for k in self.rational)]

    def r(self, row: tuple[Fraction | int, ...]) -> tuple[Fraction, ...]:
        """Normalised gains of any utilities, over the parties that can gain."""
        most = [max(self.gains(k)[i] for k in self.rational) for i in self.able]
        return tuple(Fraction(row[i] - self.disagreement[i]) / top for i, top in zip(self.able, most, strict=True))


@st.composite
def games(draw: st.DrawFn, parties: int | None = None, unanimous: bool = False) -> Game:
    """2-6 parties, 1-25 outcomes, few distinct values: ties and duplicates abound, X_IR and N are sometimes empty.

    Now and then one party has the same in every outcome, so that N is neither empty nor everyone.
    """
    count = parties or draw(st.integers(2, 6))
    top = draw(st.sampled_from([2, 4, 9]))
    row = st.tuples(*[st.integers(-1, top)] * count)
    rows = draw(st.lists(row, min_size=1, max_size=25))
    disagreement = draw(st.tuples(*[st.integers(-2, max(1, top // 3))] * count))
    if draw(st.integers(0, 3)) == 0:
        rows = [(*one[:-1], disagreement[-1]) for one in rows]
    rational = tuple(all(u >= d for u, d in zip(one, disagreement, strict=True)) for one in rows)
    passing = rational if unanimous else tuple(draw(st.booleans()) or fine for fine in rational)
    return Game(tuple(rows), disagreement, passing)


def dominates(better: Row, worse: Row) -> bool:
    return all(a >= b for a, b in zip(better, worse, strict=True)) and better != worse


def frontier(rows: list[Row] | tuple[Row, ...]) -> list[int]:
    return [k for k, row in enumerate(rows) if not any(dominates(other, row) for other in rows)]


def best(outcomes: list[int], key: Callable[[int], Any]) -> list[int]:
    """Every outcome that attains the largest key, in order."""
    top = max(map(key, outcomes))
    return [k for k in outcomes if key(k) == top]


def outcomes_of(game: Game) -> st.SearchStrategy[tuple[Fraction, ...]]:
    """Utilities of some outcome after some loss: an agreement, at once or late, inside X_IR or not."""
    loss = st.tuples(*[st.integers(0, 6).map(lambda quarter: Fraction(quarter, 4))] * len(game.disagreement))
    whole = st.sampled_from(game.rows)
    return st.tuples(whole, st.one_of(st.just((Fraction(0),) * len(game.disagreement)), loss)).map(
        lambda drawn: tuple(u - lost for u, lost in zip(*drawn, strict=True))
    )


def floats(row: tuple[Fraction | int, ...]) -> NDArray[np.float64]:
    return np.array([float(u) for u in row])
