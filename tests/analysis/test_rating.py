"""Ratings: who is in whose place, ties, the undefeated, orders that do not matter, circles, the matrix."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement, permutations
from math import isfinite, log
from random import Random

import numpy as np
import pytest

from arena.analysis.crossing import crossings
from arena.analysis.rating import ratings
from arena.errors import NotFound, UsageError
from arena.results.observed import Observation
from arena.statistics.cycles import Cycles, cycles
from arena.statistics.ratings import Before, plackett_luce, rate_players
from tests.runs.sighting import sighted


def crossed(
    agents: str, seats: int, worth: Callable[[int, tuple[str, ...]], float], instances: int = 20
) -> list[Observation]:
    """Every team of so many seats, in every order; what its match gains of 10."""
    teams = [sorted(set(permutations(team))) for team in combinations_with_replacement(agents, seats)]
    return [
        sighted(f"i{n}", order, gain=(worth(n, order), 10.0), payoff=[worth(n, (name,)) for name in order])
        for n in range(instances)
        for orders in teams
        for order in orders
    ]


STRENGTH = {"a": 3.0, "b": 2.0, "c": 1.0, "d": 0.0}


def by_strength(noise: Random, spread: float) -> Callable[[int, tuple[str, ...]], float]:
    return lambda n, team: n % 5 + sum(STRENGTH[name] for name in team) / len(team) + noise.gauss(0, spread)


@pytest.mark.parametrize("seats", [2, 3])
def test_a_planted_order_is_recovered_whatever_the_groups(seats: int) -> None:
    found = ratings(crossed("abcd", seats, by_strength(Random(1), 1.0)))
    assert [each.agent for each in found.rated] == ["a", "b", "c", "d"]
    assert found.rated[0].rating.low > found.rated[3].rating.high
    assert all(each.rating.low < each.rating.value < each.rating.high for each in found.rated)
    assert found.cycles == Cycles(0, 4)


def test_within_matches_the_order_is_that_of_payoffs() -> None:
    found = ratings(crossed("abcd", 3, by_strength(Random(2), 1.0)), within=True)
    assert [each.agent for each in found.rated] == ["a", "b", "c", "d"]
    assert (found.measure, found.within) == ("payoff", True)


def test_the_order_of_the_matches_changes_nothing() -> None:
    found = crossed("abc", 2, by_strength(Random(3), 1.0))
    for within in (False, True):
        once, again = ratings(found, within=within), ratings(Random(9).sample(found, len(found)), within=within)
        assert once == again


def test_equal_agents_have_equal_ratings() -> None:
    found = ratings(crossed("abc", 2, lambda n, team: float(n % 5)))
    assert [each.rating.value for each in found.rated] == pytest.approx([0, 0, 0])
    assert found.cycles == Cycles(0, 0)


def test_the_undefeated_and_the_winless_are_rated_and_more_matches_set_them_further_apart() -> None:
    def undefeated(instances: int) -> list[float]:
        found = ratings(crossed("abc", 2, lambda n, team: sum(STRENGTH[name] for name in team), instances))
        return [each.rating.value for each in found.rated]

    few, many = undefeated(5), undefeated(500)
    assert all(map(isfinite, many))
    assert many[0] - many[2] > few[0] - few[2] > 0


def test_two_players_have_the_log_odds_of_their_wins_drawn_together_by_alpha() -> None:
    table = np.array([[0.0, 50.0], [30.0, 0.0]])
    plain, drawn = plackett_luce(table, 1e-9), plackett_luce(table, 1.0)
    assert plain[0] - plain[1] == pytest.approx(log(5 / 3), abs=1e-6)
    assert 0 < drawn[0] - drawn[1] < plain[0] - plain[1]
    ties = plackett_luce(np.array([[0.0, 25.0], [25.0, 0.0]]))
    assert list(ties) == pytest.approx([0, 0]), "fifty ties are half a win each"


def test_the_bootstrap_is_over_instances_and_the_same_each_time() -> None:
    noise = Random(4)
    before = [Before(f"i{n}", ((0.0, x), (1 - x, 0.0)), 7) for n in range(40) for x in [float(noise.random() < 0.7)]]
    once = rate_players(2, before)
    assert once == rate_players(2, before[::-1])
    assert (once[0].n, once[0].instances, once[0].method) == (280, 40, "bootstrap")
    alone = rate_players(2, before[:1])
    assert not isfinite(alone[0].low)


def test_a_circle_is_told() -> None:
    beats = {("a", "b"), ("b", "c"), ("c", "a")}

    found = [
        sighted(f"i{n}", (one, other), payoff=(float((one, other) in beats), float((other, one) in beats)))
        for n in range(10)
        for one in "abc"
        for other in "abc"
        if one != other
    ]
    assert ratings(found, within=True).cycles == Cycles(1, 1)
    assert cycles([[0, 1, 1], [0, 0, 1], [0, 0, 0]]) == Cycles(0, 1)
    assert cycles([[0, 1, 1], [1, 0, 1], [0, 0, 0]]) == Cycles(0, 0), "two of them are equal"


def test_who_always_sits_together_is_not_rated() -> None:
    together = [sighted(f"i{n}", ("a", "b"), gain=(1.0, 2.0)) for n in range(3)]
    with pytest.raises(UsageError, match="no two agents can be rated"):
        ratings(together)
    with pytest.raises(NotFound):
        ratings(together, "wealth")
    focal = [sighted(f"i{n}", (name, "bg"), gain=(STRENGTH[name], 5.0)) for n in range(5) for name in "abc"]
    assert ratings(focal).unrated == ("bg",), "the same throughout"


def test_the_matrix_and_the_gap_between_self_play_and_cross_play() -> None:
    found = crossed("ab", 2, lambda n, team: 8.0 if len(set(team)) == 1 else 5.0 + n % 2)
    (crossing,) = crossings(found, "coordination_gain")
    assert crossing.agents == ("a", "b")
    assert [[round(cell.value, 3) for cell in row] for row in crossing.matrix] == [[0.8, 0.55], [0.55, 0.8]]
    assert crossing.gap.value == pytest.approx(0.25)
    assert crossing.gap.low < 0.25 < crossing.gap.high
    assert crossing.gap.instances == 20
    assert crossings([each for each in found if len(set(each.agents)) == 1], "coordination_gain") == ()
