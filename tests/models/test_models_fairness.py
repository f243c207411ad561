"""Whose turn it is among those who wait."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arena.models.fairness import FairQueue


def filled(*arrivals: str) -> FairQueue[str]:
    """Items such as `a1`, of match `a`, as they came."""
    queue: FairQueue[str] = FairQueue()
    for item in arrivals:
        queue.put(item[0], item)
    return queue


def drained(queue: FairQueue[str]) -> list[str]:
    found = []
    while queue:
        found.append(queue.pop())
    return found


def test_matches_take_turns_and_each_keeps_its_order() -> None:
    assert drained(filled("a1", "a2", "a3", "b1", "c1", "b2")) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_one_that_comes_later_waits_behind_those_who_came_first_and_not_behind_all_of_theirs() -> None:
    queue = filled("a1", "a2", "b1", "b2")
    assert queue.pop() == "a1"
    queue.put("c", "c1")
    assert drained(queue) == ["b1", "a2", "c1", "b2"]


def test_one_that_no_longer_waits_is_passed_over() -> None:
    queue = filled("a1", "b1", "b2", "c1")
    queue.discard("b", "b1")
    queue.discard("c", "c1")
    queue.discard("c", "c1")
    queue.discard("d", "d1")
    assert queue.peek() == "a1"
    assert drained(queue) == ["a1", "b2"]
    assert not queue


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_nobody_is_lost_and_no_match_is_served_twice_while_another_waits(matches: list[str]) -> None:
    queue: FairQueue[tuple[str, int]] = FairQueue()
    for i, match in enumerate(matches):
        queue.put(match, (match, i))
    order = []
    while queue:
        order.append(queue.pop())
    assert sorted(order, key=lambda item: item[1]) == list(zip(matches, range(len(matches)), strict=True))
    for match in set(matches):
        assert [i for m, i in order if m == match] == sorted(i for m, i in order if m == match)
    for at, (match, _) in enumerate(order):
        rest = {m for m, _ in order[at + 1 :]}
        if match in rest:  # before its next turn comes one of everyone else who still waits
            until = next(i for i, (m, _) in enumerate(order[at + 1 :]) if m == match)
            between = {m for m, _ in order[at + 1 : at + 1 + until]}
            assert rest - {match} <= between
