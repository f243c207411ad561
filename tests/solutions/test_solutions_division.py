"""Which outcome hands out what."""

import pytest

from arena.solutions.division import Division
from tests.dividing import divisions


def test_an_outcome_hands_out_what_its_options_say_and_is_found_again_by_it():
    division = divisions(2, (2, 1))
    assert division.shape == (3, 2)
    assert division.parties == 2
    for outcome in range(6):
        assert division.row(division.at(outcome)) == outcome
    assert division.at(3) == ((1, 1), (1, 0))


def test_what_no_option_hands_out_has_no_outcome():
    two_ways = Division((((2, 0), (0, 2)), ((1, 0), (0, 1))), (2, 1))
    assert two_ways.row([(1, 1), (1, 0)]) is None
    assert two_ways.row([(0, 2), (1, 0)]) == 2


@pytest.mark.parametrize(
    ("ways", "supply", "message"),
    [
        ((), (), "do not fit"),
        ((((1, 0), (0, 1)),), (1, 1), "do not fit"),
        ((((1, 0), (1,)),), (1,), "do not fit"),
        ((((1, 1),),), (1,), "handed out of 1"),
        ((((2, -1),),), (1,), "handed out of 1"),
        ((((1, 0), (1, 0)),), (1,), "in the same way by two options"),
    ],
)
def test_options_that_are_no_ways_to_share_are_refused(ways, supply, message):
    with pytest.raises(ValueError, match=message):
        Division(ways, supply)
