"""How long the frontier and the four bargaining solutions take, against numpy's lexsort of the same table.

usage: python benchmarks/solutions.py [--repeats N]

Times are CPU seconds of one process, the best of N; the ratio is to lexsort over the first two columns in the same run,
so that machines can be compared. Memory is the peak allocated while solving, the utilities themselves included. E is
the mean Pareto efficiency of all rational outcomes, from nothing, once.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from arena.scoring.agreement.pareto import expected_efficiency
from arena.solutions.bargaining import egalitarian, kalai_smorodinsky, nash, welfare
from arena.solutions.frontier import pareto_frontier
from arena.solutions.space import Space, additive

Floats = NDArray[np.float64]

SIZES = ((10**6, 2), (10**5, 6))
TARGET_SECONDS, TARGET_MIB = 0.5, 400


def tables(outcomes: int, parties: int, rng: np.random.Generator) -> Iterator[tuple[str, Floats]]:
    """Utilities of every shape that has ever been slow for somebody."""
    yield "independent", rng.random((outcomes, parties))
    yield "correlated", rng.random((outcomes, 1)) + 0.1 * rng.random((outcomes, parties))
    opposed = rng.dirichlet(np.ones(parties), outcomes)
    yield "opposed (all on the frontier)", opposed
    yield "opposed, blurred", opposed + 0.05 * rng.random((outcomes, 1))
    yield "few whole values", rng.integers(0, 30, (outcomes, parties)).astype(float)
    yield "additive, contested", contested(outcomes, parties, rng)


def contested(outcomes: int, parties: int, rng: np.random.Generator) -> Floats:
    """Five or six equal issues, each of which two random camps see in opposite ways."""
    issues = 6 if round(outcomes ** (1 / 6)) ** 6 == outcomes else 5
    steps = np.linspace(0, 1, round(outcomes ** (1 / issues)))[:, None]
    weights = 100 * rng.dirichlet(np.ones(issues), parties)
    points = []
    for issue in range(issues):
        camp = rng.random(parties) < 0.5
        points.append(np.where(camp, steps, steps[::-1]) ** np.exp(rng.uniform(-0.5, 0.5, parties)) * weights[:, issue])
    return additive(points)


def space_of(utilities: Floats) -> Space:
    """Everyone must have a fifth of the way from the worst to the best."""
    low, high = utilities.min(axis=0), utilities.max(axis=0)
    return Space(utilities, low + 0.2 * (high - low), np.ones(len(utilities), dtype=bool))


def solve(utilities: Floats) -> None:
    """The frontier and all four solutions, from nothing."""
    space = space_of(utilities)
    pareto_frontier(space.utilities)
    for solution in (nash, kalai_smorodinsky, egalitarian, welfare):
        solution(space)


def expect(utilities: Floats) -> None:
    """The mean Pareto efficiency of the rational outcomes, from nothing."""
    expected_efficiency(space_of(utilities))


def seconds(work: Callable[[], object], repeats: int) -> float:
    """The least CPU time of so many runs."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def mebibytes(utilities: Floats) -> float:
    tracemalloc.start()
    solve(utilities)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak + utilities.nbytes) / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=3, help="runs of which the best counts (default: 3)")
    repeats = parser.parse_args().repeats
    print(f"target: frontier and all four solutions in {TARGET_SECONDS} s and {TARGET_MIB} MiB")
    print(
        f"{'outcomes x parties':>18}  {'table':<30}{'frontier':>9}{'solve s':>9}{'/ lexsort':>10}{'MiB':>6}{'E s':>8}"
    )
    for outcomes, parties in SIZES:
        for name, table in tables(outcomes, parties, np.random.default_rng(1)):
            lexsort = seconds(partial(np.lexsort, (table[:, 1], table[:, 0])), repeats)
            solved = seconds(partial(solve, table), repeats)
            expected = seconds(partial(expect, table), 1)
            print(
                f"{len(table):>14,} x {parties}  {name:<30}{pareto_frontier(table).sum():>9,}{solved:>9.3f}"
                f"{solved / lexsort:>10.2f}{mebibytes(table):>6.0f}{expected:>8.3f}"
            )


if __name__ == "__main__":
    main()
