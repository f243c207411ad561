"""Shortest schedules: against every way to work, against an integer programme, and walked to their ends."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import Bounds, LinearConstraint, milp

from arena.solutions.interruptible import chain, least, order, turned
from arena.solutions.scheduling import Schedule, shortest, walk
from arena.solutions.shopfloor import Floor, Project, advance, done
from arena.solutions.unplanned import alone
from tests.solutions.small_projects import by_brute_force, floors, later, project


def followed(made: Schedule, project: Project, floor: Floor) -> Floor:
    """The floor at the end of a plan."""
    for now in range(made.length):
        assert not done(floor), "a plan is no longer than it has to be"
        floor, _ = advance(project, floor, made.acts(floor, now), range(len(project.able)))
    return floor


def by_programme(project: Project) -> int:
    """The shortest schedule without breaks, by integer programming over who begins what when (HiGHS)."""
    seats, tasks, rounds = len(project.able), len(project.kinds), sum(project.work)
    x = np.arange(tasks * seats * rounds).reshape(tasks, seats, rounds)
    rows, low, high = list[np.ndarray](), list[float](), list[float]()

    def row(parts: dict[int, float], least_: float, most: float) -> None:
        line = np.zeros(x.size + 1)
        for place, factor in parts.items():
            line[place] += factor
        rows.append(line)
        low.append(least_)
        high.append(most)

    upper = np.append(np.zeros(x.size), rounds)
    for task, kind in enumerate(project.kinds):
        for seat, able in enumerate(project.able):
            upper[x[task, seat, : rounds - project.work[task] + 1]] = kind in able
        row(dict.fromkeys(x[task].ravel(), 1.0), 1, 1)
        starts = {int(x[task, s, t]): float(t) for s in range(seats) for t in range(rounds)}
        row({**{place: -t for place, t in starts.items()}, x.size: 1.0}, project.work[task], np.inf)
        for other in project.after[task]:
            ends = {int(x[other, s, t]): -float(t) for s in range(seats) for t in range(rounds)}
            row(starts | ends, project.work[other], np.inf)
    for seat in range(seats):
        for t in range(rounds):
            at = [x[task, seat, max(0, t - project.work[task] + 1) : t + 1] for task in range(tasks)]
            row(dict.fromkeys(np.concatenate(at), 1.0), 0, 1)
    cost = np.append(np.zeros(x.size), 1.0)
    found = milp(cost, constraints=LinearConstraint(np.array(rows), low, high), integrality=np.ones(x.size + 1),
                 bounds=Bounds(0, upper))  # fmt: skip
    return round(found.fun)


@pytest.mark.parametrize("seed", range(25))
def test_no_way_to_work_beats_the_bound_nor_a_schedule_that_meets_it(seed: int) -> None:
    rng = Random(seed)
    made_of = project(rng, seats=2, tasks=4, kinds=2, longest=3)
    for floor in (made_of.start(), later(made_of, rng, 2)):
        found, best = shortest(made_of, floor), by_brute_force(made_of, floor)
        assert found.bound <= best <= found.length
        assert not found.exact or best == found.length


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(150))
def test_no_way_to_work_beats_it_with_three_seats_either(seed: int) -> None:
    rng = Random(seed)
    made_of = project(rng, seats=3, tasks=4, kinds=2, longest=2)
    for floor in (made_of.start(), later(made_of, rng, 1)):
        found, best = shortest(made_of, floor), by_brute_force(made_of, floor)
        assert found.bound <= best <= found.length


@pytest.mark.parametrize("seed", range(6))
def test_a_schedule_that_is_exact_is_the_one_of_the_integer_programme(seed: int) -> None:
    made_of = project(Random(seed), seats=3, tasks=7, kinds=3, longest=3)
    found, best = shortest(made_of, made_of.start()), by_programme(made_of)
    assert found.bound <= best <= found.length
    assert not found.exact or best == found.length


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(20))
def test_the_same_with_four_seats_and_ten_tasks(seed: int) -> None:
    made_of = project(Random(seed), seats=4, tasks=10, kinds=4, longest=3)
    found, best = shortest(made_of, made_of.start()), by_programme(made_of)
    assert found.bound <= best <= found.length
    assert not found.exact or best == found.length


@settings(max_examples=150, deadline=None)
@given(floors())
def test_a_plan_does_all_in_the_rounds_that_it_says_wherever_it_begins(case: tuple[Project, Floor]) -> None:
    made = shortest(*case)
    assert made.bound <= made.length
    assert done(followed(made, *case))
    assert alone(*case, 10**6) >= made.bound


@settings(max_examples=60, deadline=None)
@given(floors())
def test_those_who_keep_to_a_plan_walk_it_to_its_end(case: tuple[Project, Floor]) -> None:
    made_of, floor = case
    gone, made = [floor], shortest(made_of, floor)
    for _ in range(made.length):
        acts = walk(made_of, gone)
        gone.append(advance(made_of, gone[-1], acts, range(len(acts)))[0])
    assert done(gone[-1])


def test_a_seat_that_has_lost_the_skill_for_what_it_has_in_hand_hands_it_over() -> None:
    made_of = Project((0, 1), (4, 2), ((), ()), (frozenset({1}), frozenset({0})))
    made = shortest(made_of, Floor((4, 2), ((0, 2), None)))
    assert made.gives == ((0, 1),)
    assert (made.length, made.exact) == (3, True)


def test_of_two_copies_the_one_that_is_further_is_gone_on_with() -> None:
    both = frozenset({0})
    made_of = Project((0, 0), (4, 4), ((), ()), (both, both))
    made = shortest(made_of, Floor((4, 4), ((0, 3), (0, 1))))
    assert made.length == by_brute_force(made_of, Floor((4, 4), ((0, 3), (0, 1)))) == 5


def test_a_loose_bound_is_not_called_exact() -> None:
    """Three tasks of two rounds for two seats: interrupted they would take three rounds, in one piece they take
    four."""
    both = frozenset({0})
    made_of = Project((0, 0, 0), (2, 2, 2), ((), (), ()), (both, both))
    made = shortest(made_of, made_of.start())
    assert (made.bound, made.length, made.exact) == (3, 4, False)


def test_tasks_in_a_circle_and_skills_that_nobody_has_are_refused() -> None:
    with pytest.raises(ValueError, match=r"tasks \[1, 2\] wait for each other in a circle"):
        order(((), (0, 2), (1,)))
    made_of = Project((0, 1), (1, 1), ((), ()), (frozenset({0}),))
    with pytest.raises(ValueError, match=r"nobody has the skill for tasks of kind \[1\]"):
        least(made_of, made_of.start())


def test_chains_are_counted_from_both_ends() -> None:
    after = ((), (0,), (0, 1), ())
    assert chain(after, (2, 3, 1, 4)) == [0, 2, 5, 0]
    assert chain(turned(after), (2, 3, 1, 4)) == [4, 1, 0, 0]


def test_the_best_alone_does_one_task_after_the_other_or_cannot() -> None:
    made_of = Project((0, 1), (2, 3), ((), (0,)), (frozenset({0, 1}), frozenset({0})))
    assert alone(made_of, made_of.start(), 9) == 5
    assert alone(made_of, Floor((2, 3), ((0, 1), None)), 9) == 4
    assert alone(made_of, Floor((2, 3), (None, (0, 1))), 9) == 5, "what another has in hand is begun anew"
    assert alone(made_of, made_of.start(), 4) == 4, "it is not done in time"
