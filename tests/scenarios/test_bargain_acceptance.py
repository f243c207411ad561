from itertools import combinations

import numpy as np
import pytest

from arena.scenarios.bargain.acceptance import passes, passing, quorum, reachable
from arena.scenarios.bargain.terms import Acceptance, Rules


def rules(acceptance: Acceptance, seats: int, *vetoes: int) -> Rules:
    return Rules("", (), acceptance, quorum(acceptance, seats), vetoes, 10, seats)


@pytest.mark.parametrize(
    ("acceptance", "quorums"),
    [("unanimous", [2, 3, 4, 5, 6]), ("majority", [2, 2, 3, 3, 4]), ("all-but-one", [1, 2, 3, 4, 5])],
)
def test_the_quorum_is_all_or_more_than_half_or_all_but_one(acceptance: Acceptance, quorums: list[int]) -> None:
    assert [quorum(acceptance, n) for n in (2, 3, 4, 5, 6)] == quorums


def test_a_majority_passes_without_the_others() -> None:
    assert passes(rules("majority", 3), {0, 2})
    assert not passes(rules("majority", 3), {1})


def test_a_veto_seat_must_be_among_those_who_accept() -> None:
    assert not passes(rules("all-but-one", 4, 3), {0, 1, 2})
    assert passes(rules("all-but-one", 4, 3), {1, 2, 3})
    assert not passes(rules("majority", 5, 0, 4), {0, 1, 2, 3})


def test_a_deal_is_out_of_reach_when_too_few_are_left_or_a_veto_seat_has_gone() -> None:
    assert not reachable(rules("unanimous", 3), (1,))
    assert reachable(rules("majority", 5), (0, 1))
    assert not reachable(rules("majority", 5), (0, 1, 2))
    assert reachable(rules("all-but-one", 4, 2), (0,))
    assert not reachable(rules("all-but-one", 4, 2), (2,))


@pytest.mark.parametrize("acceptance", ["unanimous", "majority", "all-but-one"])
@pytest.mark.parametrize("vetoes", [(), (1,), (0, 3)])
def test_many_deals_at_once_pass_as_they_do_one_by_one(acceptance: Acceptance, vetoes: tuple[int, ...]) -> None:
    rule = rules(acceptance, 4, *vetoes)
    groups = [set(group) for size in range(5) for group in combinations(range(4), size)]
    agrees = np.array([[seat in group for seat in range(4)] for group in groups])
    assert passing(rule, agrees).tolist() == [passes(rule, group) for group in groups]
