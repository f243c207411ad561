"""What can be guessed without a word: a rule fitted to the generator, that sees a member's own facts, gets nowhere."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize

from tests.teams import deal

Numbers = NDArray[np.float64]
FITTED, PLAYED = 600, 300


def instance(seed: int, **params: Any) -> tuple[list[list[list[int]]], list[int]]:
    """The facts about each option that each seat sees, lowest first; what the options are worth by all facts."""
    task: Any = deal("committee", seed, **params).task
    every = {item.number: item for sheet in task.sheets for item in sheet.items}
    seen = [[sorted(i.amount for i in sheet.items if i.option == option) for option in task.rules.options]
            for sheet in task.sheets]  # fmt: skip
    return seen, [sum(i.amount for i in every.values() if i.option == option) for option in task.rules.options]


def features(facts: Numbers) -> Numbers:
    """Of each option: its place in the view, sums, single facts, their products with each other and the decoy's."""
    views, options, count = facts.shape
    total = facts.sum(2)
    decoy = facts[np.arange(views), total.argmax(1)]
    place = np.eye(options)[(-total).argsort(1).argsort(1)]
    pairs = list(combinations_with_replacement(range(count), 2))
    parts = [total[..., None], np.minimum(facts, 0).sum(2)[..., None], np.maximum(facts, 0).sum(2)[..., None]]
    parts += [facts, np.diff(facts, axis=2), np.abs(facts)]
    parts += [np.stack([facts[:, :, i] * facts[:, :, j] for i, j in pairs], 2)]
    parts += [np.stack([facts[:, :, i] * decoy[:, None, j] for i, j in product(range(count), repeat=2)], 2)]
    apart = [part - part.mean(1, keepdims=True) for part in parts]
    return np.concatenate([place, *apart, *[part**2 for part in apart[:4]]], 2)


def fitted(seen: Numbers, best: NDArray[np.int64]) -> Numbers:
    """The weights of a softmax over the options that make the best ones likeliest, slightly shrunk."""
    views = np.arange(len(seen))

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        score = seen @ weights
        chance = np.exp(score - score.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        likely = float(-np.log(chance[views, best] + 1e-12).mean() + 1e-3 * weights @ weights)
        chance[views, best] -= 1
        return likely, np.einsum("vk,vkd->d", chance, seen) / len(seen) + 2e-3 * weights

    found = minimize(loss, np.zeros(seen.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x)


def guessed(**params: Any) -> float:
    """How far those get who vote by the rule, most votes deciding: from an option by lot (0) to the best (1)."""
    drawn = [instance(seed, **params) for seed in range(FITTED + PLAYED)]
    worth, seats = np.array([each for _, each in drawn], float), len(drawn[0][0])
    own = np.array([view for views, _ in drawn for view in views], float)
    known, split = features(own / np.abs(own).max()), FITTED * seats
    weights = fitted(known[:split], np.repeat(worth[:FITTED].argmax(1), seats))
    votes = (known[split:] @ weights).argmax(1).reshape(PLAYED, seats)
    counts = np.array([np.bincount(each, minlength=worth.shape[1]) for each in votes])
    won, rest = counts == counts.max(1, keepdims=True), worth[FITTED:]
    chance = rest.mean(1)
    return float(((rest * won).sum(1) / won.sum(1) - chance).sum() / (rest.max(1) - chance).sum())


def test_a_rule_fitted_to_what_a_seat_sees_does_not_find_the_best_option() -> None:
    assert abs(guessed()) < 0.25


@pytest.mark.sweep
@pytest.mark.parametrize(
    "params",
    [{"options": 3}, {"seats": 8}, {"seats": 3}, {"shared": 4, "unique": 2}, {"shared": 6, "unique": 4}],
    ids=str,
)
def test_nor_in_committees_of_any_size(params: dict[str, Any]) -> None:
    assert abs(guessed(**params)) < 0.3
