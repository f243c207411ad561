"""What a ballot decides, and with what chances: held against counting every ballot there can be."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.voting import Lot, Rule, chances, expected, winners

RULES: list[Rule] = ["plurality", "majority", "unanimity"]


@pytest.mark.parametrize(
    ("counts", "seats", "plurality", "majority", "unanimity"),
    [
        ((2, 1, 0), 3, (0,), (0,), ()),
        ((0, 3), 3, (1,), (1,), (1,)),
        ((2, 2), 4, (0, 1), (), ()),
        ((1, 0, 0), 4, (0,), (), ()),
        ((0, 0), 3, (), (), ()),
        ((3, 1, 1), 6, (0,), (), ()),
    ],
)
def test_who_wins_under_each_rule(
    counts: tuple[int, ...],
    seats: int,
    plurality: tuple[int, ...],
    majority: tuple[int, ...],
    unanimity: tuple[int, ...],
) -> None:
    assert [winners(counts, seats, rule) for rule in RULES] == [plurality, majority, unanimity]


def lots(draw: st.DrawFn, options: int) -> Lot:
    weights = draw(st.lists(st.integers(0, 3), min_size=options + 1, max_size=options + 1).filter(any))
    votes: list[int | None] = [*range(options), None]
    return {vote: weight / sum(weights) for vote, weight in zip(votes, weights, strict=True) if weight}


@st.composite
def ballots(draw: st.DrawFn) -> tuple[list[Lot], int]:
    options = draw(st.integers(2, 4))
    return [lots(draw, options) for _ in range(draw(st.integers(1, 4)))], options


@given(ballots(), st.sampled_from(RULES))
def test_the_chances_are_those_of_every_ballot_there_can_be(drawn: tuple[list[Lot], int], rule: Rule) -> None:
    seats, options = drawn
    by_hand: dict[int | None, float] = {}
    for votes in product(*seats):
        won = winners([votes.count(k) for k in range(options)], len(seats), rule) or (None,)
        for option in won:
            chance = prod(lot[vote] for lot, vote in zip(seats, votes, strict=True)) / len(won)
            by_hand[option] = by_hand.get(option, 0.0) + chance
    found = chances(seats, options, rule)
    assert found == pytest.approx(by_hand)
    assert sum(found.values()) == pytest.approx(1.0)


def test_ballots_go_on_until_one_decides() -> None:
    even: list[Lot] = [{0: 0.5, 1: 0.5}] * 2
    assert expected((10, 2), -4, [even] * 2, "unanimity") == pytest.approx(0.75 * 6 + 0.25 * -4)
    assert expected((10, 2), -4, [even, [{0: 1.0}, {0: 1.0}]], "unanimity") == pytest.approx(0.5 * 6 + 0.5 * 10)
    assert expected((10, 2), -4, [], "unanimity") == -4
