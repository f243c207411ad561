"""Is a division of items fair? For games in which the outcome is who gets which items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arena.solutions.space import Floats
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class Fairness:
    """One entry for each party, amounts in that party's own utility.

    envy: max_j (u_i(A_j) - u_i(A_i))+. envy_but_one: what of it is left when the best single item is taken out of each
    bundle envied; ef1: whether that is 0 (Budish 2011). shortfall: (u_i(everything)/n - u_i(A_i))+; proportional:
    whether that is 0 (Steinhaus 1948).
    """

    envy: tuple[float, ...]
    envy_but_one: tuple[float, ...]
    ef1: tuple[bool, ...]
    shortfall: tuple[float, ...]
    proportional: tuple[bool, ...]


def fairness(values: Floats, allocation: Floats, supply: Floats | None = None) -> Fairness:
    """Envy, EF1 and proportionality of a division, utilities being additive.

    values (parties, kinds), >= 0: what one item of a kind is worth to a party; allocation (parties, kinds): how many of
    each kind a party gets, whole numbers >= 0; supply (kinds,): how many there are, all handed out if left out.
    Raises ValueError where shapes do not fit, a value is negative, or more is handed out than there is.
    """
    values, allocation = np.asarray(values, dtype=np.float64), np.asarray(allocation, dtype=np.float64)
    handed_out = allocation.sum(axis=0)
    supply = handed_out if supply is None else np.asarray(supply, dtype=np.float64)
    _refuse_misfits(values, allocation, supply)
    bundles = values @ allocation.T  # [i, j]: what i thinks of j's bundle
    own = np.diagonal(bundles)
    best = np.where(allocation[None, :, :] > 0, values[:, None, :], 0.0).max(axis=2, initial=0.0)
    envy = np.maximum((bundles - own[:, None]).max(axis=1), 0.0)
    but_one = np.maximum((bundles - best - own[:, None]).max(axis=1), 0.0)
    shortfall = np.maximum(values @ supply / len(values) - own, 0.0)
    return Fairness(
        tuple(envy.tolist()),
        tuple(but_one.tolist()),
        tuple((but_one <= TOLERANCE).tolist()),
        tuple(shortfall.tolist()),
        tuple((shortfall <= TOLERANCE).tolist()),
    )


def _refuse_misfits(values: Floats, allocation: Floats, supply: Floats) -> None:
    if values.ndim != 2 or not len(values) or allocation.shape != values.shape or supply.shape != values.shape[1:]:
        raise ValueError(
            f"values {values.shape}, allocation {allocation.shape} and supply {supply.shape} do not fit; "
            "expected (parties, kinds) twice and (kinds,)"
        )
    if not (values >= 0).all():
        raise ValueError("a value is negative or missing; envy up to one item is defined here for goods only")
    if not ((allocation >= 0) & (allocation == np.floor(allocation))).all():
        raise ValueError("an allocation is not a whole number >= 0; items cannot be split")
    if not (allocation.sum(axis=0) <= supply).all():
        raise ValueError(f"{allocation.sum(axis=0).tolist()} items of each kind are handed out of {supply.tolist()}")
