"""What the seats of a generated bargain want: points for every option, before anyone gives the options names."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random

import numpy as np

from arena.scenarios.bargain.params import Params, ways
from arena.solutions.space import Floats, Interaction


def points(params: Params, rng: Random) -> list[Floats]:
    """Points of each option for each seat: per issue an array (options, seats), whole numbers of 0 or more.

    A seat's best options of all issues are worth about 100 together, up to rounding.
    """
    return _over_issues(params, rng) if params.form == "issues" else _over_items(params, rng)


def _over_issues(params: Params, rng: Random) -> list[Floats]:
    """Weights w ~ Dirichlet(1) * 100 per seat. On a contested issue two random camps value w * p**e and its reverse,
    p = 0..1 over the options, with an exponent e = exp(U(-.5, .5)) per seat; on the others all value w * p**e."""
    n, m = params.seats, params.issues
    weights = [_dirichlet(rng, m) for _ in range(n)]
    exponents = [math.exp(rng.uniform(-0.5, 0.5)) for _ in range(n)]
    contested = set(rng.sample(range(m), min(m, max(1, math.floor(params.conflict * m + rng.random())))))
    steps = np.linspace(0.0, 1.0, params.options)
    tables = []
    for k in range(m):
        reverse = _camp(rng, n) if k in contested else frozenset()
        columns = [100 * weights[i][k] * (steps[::-1] if i in reverse else steps) ** exponents[i] for i in range(n)]
        order = rng.sample(range(params.options), params.options)
        tables.append(np.rint(np.array(columns).T[order]))
    return tables


def _over_items(params: Params, rng: Random) -> list[Floats]:
    """Worth per unit, the same for each unit of a kind. Weights of the kinds are Dirichlet(1) * 100, mixed with weights
    that all seats share: conflict 0, everyone's own taste; 1, all want the same, so that only shares are at stake."""
    shared = _dirichlet(rng, params.issues)
    own = [_dirichlet(rng, params.issues) for _ in range(params.seats)]
    shares = np.array(list(allocations(params.units, params.seats)))
    tables = []
    for k in range(params.issues):
        mixed = [params.conflict * shared[k] + (1 - params.conflict) * weights[k] for weights in own]
        tables.append(shares * np.rint(100 * np.array(mixed) / params.units))
    return tables


def allocations(units: int, seats: int) -> Iterator[tuple[int, ...]]:
    """Every way to share out all units of one kind: so many to each seat, the first seat's most first."""
    if seats == 1:
        yield (units,)
        return
    for mine in range(units, -1, -1):
        for rest in allocations(units - mine, seats - 1):
            yield (mine, *rest)


def interactions(params: Params, rng: Random) -> list[Interaction]:
    """Pairs of options of two issues that are worth 5 to 20 points more, or less, together, for one seat each."""
    added = []
    options = ways(params)
    for seat in range(params.seats):
        taken: set[tuple[int, int, int, int]] = set()
        while len(taken) < params.interactions:
            first, second = sorted(rng.sample(range(params.issues), 2))
            pair = (first, rng.randrange(options), second, rng.randrange(options))
            if pair in taken:
                continue
            taken.add(pair)
            worth = float(rng.choice((-1, 1)) * rng.randint(5, 20))
            added.append(Interaction(*pair, [worth if i == seat else 0.0 for i in range(params.seats)]))
    return added


def _dirichlet(rng: Random, m: int) -> list[float]:
    """A point of the simplex, uniformly: exponential variates over their sum (Devroye 1986, XI.4)."""
    drawn = [rng.expovariate(1.0) for _ in range(m)]
    return [each / sum(drawn) for each in drawn]


def _camp(rng: Random, n: int) -> frozenset[int]:
    """One of two camps, neither empty."""
    while True:
        camp = frozenset(i for i in range(n) if rng.random() < 0.5)
        if 0 < len(camp) < n:
            return camp
