"""Small random games of coalitions, in whole numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from arena.solutions.coalitions import Coalitions


@st.composite
def coalition_games(draw: st.DrawFn, least: int = 1, most: int = 4) -> Coalitions:
    """Nothing is assumed of the worths; now and then the whole is large, so that the core is not always empty."""
    parties = draw(st.integers(least, most))
    worths = draw(st.lists(st.integers(-3, 6), min_size=2**parties - 1, max_size=2**parties - 1))
    worths[-1] += draw(st.sampled_from([0, 0, 5, 12]))
    return Coalitions(np.array([0, *worths], float))
