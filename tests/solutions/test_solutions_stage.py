"""A round's payoffs: the joint sums of all profiles at once are those of each."""

from __future__ import annotations

from itertools import product

import pytest

from arena.core.draw import Draw
from arena.errors import TooLarge
from arena.scenarios.dilemma.terms import Form
from arena.solutions.stage import Stage


def drawn(form: Form, seats: int, actions: int, seed: int) -> Stage:
    """A stage of small whole numbers, so that sums tie."""
    rng = Draw.root(seed, form).of("stage", seats, actions)
    match form:
        case "count":
            rows = [tuple(tuple(rng.randint(0, 3) for _ in range(seats)) for _ in range(2)) for _ in range(seats)]
            return Stage("count", seats, 2, tuple(rows))
        case "match":
            rows = [tuple((rng.randint(0, 3), rng.randint(0, 3)) for _ in range(actions)) for _ in range(seats)]
            return Stage("match", seats, actions, tuple(rows))
    claims = tuple(rng.sample(range(2, 12), actions))
    return Stage("claim", seats, actions, (), claims, rng.randint(1, 6))


@pytest.mark.parametrize("form", ["count", "match", "claim"])
@pytest.mark.parametrize("seats", [2, 3, 4])
def test_best_and_mean_are_those_of_looking_at_every_profile(form: Form, seats: int) -> None:
    for seed in range(40):
        stage = drawn(form, seats, 2 + seed % 3, seed)
        profiles = list(product(range(stage.actions), repeat=seats))
        sums = [sum(stage.payoffs(profile)) for profile in profiles]
        most = max(sums)
        assert stage.sums().shape == (stage.actions,) * seats
        assert stage.best() == (most, profiles[sums.index(most)])
        assert stage.all_best(99) == (most, [p for p, total in zip(profiles, sums, strict=True) if total == most][:99])
        assert stage.mean() == pytest.approx(sum(sums) / len(sums), rel=1e-12)


def test_the_largest_games_are_looked_at_as_a_whole_and_larger_ones_refused() -> None:
    sheets = tuple(tuple((10 + seat if a == seat else 5, 0) for a in range(8)) for seat in range(6))
    assert Stage("match", 6, 8, sheets).best() == (40.0, (5,) * 6)
    traveller = Stage("claim", 6, 8, (), tuple(range(20, 4, -2)), 3)
    assert traveller.best() == (120.0, (0,) * 6)
    assert int(traveller.sums().argmin()) == 7  # one claims least, the others most
    with pytest.raises(TooLarge, match="1,048,576"):
        Stage("claim", 10, 4, (), (4, 3, 2, 1), 2).best()
