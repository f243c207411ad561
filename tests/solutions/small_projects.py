"""Small projects and floors to try solvers on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

from hypothesis import strategies as st

from arena.solutions.shopfloor import IDLE, Act, Floor, Project, advance, done, open_to
from arena.solutions.unplanned import blindly


def project(rng: Random, seats: int, tasks: int, kinds: int, longest: int) -> Project:
    """A project by lot, of which every kind is somebody's."""
    after = tuple([tuple(sorted(rng.sample(range(i), min(i, rng.choice((0, 1, 1, 2)))))) for i in range(tasks)])
    able = [{kind for kind in range(kinds) if rng.random() < 0.5} for _ in range(seats)]
    for kind in range(kinds):
        able[rng.randrange(seats)].add(kind)
    work = tuple([rng.randint(1, longest) for _ in range(tasks)])
    return Project(tuple([rng.randrange(kinds) for _ in range(tasks)]), work, after, tuple(map(frozenset, able)))


def later(project: Project, rng: Random, rounds: int) -> Floor:
    """How it may stand after some rounds of any moves."""
    floor, seats = project.start(), range(len(project.able))
    for _ in range(rounds):
        among = [task for task in range(len(project.kinds)) if floor.left[task] and not any(
            floor.left[other] for other in project.after[task])]  # fmt: skip
        acts = [blindly(project, floor, among, seat, rng) for seat in seats]
        floor, _ = advance(project, floor, acts, rng.sample(seats, len(seats)))
    return floor


@st.composite
def floors(draw: st.DrawFn) -> tuple[Project, Floor]:
    """A small project of two or three seats, and a floor some rounds into it."""
    rng = Random(draw(st.integers(0, 10**6)))
    made = project(rng, draw(st.integers(2, 3)), draw(st.integers(2, 6)), draw(st.integers(1, 3)), 3)
    return made, later(made, rng, draw(st.integers(0, 4)))


def by_brute_force(project: Project, floor: Floor) -> int:
    """The least rounds until all is done, over every legal act of every seat and every lot: breadth first."""
    orders = [range(len(project.able)), range(len(project.able) - 1, -1, -1)]
    layer, seen, rounds = {floor}, {floor}, 0
    while not any(done(each) for each in layer):
        following = {
            advance(project, each, acts, order)[0]
            for each in layer
            for acts in _joint(project, each)
            for order in orders
        }
        layer, rounds = following - seen, rounds + 1
        seen |= layer
    return rounds


def _joint(project: Project, floor: Floor) -> Iterator[tuple[Act, ...]]:
    seats = range(len(project.able))
    options: list[list[Act]] = []
    for seat in seats:
        hand = floor.hands[seat]
        acts = [IDLE, *[Act("take", task) for task in open_to(project, floor, seat)]]
        if hand is not None:
            acts += [Act("hand", other) for other in seats if other != seat]
            acts += [Act("work")] if project.kinds[hand[0]] in project.able[seat] else []
        options.append(acts)
    return product(*options)
