"""The orthant search names exactly the first candidate above."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions import dominance
from arena.solutions.dominance import first_above


def first_by_hand(queries, candidates):
    above = (candidates.T[None, :, :] >= queries.T[:, None, :]).all(axis=2)
    return np.where(above.any(axis=1), above.argmax(axis=1), -1)


points = st.integers(1, 4).flatmap(
    lambda d: st.tuples(
        st.lists(st.tuples(*[st.integers(0, 5)] * d), max_size=60),
        st.lists(st.tuples(*[st.integers(0, 5)] * d), min_size=1, max_size=60),
        st.just(d),
    )
)


@pytest.fixture
def hurried(monkeypatch):
    """Splits down to single queries, so that small inputs take every branch."""
    monkeypatch.setattr(dominance, "_LEAF", 1)
    monkeypatch.setattr(dominance, "_CELLS", 0)


@given(points)
def test_the_first_candidate_above_is_named_when_compared_at_once(drawn):
    queries, candidates = (np.array(side, float).reshape(-1, drawn[2]).T for side in drawn[:2])
    assert first_above(queries, candidates).tolist() == first_by_hand(queries, candidates).tolist()


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("whole", [True, False])
def test_the_first_candidate_above_is_named_when_split_to_the_last(hurried, seed, whole):
    rng = np.random.default_rng(seed)
    queries, candidates = rng.normal(size=(3, 200)), rng.normal(size=(3, 150))
    if whole:
        queries, candidates = np.rint(2 * queries), np.rint(2 * candidates)
    assert first_above(queries, candidates).tolist() == first_by_hand(queries, candidates).tolist()


@pytest.mark.parametrize("seed", range(20))
def test_any_candidate_above_will_do_where_that_is_asked(hurried, seed):
    rng = np.random.default_rng(seed)
    queries, candidates = rng.integers(0, 6, (4, 200)), rng.integers(0, 6, (4, 30))
    named = first_above(queries, candidates, split_along=3, any_will_do=True)
    expected = first_by_hand(queries, candidates)
    assert ((named >= 0) == (expected >= 0)).all()
    assert (candidates[:, named[named >= 0]] >= queries[:, named >= 0]).all()


def test_no_candidates_and_no_queries_are_answered_with_nothing():
    assert first_above(np.zeros((2, 3)), np.zeros((2, 0))).tolist() == [-1, -1, -1]
    assert first_above(np.zeros((2, 0)), np.zeros((2, 3))).tolist() == []
