"""Units of traders: rows and columns, the best matching, the ends of the competitive prices."""

from __future__ import annotations

import pytest

from arena.solutions.trading import competitive, matching, most, units_of


def test_several_alike_units_are_rows_and_columns_of_their_owners() -> None:
    units = units_of({0: (10, 8), 3: (5,)}, {1: (1, 9), 2: ()}, alike=True)
    assert (units.buyers, units.sellers) == ((0, 0, 3), (1, 1))
    assert units.gains.tolist() == [[9, 1], [7, -1], [4, -4]]
    assert most(units) == 9
    assert matching(units) == ((0, 0),)
    low, high = competitive(units)
    assert (low.tolist(), high.tolist()) == ([8, 8], [9, 9])


def test_units_that_differ_are_the_columns_of_sellers_who_have_one() -> None:
    units = units_of({0: (9, 4, 7), 1: ()}, {2: (3,), 3: (), 4: (6,)}, alike=False)
    assert (units.buyers, units.sellers) == ((0,), (2, 4))
    assert units.gains.tolist() == [[6, 1]]
    low, high = competitive(units)
    assert (low.tolist(), high.tolist()) == ([3, 6], [8, 6])


@pytest.mark.parametrize("alike", [True, False])
def test_where_a_side_is_missing_nothing_is_traded(alike: bool) -> None:
    for units in (units_of({0: (5,)}, {1: ()}, alike), units_of({0: ()}, {1: (5,)}, alike), units_of({}, {}, alike)):
        assert most(units) == 0
        assert matching(units) == ()
