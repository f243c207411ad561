"""How many instances it takes, by a pilot whose variance is known."""

from __future__ import annotations

from random import Random

import pytest

from arena.analysis.planning import planned
from arena.errors import NotFound, UsageError
from tests.runs.sighting import sighted


def test_a_pilot_of_known_variance_gives_the_published_numbers() -> None:
    noise = Random(4)
    found = []
    for n in range(4000):
        common = noise.gauss(0, 0.25 * 0.8**0.5)
        for agent in "ab":
            own = common + noise.gauss(0, 0.25 * 0.2**0.5)
            found.append(sighted(f"i{n}", (agent, agent), values={"score": own}))
    paired, alone, other = planned(found, "score", 0.05)
    assert (paired.first, paired.second, alone.second, other.first) == ("a", "b", None, "b")
    assert paired.needed.instances == pytest.approx(79, rel=0.06)
    assert alone.needed.instances == pytest.approx(393, rel=0.06)
    assert paired.needed.low <= paired.needed.instances <= (paired.needed.high or 0)
    assert paired.detectable < 0.01


def test_a_gain_is_planned_by_the_variance_of_its_ratio() -> None:
    noise = Random(5)
    rows = [(f"i{n}", 5.0 + n % 9) for n in range(600)]
    found = [
        sighted(name, (agent, agent), gain=(room * noise.gauss(0.5, 0.1), room))
        for name, room in rows
        for agent in "ab"
    ]
    paired = planned(found, "coordination_gain", 0.05)[0]
    assert 0.12 < paired.deviation < 0.2, "about sqrt(2) times .1, rooms differing"


def test_what_says_nothing_of_variance_is_no_pilot() -> None:
    one = [sighted("i0", (agent, agent), values={"score": 1.0}) for agent in "ab"]
    with pytest.raises(UsageError, match="fewer than two instances"):
        planned(one, "score", 0.05)
    with pytest.raises(NotFound):
        planned(one, "wealth", 0.05)
