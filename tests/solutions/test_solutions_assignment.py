"""Assignments: the best against all of them, and the floors it stands on."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.assignment import (
    Assignment,
    assignment_game,
    best_assignment,
    greedy_assignment,
    own_best,
    random_assignment,
)
from arena.solutions.coalitions import members


@st.composite
def tables(draw):
    agents, jobs = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    row = st.lists(st.integers(-2, 6), min_size=jobs, max_size=jobs)
    return np.array(draw(st.lists(row, min_size=agents, max_size=agents)), float)


def all_values(table):
    """What every assignment of min(agents, jobs) pairs makes."""
    if table.shape[0] > table.shape[1]:
        table = table.T
    few, many = table.shape
    return [sum(table[i, job] for i, job in enumerate(order)) for order in permutations(range(many), few)]


@given(tables())
def test_the_best_assignment_is_the_best_of_all_and_the_random_one_their_mean(table):
    values = all_values(table)
    assert best_assignment(table).value == max(values)
    assert random_assignment(table) == pytest.approx(sum(values) / len(values), abs=1e-9)
    assert min(values) <= greedy_assignment(table).value <= max(values)


@given(tables())
def test_an_assignment_gives_no_job_twice_and_makes_as_many_pairs_as_there_can_be(table):
    for made in (best_assignment(table), greedy_assignment(table)):
        jobs = [job for job in made.jobs if job is not None]
        assert len(made.jobs) == len(table)
        assert len(set(jobs)) == len(jobs) == min(table.shape)
        assert made.value == sum(table[agent, job] for agent, job in enumerate(made.jobs) if job is not None)


@given(tables())
def test_a_coalition_makes_what_its_best_assignment_makes(table):
    game = assignment_game(table)
    for coalition in range(1, 2 ** len(table)):
        assert game.worths[coalition] == max(all_values(table[list(members(coalition))]))


@given(tables())
def test_where_all_take_their_best_job_the_best_of_those_that_collide_counts(table):
    wanted = [row.index(max(row)) for row in table.tolist()]
    assert own_best(table) == sum(max(table[i, job] for i, w in enumerate(wanted) if w == job) for job in set(wanted))


def test_greed_takes_the_first_of_equals():
    assert greedy_assignment(np.array([[5.0, 5], [5, 0]])) == Assignment((0, 1), 5.0)
    assert best_assignment(np.array([[5.0, 5], [5, 0]])) == Assignment((1, 0), 10.0)


def test_without_agents_or_jobs_nothing_is_made():
    for empty in (np.zeros((0, 3)), np.zeros((2, 0))):
        nothing = (None,) * len(empty)
        assert best_assignment(empty) == greedy_assignment(empty) == Assignment(nothing, 0.0)
        assert random_assignment(empty) == own_best(empty) == 0


@pytest.mark.parametrize("table", [np.zeros(3), np.full((2, 2), np.nan), np.full((1, 1), np.inf)])
def test_a_table_that_is_none_is_refused(table):
    for solver in (best_assignment, greedy_assignment, random_assignment, own_best, assignment_game):
        with pytest.raises(ValueError, match=r"expected \(agents, jobs\)"):
            solver(table)
