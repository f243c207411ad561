"""Ratings: the Plackett-Luce model, in which i comes before j with odds exp(theta_i - theta_j).

Fitted to counts of who came before whom by iterative Luce spectral ranking (Maystre and Grossglauser 2015; the library
choix). `alpha` is added to every rate between two players, so that the undefeated and the winless have ratings as well.
choix has no ties: one is half a win for either side. A ranking of several counts as its pairs, which is consistent
(Azari Soufiani, Chen, Parkes and Xia 2013). Nothing depends on the order of the matches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from arena.core.draw import Draw
from arena.statistics.estimate import Estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALPHA = 0.1
DRAWS = 1000
METHOD = "bootstrap"


class Before(Struct, frozen=True):
    """Who came before whom in one instance: rows before columns, in [0, 1]; a tie is .5 both ways, 0 both ways where
    the two did not meet. n: the matches that tell it."""

    instance: str
    share: tuple[tuple[float, ...], ...]
    n: int


def rate_players(players: int, found: Sequence[Before], alpha: float = ALPHA, draws: int = DRAWS) -> list[Estimate]:
    """The rating of each player, in log odds, adding up to 0, with its 95% interval by the percentiles of a bootstrap
    over instances; no interval with fewer than two of them.

    The draws are derived from the instances' names: the same matches give the same intervals. n counts the matches.
    """
    import numpy as np

    known = sorted(found, key=lambda each: each.instance)
    tables = np.array([each.share for each in known]).reshape(len(known), players, players)
    values = plackett_luce(tables.sum(axis=0), alpha)
    n, k = sum(each.n for each in known), len(known)
    if k < 2:
        return [Estimate(float(v), np.nan, np.nan, n, k, METHOD) for v in values]
    seed = Draw.root(0, "ratings").number(*[each.instance for each in known])
    times = np.random.default_rng(seed).multinomial(k, np.full(k, 1 / k), size=draws)
    drawn = np.array([plackett_luce(np.tensordot(each, tables, axes=1), alpha) for each in times])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    errors = drawn.std(axis=0, ddof=1)
    columns = zip(values, low, high, errors, strict=True)
    return [Estimate(float(v), float(a), float(b), n, k, METHOD, float(e)) for v, a, b, e in columns]


def plackett_luce(wins: NDArray[np.float64], alpha: float = ALPHA) -> NDArray[np.float64]:
    """Ratings in log odds, adding up to 0, from how often each (row) came before each other (column)."""
    import numpy as np
    from choix import ilsr_pairwise_dense

    if len(wins) < 2:
        return np.zeros(len(wins))
    ratings: NDArray[np.float64] = ilsr_pairwise_dense(wins, alpha, max_iter=10_000)
    ratings -= ratings.mean()
    return ratings
