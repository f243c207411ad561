"""The Pareto frontier of a finite set of outcomes, exactly."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from arena.solutions.dominance import Indices, first_above
from arena.solutions.tolerance import TOLERANCE

Mask = NDArray[np.bool_]
Levels = NDArray[np.signedinteger]

_PATIENCE: Final = 16  # outcomes tried as dominators before asking whether it still pays
_YIELD: Final = 0.15  # the share of the rest that so many must remove to go on
_FEW: Final = 8_000  # so few that sampling them first does not pay
_EVERY: Final = 8  # the sample: one in so many


def pareto_frontier(utilities: NDArray[np.float64]) -> Mask:
    """The outcomes that no other outcome dominates, as a mask of shape (outcomes,).

    `utilities` (outcomes, parties), finite. An outcome is off the frontier iff another is at least as good for every
    party and better for one; duplicates of a frontier outcome all stay. Utilities are compared as whole multiples of
    the tolerance, to which they are rounded: so equality is transitive, and with it dominance, which "differ by at most
    the tolerance" is not. No outcomes: an empty mask. Two parties are swept in one sort (Kung, Luccio and Preparata
    1975); with more, outcomes of the largest sums filter the rest, then a sample's frontier does, then what is left is
    searched.
    """
    outcomes, parties = utilities.shape
    if not outcomes or not parties:
        return np.ones(outcomes, dtype=bool)
    if parties == 2:
        return _swept(utilities[:, 0], utilities[:, 1])
    mask = np.zeros(outcomes, dtype=bool)
    mask[_maximal(utilities)] = True
    return mask


def _ascending(column: NDArray[np.float64]) -> tuple[Indices, NDArray[np.int32]]:
    """The order that sorts a party's utilities, and in that order their levels: 0, 1, ... without gaps."""
    multiples = np.rint(column / TOLERANCE)
    order = np.argsort(multiples)
    level = np.zeros(len(column), dtype=np.int32)
    np.cumsum(np.diff(multiples[order]) > 0, out=level[1:])
    return order, level


def _swept(first: NDArray[np.float64], second: NDArray[np.float64]) -> Mask:
    order, level = _ascending(first)
    other = np.rint(second / TOLERANCE)[order]
    starts = np.flatnonzero(np.diff(level, prepend=-1))
    best = np.maximum.reduceat(other, starts)  # for the second party, among equals for the first
    beyond = np.full(len(best), -np.inf)
    beyond[:-1] = np.maximum.accumulate(best[:0:-1])[::-1]
    mask = np.empty(len(first), dtype=bool)
    mask[order] = (other == best[level]) & (best > beyond)[level]
    return mask


def _maximal(utilities: NDArray[np.float64]) -> Indices:
    outcomes, parties = utilities.shape
    whole = np.int32 if outcomes * parties < 2**31 else np.int64
    ranked = np.empty((parties + 1, outcomes), dtype=whole)
    for party in range(parties):
        order, level = _ascending(utilities[:, party])
        ranked[party, order] = level
    ranked[-1] = ranked[:-1].sum(axis=0)
    order = np.argsort(-ranked[-1])
    heads, rest, names = _peeled(ranked.take(order, axis=1), order)
    return np.concatenate([heads, names[_undominated(rest)]])


def _peeled(ranked: Levels, names: Indices) -> tuple[Indices, Levels, Indices]:
    """Frontier outcomes taken from the front, for as long as they dominate many of the rest; and that rest.

    Ordered by falling sums, what stands in front is dominated by nothing behind it, and all before it have filtered it.
    """
    heads: list[np.intp] = []
    left = ranked.shape[1] + 1
    while ranked.shape[1] and ranked.shape[1] < left:
        left = int(ranked.shape[1] * (1 - _YIELD)) + 1
        for _ in range(min(_PATIENCE, ranked.shape[1])):
            if not ranked.shape[1]:
                break
            heads.append(names[0])
            stays = np.flatnonzero(_not_dominated(ranked, ranked[:, 0]))[1:]
            ranked, names = ranked.take(stays, axis=1), names[stays]
    return np.array(heads, dtype=np.intp), ranked, names


def _not_dominated(ranked: Levels, head: Levels) -> Mask:
    """Better for someone than the head, or just as good for all (the head itself included)."""
    stays: Mask = ranked[-1] == head[-1]
    for levels, level in zip(ranked[:-1], head[:-1], strict=True):
        stays |= levels > level
    return stays


def _undominated(ranked: Levels) -> Indices:
    everything = np.arange(ranked.shape[1])
    if len(everything) > _FEW:
        sample = everything[::_EVERY]
        best = sample[_undominated(ranked.take(sample, axis=1))]
        if 2 * len(best) < len(sample):
            everything = everything[_escaping(ranked, ranked.take(best, axis=1))]
    rest = ranked.take(everything, axis=1)
    return everything[_escaping(rest, rest)]


def _escaping(ranked: Levels, dominators: Levels) -> Indices:
    """Those that none of the dominators dominates: nowhere below, and of a larger sum."""
    queries = ranked.copy()
    queries[-1] += 1
    above = first_above(queries, dominators, split_along=len(ranked) - 1, any_will_do=True)
    return np.flatnonzero(above < 0)
