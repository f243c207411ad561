"""The bargaining solutions, each as the set of every outcome that attains it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from arena.solutions.space import Floats, Indices, Space
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True, eq=False)
class Solution:
    """What a solution attains, and every outcome that attains it: ascending indices, ties within the tolerance."""

    value: float
    outcomes: Indices


def nash(space: Space) -> Solution | None:
    """The rational outcomes with the largest product of gains (Nash 1950); None where no outcome is rational.

    Maximised over N, the parties that can gain at all; ties are relative, so that no unit matters. `value` is the
    product of all parties' gains, and so 0 where some party can gain nothing. N empty: every rational outcome.
    """
    if not len(space.rational_outcomes):
        return None
    product = gain_products(space.normalised_gains[space.rational_outcomes])
    best = int(product.argmax())
    attained = product[best] > 0 and len(space.able) == space.parties
    value = float(np.prod(space.gains[space.rational_outcomes[best]])) if attained else 0.0
    return Solution(value, space.rational_outcomes[product >= product[best] * (1 - TOLERANCE)])


def kalai_smorodinsky(space: Space) -> Solution | None:
    """The rational outcomes whose normalised gains r are leximin over N; None where no outcome is rational.

    The smallest r is made as large as it can be, then the next smallest, and so on, each within the tolerance (Kalai
    and Smorodinsky 1975; leximin, Imai 1983). `value` is the smallest r, in [0, 1]. N empty: NaN and every rational
    outcome.
    """
    if not len(space.rational_outcomes):
        return None
    rational = space.rational_outcomes
    if not len(space.able):
        return Solution(float("nan"), rational)
    worst = smallest(space.normalised_gains[rational])
    value = float(worst.max())
    tied = rational[worst >= value - TOLERANCE]
    rising = np.sort(space.normalised_gains[tied], axis=1)
    for place in range(1, rising.shape[1]):
        kept = rising[:, place] >= rising[:, place].max() - TOLERANCE
        tied, rising = tied[kept], rising[kept]
    return Solution(value, tied)


def egalitarian(space: Space) -> Solution | None:
    """The rational outcomes with the largest smallest gain, over all parties (Kalai 1977); None where none is rational.

    `value` is that gain; it means something only where utilities have a common unit.
    """
    if not len(space.rational_outcomes):
        return None
    return _largest(space, smallest(space.gains[space.rational_outcomes]))


def welfare(space: Space) -> Solution | None:
    """The rational outcomes with the largest sum of utilities, over all parties; None where no outcome is rational."""
    if not len(space.rational_outcomes):
        return None
    return _largest(space, total(space.utilities[space.rational_outcomes]))


def opposition(space: Space) -> float:
    """The smallest Euclidean distance of any outcome, rational or not, to the ideal point in r-space, in [0, sqrt(n)].

    0: everyone in N can have the most at once. NaN where X_IR or N is empty. (It is called by the same name, and taken
    over other outcomes or other units, elsewhere.)
    """
    if not len(space.able):
        return float("nan")
    missing = 1.0 - space.normalised_gains
    return float(np.sqrt(total(missing * missing).min()))


def _largest(space: Space, values: Floats) -> Solution:
    value = float(values.max())
    return Solution(value, space.rational_outcomes[values >= value - TOLERANCE])


def smallest(rows: Floats) -> Floats:
    """The smallest entry of each row; column by column, which for few columns is ten times faster than by rows."""
    return reduce(np.minimum, rows.T)


def total(rows: Floats) -> Floats:
    """The sum of each row, from the first column to the last."""
    return np.asarray(reduce(np.add, rows.T))


def gain_products(rows: Floats) -> Floats:
    """The product of each row, entries within the tolerance of 0 or below taken as 0; 1 for rows without entries."""
    return np.asarray(reduce(np.multiply, np.where(rows > TOLERANCE, rows, 0.0).T, np.ones(len(rows))))
