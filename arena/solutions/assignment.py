"""Who does which job: the best assignment, the greedy one, the random one, and what comes of not agreeing on one.

values (agents, jobs), finite, of any sign: what an agent makes of a job. No agent gets two jobs and no job two
agents; min(agents, jobs) pairs are made. No agents or no jobs: nothing is made. Raises ValueError for anything else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arena.solutions.coalitions import Coalitions, coalitions_of
from arena.solutions.space import Floats


@dataclass(frozen=True)
class Assignment:
    """Each agent's job, None where it has none, and what they make of them together."""

    jobs: tuple[int | None, ...]
    value: float


def best_assignment(values: Floats) -> Assignment:
    """An assignment of the largest sum, exactly (Kuhn 1955; Jonker and Volgenant 1987); others may attain it too."""
    from scipy.optimize import linear_sum_assignment

    table = checked(values)
    return _made(table, *linear_sum_assignment(table, maximize=True))


def greedy_assignment(values: Floats) -> Assignment:
    """The largest value that is left is taken, again and again; of equal ones the first agent's, then the first job."""
    table = checked(values)
    left = table.copy()
    pairs = []
    for _ in range(min(table.shape)):
        agent, job = divmod(int(left.argmax()), table.shape[1])
        pairs.append((agent, job))
        left[agent, :] = left[:, job] = -np.inf
    return _made(table, [agent for agent, _ in pairs], [job for _, job in pairs])


def random_assignment(values: Floats) -> float:
    """What a uniformly random assignment makes, in expectation: the sum of all values over max(agents, jobs)."""
    table = checked(values)
    return float(table.sum()) / max(table.shape) if table.size else 0.0


def own_best(values: Floats) -> float:
    """What is made where every agent takes the job it is best at, and of those at one job the best one counts.

    Of jobs that an agent is equally good at it takes the first.
    """
    table = checked(values)
    if not table.size:
        return 0.0
    chosen, most = table.argmax(axis=1), table.max(axis=1)
    return float(sum(most[chosen == job].max() for job in np.unique(chosen)))


def assignment_game(values: Floats) -> Coalitions:
    """The cooperative game of the agents: v(S) is what the best assignment of S to the jobs makes.

    Raises TooLarge above 19 agents.
    """
    table = checked(values)
    return coalitions_of(len(table), lambda agents: best_assignment(table[list(agents)]).value)


def checked(values: Floats) -> Floats:
    """The values as an array (agents, jobs). Raises ValueError for another shape or a number that is not finite."""
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ValueError(f"values have shape {table.shape}, expected (agents, jobs), every entry a finite number")
    return table


def _made(table: Floats, agents: list[int], jobs: list[int]) -> Assignment:
    job_of = {int(agent): int(job) for agent, job in zip(agents, jobs, strict=True)}
    value = float(sum(table[agent, job] for agent, job in job_of.items()))
    return Assignment(tuple(job_of.get(agent) for agent in range(len(table))), value)
