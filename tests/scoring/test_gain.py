"""What coordination brought of what it could have brought, and collusion of what it could have taken."""

import math

import pytest

from arena.scoring.collusion import collusion_index
from arena.scoring.gain import coordination_gain


@pytest.mark.parametrize("share", [coordination_gain, collusion_index])
def test_a_share_is_zero_at_the_floor_one_at_the_top_and_never_clipped(share):
    assert [share(value, 6, 8) for value in (6, 8, 3, 10)] == [0, 1, -1.5, 2]


@pytest.mark.parametrize("share", [coordination_gain, collusion_index])
@pytest.mark.parametrize("top", [6.0, 6 + 1e-10, 5.0])
def test_a_share_of_nothing_is_not_defined(share, top):
    assert math.isnan(share(7, 6, top))
