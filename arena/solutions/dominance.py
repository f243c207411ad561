"""Who lies above whom: for many points at once, the first of many candidates that is nowhere below."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]
Points = NDArray[Any]

_LEAF: Final = 16  # queries that are compared at once, however many candidates are left
_CELLS: Final = 1 << 16  # comparisons that are cheaper made (they fit the second-level cache) than avoided


def first_above(
    queries: Points, candidates: Points, *, split_along: int | None = None, any_will_do: bool = False
) -> Indices:
    """For each query the first candidate that is >= it in every coordinate, -1 where there is none.

    `queries` (coordinates, m) and `candidates` (coordinates, c), coordinates >= 1, finite; returns (m,) indices into
    the candidates. With `any_will_do` any such candidate may be named instead of the first. Exact: no tolerance.
    Queries are split in halves along the widest of the first `split_along` coordinates (all); each half keeps the
    candidates above its lowest corner, up to the first one above its highest: a k-d tree's orthant search (Bentley
    1975), for all queries together.
    """
    found = np.full(queries.shape[1], -1, dtype=np.intp)
    if not len(found):
        return found
    spans = np.maximum(np.ptp(queries, axis=1), np.finfo(np.float64).tiny)
    stack = [(np.arange(len(found)), queries, np.arange(candidates.shape[1]), candidates)]
    while stack:
        members, points, names, above = stack.pop()
        low, high = points.min(axis=1), points.max(axis=1)
        kept = _above(above, low)
        names, above = names[kept], above.take(kept, axis=1)
        covering = _above(above, high)[:1]
        if len(covering) and (any_will_do or covering[0] == 0):
            found[members] = names[covering[0]]
            continue
        if len(covering):
            names, above = names[: covering[0] + 1], above[:, : covering[0] + 1]
        if not len(names):
            continue
        if len(members) <= _LEAF or len(members) * len(names) <= _CELLS:
            found[members] = _each(points, names, above)
            continue
        widest = int(np.argmax(((high - low) / spans)[:split_along]))
        half = len(members) // 2
        halves = np.argpartition(points[widest], half)
        stack += [(members[part], points.take(part, axis=1), names, above) for part in (halves[:half], halves[half:])]
    return found


def _above(candidates: Points, corner: Points) -> Indices:
    return np.flatnonzero((candidates >= corner[:, None]).all(axis=0))


def _each(queries: Points, names: Indices, candidates: Points) -> Indices:
    above = candidates[0] >= queries[0][:, None]
    for values, bounds in zip(candidates[1:], queries[1:], strict=True):
        above &= values >= bounds[:, None]
    first = above.argmax(axis=1)
    return np.where(above[np.arange(len(first)), first], names[first], -1)
