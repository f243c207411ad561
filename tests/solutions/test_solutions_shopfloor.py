"""A round of work, rule by rule: clashes, work done again, hand-overs, what is done."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.shopfloor import IDLE, Act, Deed, Floor, Project, advance, done, held, open_to, ready
from tests.solutions.small_projects import floors

BOTH = frozenset({0, 1})
# A: two rounds of kind 0; B: one round of kind 1, after A; C: three rounds of kind 0. Three seats, the last without 0.
PROJECT = Project((0, 1, 0), (2, 1, 3), ((), (0,), ()), (BOTH, BOTH, frozenset({1})))
A, B, C = range(3)
WORK = Act("work")


def take(task: int) -> Act:
    return Act("take", task)


def test_what_is_ready_waits_for_nothing_and_is_open_to_the_skilled_with_empty_hands() -> None:
    start = PROJECT.start()
    assert ready(PROJECT, start) == [A, C]
    assert [open_to(PROJECT, start, seat) for seat in range(3)] == [[A, C], [A, C], []]
    busy = Floor((2, 1, 3), ((A, 1), None, None))
    assert [open_to(PROJECT, busy, seat) for seat in range(2)] == [[], [A, C]]
    assert held(busy) == {A}
    assert open_to(PROJECT, Floor((0, 1, 3), (None,) * 3), 2) == [B]


@pytest.mark.parametrize(("order", "winner"), [((0, 1, 2), 0), ((2, 1, 0), 1)])
def test_of_several_who_take_up_a_task_the_first_by_lot_has_it(order: tuple[int, ...], winner: int) -> None:
    floor, deeds = advance(PROJECT, PROJECT.start(), [take(A), take(A), IDLE], order)
    assert floor.hands[winner] == (A, 1)
    assert floor.hands[1 - winner] is None
    assert deeds[winner] == Deed("took", A, 1)
    assert deeds[1 - winner] == Deed("clashed", A, 1)


def test_who_takes_up_what_is_in_anothers_hand_begins_anew_and_loses_it_when_that_is_done() -> None:
    floor, _ = advance(PROJECT, PROJECT.start(), [take(C), IDLE, IDLE], range(3))
    floor, deeds = advance(PROJECT, floor, [WORK, take(C), IDLE], range(3))
    assert floor.hands == ((C, 1), (C, 2), None)
    assert deeds == (Deed("worked", C, 2), Deed("took", C, 1), Deed("idle"))
    floor, deeds = advance(PROJECT, floor, [WORK, WORK, IDLE], range(3))
    assert floor == Floor((2, 1, 0), (None, None, None))
    assert deeds[:2] == (Deed("worked", C, 3), Deed("worked", C, 2))


def test_a_hand_over_keeps_what_is_done_and_takes_the_round() -> None:
    floor = Floor((2, 1, 3), ((C, 1), None, None))
    floor, deeds = advance(PROJECT, floor, [Act("hand", 1), IDLE, IDLE], range(3))
    assert floor == Floor((2, 1, 3), (None, (C, 1), None))
    assert deeds[0] == Deed("handed", C, 0, 1)
    floor, _ = advance(PROJECT, floor, [IDLE, WORK, IDLE], range(3))
    assert floor.left == (2, 1, 0)


@pytest.mark.parametrize("to", [1, 2])
def test_what_cannot_be_handed_to_a_seat_lies_free_with_what_is_done(to: int) -> None:
    """To the busy second seat, or to the third, which lacks the skill."""
    floor = Floor((2, 1, 3), ((C, 1), (A, 2), None))
    floor, deeds = advance(PROJECT, floor, [Act("hand", to), IDLE, IDLE], range(3))
    assert floor == Floor((2, 1, 1), (None, (A, 2), None))
    assert deeds[0] == Deed("handed", C)
    floor, deeds = advance(PROJECT, floor, [take(C), IDLE, IDLE], range(3))
    assert floor.left == (2, 1, 0)
    assert deeds[0] == Deed("took", C, 3)


def test_two_may_swap_and_of_two_who_give_to_one_the_first_by_lot_does() -> None:
    floor = Floor((2, 1, 3), ((C, 1), (A, 1), None))
    swapped, _ = advance(PROJECT, floor, [Act("hand", 1), Act("hand", 0), IDLE], range(3))
    assert swapped.hands == ((A, 1), (C, 1), None)
    three = Project((0, 0, 0), (2, 2, 2), ((),) * 3, (BOTH,) * 3)
    given_both = [Act("hand", 2), Act("hand", 2), IDLE]
    floor, _ = advance(three, Floor((2, 2, 2), ((A, 1), (B, 1), None)), given_both, (1, 0, 2))
    assert floor == Floor((1, 2, 2), (None, None, (B, 1)))


def test_what_somebody_else_has_done_in_the_same_round_cannot_be_handed_over() -> None:
    floor = Floor((2, 1, 3), ((C, 2), (C, 1), None))
    floor, deeds = advance(PROJECT, floor, [Act("hand", 1), WORK, IDLE], range(3))
    assert floor == Floor((2, 1, 0), (None, None, None))
    assert deeds[0] == Deed("idle")


@given(floors(), st.integers(0, 999))
def test_work_never_grows_and_a_round_of_it_is_told_once_a_seat(case: tuple[Project, Floor], seed: int) -> None:
    (project, floor), dice = case, Random(seed)
    while not done(floor) and dice.random() < 0.9:
        before = floor
        acts = []
        for seat in range(len(project.able)):
            tasks = open_to(project, floor, seat)
            at_it = [WORK] if floor.hands[seat] is not None else [take(task) for task in tasks]
            acts.append(dice.choice([IDLE, *at_it]))
        floor, deeds = advance(project, floor, acts, dice.sample(range(len(acts)), len(acts)))
        assert all(1 <= deed.unit <= project.work[deed.task] for deed in deeds if deed.unit)
        assert all((deed.unit > 0) == (act != IDLE) for deed, act in zip(deeds, acts, strict=True))
        assert {task for task, left in enumerate(before.left) if not left} <= {
            task for task, left in enumerate(floor.left) if not left
        }
        assert all(floor.left[task] for task in held(floor)), "what is done is in nobody's hand"
