"""Worlds whose truth is known, to try intervals and rules on: seeded, drawn with numpy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from arena.statistics.differences import Pair, difference
from arena.statistics.estimate import Estimate, student
from arena.statistics.means import mean
from arena.statistics.points import Point, Share
from arena.statistics.rates import rate
from arena.statistics.ratings import plackett_luce
from arena.statistics.ratios import ratio
from arena.statistics.seats import Seated, seat_effect
from arena.statistics.sequence import FIRST, decide

Floats: TypeAlias = NDArray[np.float64]
ROTATIONS = 2


@dataclass(frozen=True)
class World:
    """What is estimated, by which estimator, and what it truly is. `draw` gives the estimate from K instances."""

    name: str
    truth: float
    draw: Callable[[np.random.Generator, int], Estimate]
    skewed: bool = False


def rows(values: Floats, wholes: Floats | None = None) -> list[Point]:
    """Points of a table of instances by rotations."""
    return [
        Point(f"i{k}", (f"r{r}",), float(values[k, r]), 1.0 if wholes is None else float(wholes[k, r]))
        for k in range(values.shape[0])
        for r in range(values.shape[1])
    ]


def normal_mean(rng: np.random.Generator, k: int) -> Estimate:
    """An instance's level and luck of its own in each rotation: rotations are correlated, .8."""
    level, luck = rng.normal(0.5, 0.2, (k, 1)), rng.normal(0, 0.1, (k, ROTATIONS))
    return mean(rows(level + luck))


def paired_difference(rng: np.random.Generator, k: int) -> Estimate:
    """Two agents on common instances; the first is .1 better, by an amount that differs among instances."""
    level, edge = rng.normal(0.5, 0.25, (k, 1)), rng.normal(0.1, 0.15, (k, 1))
    one, other = (rng.normal(0, 0.1, (k, ROTATIONS)) for _ in range(2))
    return difference(rows(level + edge + one), rows(level + other)).estimate


def uniform_gain(rng: np.random.Generator, k: int) -> Estimate:
    """A ratio of sums: rooms from 5 to 15, of which a share of .6 on average is had, symmetric around it."""
    wholes = np.repeat(rng.uniform(5, 15, (k, 1)), ROTATIONS, axis=1)
    share = rng.uniform(0.3, 0.9, (k, 1)) + rng.normal(0, 0.05, (k, ROTATIONS))
    return ratio(rows(wholes * share, wholes))


def paired_gain(rng: np.random.Generator, k: int) -> Estimate:
    """The difference of two ratios of sums on common instances: .1."""
    wholes = np.repeat(rng.uniform(5, 15, (k, 1)), ROTATIONS, axis=1)
    level, edge = rng.uniform(0.3, 0.7, (k, 1)), rng.normal(0.1, 0.1, (k, 1))
    one, other = (rng.normal(0, 0.05, (k, ROTATIONS)) for _ in range(2))
    first, second = rows(wholes * (level + edge + one), wholes), rows(wholes * (level + other), wholes)
    return difference(first, second, ratios=True).estimate


def skewed_gain(rng: np.random.Generator, k: int) -> Estimate:
    """A ratio of sums of which most is had nearly always, and now and then nothing: shares Beta(4, 1), mean .8."""
    wholes = np.repeat(rng.uniform(5, 15, (k, 1)), ROTATIONS, axis=1)
    return ratio(rows(wholes * rng.beta(4, 1, (k, 1)) + np.zeros((k, ROTATIONS)), wholes))


def skewed_mean(rng: np.random.Generator, k: int) -> Estimate:
    """Seconds, tokens, money: exponential over instances, mean 1."""
    return mean(rows(rng.exponential(1.0, (k, 1)) * np.ones((k, ROTATIONS))))


def shared_rate(rng: np.random.Generator, k: int) -> Estimate:
    """A rate of .7; the matches of an instance are alike: its own rate is Beta(3.5, 1.5)."""
    return rate(rows((rng.random((k, 4)) < rng.beta(3.5, 1.5, (k, 1))).astype(float)))


WORLDS = (
    World("mean, normal", 0.5, normal_mean),
    World("paired difference, normal", 0.1, paired_difference),
    World("ratio of sums, symmetric", 0.6, uniform_gain),
    World("paired difference of ratios", 0.1, paired_gain),
    World("share of matches, .7", 0.7, shared_rate),
    World("ratio of sums, skewed (Beta 4, 1)", 0.8, skewed_gain, skewed=True),
    World("mean, skewed (exponential)", 1.0, skewed_mean, skewed=True),
)


def coverage(world: World, k: int, draws: int, seed: int) -> float:
    """The share of intervals from K instances that hold the truth."""
    rng = np.random.default_rng([seed, k, WORLDS.index(world)])
    found = [world.draw(rng, k) for _ in range(draws)]
    return sum(each.low <= world.truth <= each.high for each in found) / draws


def stopped_wrongly(draws: int, seed: int, instances: int = 300, edge: float = 0.0, by_block: bool = False) -> float:
    """The share of runs of two agents who differ by `edge` in which the rule says that somebody is better.

    Rotations are correlated within an instance. by_block: each rotation is taken for an instance, as it must not be.
    """
    rng = np.random.default_rng([seed, instances, by_block])
    wrong = 0
    for _ in range(draws):
        level, luck = rng.normal(edge, 0.2, (instances, 1)), rng.normal(0, 0.1, (instances, ROTATIONS))
        values = (level + luck).reshape(-1) if by_block else (level + luck).mean(axis=1)
        found = decide([Pair(Share(float(v), 1.0), Share(0.0, 1.0)) for v in values], 1e-6, instances)
        wrong += found is not None and found.verdict != "equal"
    return wrong / draws


def peeked_wrongly(draws: int, seed: int, instances: int = 300) -> float:
    """The same share where a t-test is looked at after every instance from the twentieth on."""
    rng = np.random.default_rng([seed, instances])
    values = rng.normal(0, 0.2, (draws, instances)) + rng.normal(0, 0.1, (draws, instances, ROTATIONS)).mean(axis=2)
    t = np.arange(1, instances + 1)
    means = values.cumsum(axis=1) / t
    spread = np.sqrt(np.maximum((values**2).cumsum(axis=1) - t * means**2, 0) / np.maximum(t - 1, 1) / t)
    bars = np.array([student(df) if df >= FIRST - 1 else np.inf for df in t - 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        return float((np.abs(means / spread) > bars)[:, FIRST - 1 :].any(axis=1).mean())


def told_apart(draws: int, seed: int, edge: float, instances: int = 40) -> float:
    """The share of comparisons of two agents who differ by `edge` that find a difference at the 5% level."""
    rng = np.random.default_rng([seed, instances])
    found = 0
    for _ in range(draws):
        level, own = rng.normal(0.5, 0.25, (instances, 1)), rng.normal(edge, 0.15, (instances, 1))
        one, other = (rng.normal(0, 0.1, (instances, ROTATIONS)) for _ in range(2))
        found += difference(rows(level + own + one), rows(level + other)).p < 0.05
    return found / draws


def seat_found(draws: int, seed: int, effect: float, seats: int = 3, instances: int = 40) -> float:
    """The share of runs in which seats are told apart, the first being worth `effect` more; agents change seats."""
    rng = np.random.default_rng([seed, instances, seats])
    bonus = np.array([effect] + [0.0] * (seats - 1))
    found = 0
    for _ in range(draws):
        agents, level = rng.normal(0, 1, seats), rng.normal(0, 3, instances)
        own = rng.normal(0, 1, (instances, seats))  # what the deal gives each seat
        matches = [
            Seated(f"i{k}", (f"r{r}",), tuple(level[k] + np.roll(agents, r) + bonus + own[k] + luck))
            for k in range(instances)
            for r, luck in enumerate(rng.normal(0, 0.5, (seats, seats)))
        ]
        tested = seat_effect(matches)
        assert tested is not None, "there are seats"
        found += tested.p < 0.05
    return found / draws


def order_recovered(draws: int, seed: int, instances: int = 60) -> float:
    """The share of runs in which five players are rated in the order of their true strengths, .5 apart in log odds."""
    rng = np.random.default_rng([seed, instances])
    strengths = np.arange(5)[::-1] * 0.5
    chances = 1 / (1 + np.exp(strengths[None, :] - strengths[:, None]))
    right = 0
    for _ in range(draws):
        won = rng.binomial(4 * instances, chances)
        wins = np.triu(won, 1) + np.tril((4 * instances - won).T, -1)
        right += bool((np.diff(plackett_luce(wins.astype(float))) < 0).all())
    return right / draws
