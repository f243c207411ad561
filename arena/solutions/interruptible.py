"""How soon a project could be done at best, if tasks could be interrupted and passed on at will: a bound on any
schedule.

Every task has a window of rounds: it cannot begin before what precedes it could be done, nor end too late for what
follows. Within its window it is spread over rounds, at most one seat on it in each, at most one task a seat: a flow
from tasks over rounds to seats with the skill (after Horn 1974). The windows themselves are narrowed by how long the
seats with the skills take for all that precedes or follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np

from arena.solutions.shopfloor import Floor, Project

Links = tuple[tuple[int, ...], ...]


def least(project: Project, floor: Floor) -> tuple[int, list[int]]:
    """The rounds that it takes at the least until all is done, and for each task those that have to come after it.

    Raises ValueError where a task that is left needs a skill that nobody has.
    """
    work = rest(floor)
    if missing := {project.kinds[task] for task, left in enumerate(work) if left} - frozenset().union(*project.able):
        raise ValueError(f"nobody has the skill for tasks of kind {sorted(missing)}; they cannot be scheduled")
    heads, tails = _windows(project, work, _releases(project, floor, work))
    rounds = max([head + left + tail for head, left, tail in zip(heads, work, tails, strict=True)])
    rounds = max(rounds, load(project, work, range(len(work))))
    while not _flows(project, work, heads, tails, rounds):
        rounds += 1
    return rounds, tails


def rest(floor: Floor) -> list[int]:
    """The rounds of work that each task needs at the least, whoever goes on with it."""
    found = list(floor.left)
    for hand in floor.hands:
        if hand is not None:
            found[hand[0]] = min(found[hand[0]], hand[1])
    return found


def load(project: Project, work: Sequence[int], tasks: Iterable[int]) -> int:
    """The rounds that these tasks take at the least, since only so many have the skills: for every set of kinds, the
    work of those kinds shared out among all who have one of them."""
    by_kind = Counter[int]()
    for task in tasks:
        by_kind[project.kinds[task]] += work[task]
    kinds = [kind for kind, rounds in by_kind.items() if rounds]
    most = 0
    for size in range(1, len(kinds) + 1):
        for some in combinations(kinds, size):
            seats = sum([not able.isdisjoint(some) for able in project.able])
            most = max(most, -(-sum([by_kind[kind] for kind in some]) // seats))
    return most


def chain(after: Links, work: Sequence[int], release: Sequence[int] = ()) -> list[int]:
    """The rounds of the longest chain of tasks that come before each; none begins before its `release`."""
    heads = list(release or [0] * len(work))
    for task in order(after):
        heads[task] = max([heads[task], *[heads[other] + work[other] for other in after[task]]])
    return heads


@lru_cache(maxsize=256)
def order(after: Links) -> tuple[int, ...]:
    """The tasks so that each comes after those that it needs. Raises ValueError where they need each other in a
    circle."""
    found: list[int] = []
    while len(found) < len(after):
        free = [task for task, before in enumerate(after) if task not in found and set(before) <= set(found)]
        if not free:
            circle = [task for task in range(len(after)) if task not in found]
            raise ValueError(f"tasks {circle} wait for each other in a circle; one of them has to come first")
        found += free
    return tuple(found)


@lru_cache(maxsize=256)
def turned(after: Links) -> Links:
    """The tasks that wait for each."""
    return tuple([tuple([t for t, before in enumerate(after) if task in before]) for task in range(len(after))])


@lru_cache(maxsize=256)
def _all_before(after: Links) -> tuple[frozenset[int], ...]:
    """The tasks that come before each, directly or not."""
    found = [frozenset[int]()] * len(after)
    for task in order(after):
        found[task] = frozenset(after[task]).union(*[found[other] for other in after[task]])
    return tuple(found)


def _releases(project: Project, floor: Floor, work: Sequence[int]) -> list[int]:
    """1 for a task whose best copy is in a hand that has lost the skill, and has to be put down first; else 0.

    One who goes on with a copy that is worse, at once, has at least as much left of it after the first round.
    """
    release = [0 if floor.left[task] == left else 1 for task, left in enumerate(work)]
    for seat, hand in enumerate(floor.hands):
        if hand is not None and hand[1] == work[hand[0]] and project.kinds[hand[0]] in project.able[seat]:
            release[hand[0]] = 0
    return release


def _windows(project: Project, work: Sequence[int], release: Sequence[int]) -> tuple[list[int], list[int]]:
    """The rounds before each task could begin, and those that have to come after its end."""
    after, before = project.after, turned(project.after)
    heads = zip(chain(after, work, release), _all_before(after), strict=True)
    tails = zip(chain(before, work), _all_before(before), strict=True)
    found = [[max(long, load(project, work, among)) for long, among in each] for each in (heads, tails)]
    return found[0], found[1]


def _flows(project: Project, work: Sequence[int], heads: Sequence[int], tails: Sequence[int], rounds: int) -> bool:
    """Whether all work fits into its windows, in so many rounds.

    Nodes: the source, the sink, a node a task, one for each kind and round, one for each set of skills and round.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    crews = list(Counter(project.able).items())
    kinds = {kind: i for i, kind in enumerate(sorted(set(project.kinds)))}
    first_kind = 2 + len(work)
    first_crew = first_kind + len(kinds) * rounds
    edges = list[tuple[int, int, int]]()
    for task, left in enumerate(work):
        if left:
            at = first_kind + kinds[project.kinds[task]] * rounds
            edges.append((0, 2 + task, left))
            edges += [(2 + task, at + t, 1) for t in range(heads[task], rounds - tails[task])]
    for i, (able, seats) in enumerate(crews):
        at = first_crew + i * rounds
        edges += [(at + t, 1, seats) for t in range(rounds)]
        edges += [
            (first_kind + kinds[k] * rounds + t, at + t, seats) for k in able & kinds.keys() for t in range(rounds)
        ]
    sources, targets, capacities = np.array(edges, np.int32).T
    size = first_crew + len(crews) * rounds
    graph = csr_array((capacities, (sources, targets)), shape=(size, size))
    return bool(maximum_flow(graph, 0, 1).flow_value == sum(work))
