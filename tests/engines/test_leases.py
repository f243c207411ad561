"""Leases: every match is played once, those of a lost worker by others, and one that kills workers fails alone."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.engines.leases import AHEAD, DEATHS, Leases
from arena.runs.jobs import Job


def jobs(n: int) -> list[Job]:
    return [Job(f"m{i:03d}") for i in range(n)]


def names(given: list[Job]) -> list[str]:
    return [job.match for job in given]


def test_matches_go_out_in_their_order_and_each_once() -> None:
    leases = Leases(jobs(5), 5, 1, 2)
    assert names(leases.give(0, 2)) == ["m000", "m001"]
    assert names(leases.give(0, 9)) == ["m002"], "one more than it plays at once, towards the end"
    assert leases.ended(0, "m000")
    assert not leases.ended(0, "m000"), "it has it no more"
    assert not leases.ended(1, "m001"), "it never had it"
    assert names(leases.give(0, 9)) == ["m003"]
    assert not leases.over


def test_towards_the_end_nobody_has_many_waiting() -> None:
    leases = Leases(jobs(1000), 1000, 2, 1)
    assert len(leases.give(0, 500)) == 1 + AHEAD
    for match in names(leases.give(1, 500)):
        leases.ended(1, match)
    while fresh := leases.give(1, 500):
        last = fresh
        for match in names(fresh):
            leases.ended(1, match)
    assert len(last) == 1


def test_what_a_lost_worker_had_goes_to_others_first_and_nobody_is_blamed_for_one_death() -> None:
    leases = Leases(jobs(6), 6, 2, 2)
    first = names(leases.give(0, 2))
    leases.begun(0, first[0])
    assert leases.lost(0) == []
    assert not leases.over
    assert names(leases.give(1, 2)) == first


class Simulated:
    """Workers that play what they have, some matches of which kill whoever plays them."""

    def __init__(self, n: int, poison: set[str], workers: int, live: int, seed: int) -> None:
        self.leases, self.poison, self.live = Leases(jobs(n), n, workers, live), poison, live
        self.dice, self.numbers = random.Random(seed), iter(range(10**6))
        self.have: dict[int, list[str]] = {next(self.numbers): [] for _ in range(workers)}
        self.done: list[str] = []
        self.failed: list[str] = []
        self.deaths = 0

    def run(self) -> None:
        while not self.leases.over:
            worker = self.dice.choice(sorted(self.have))
            have = self.have[worker]
            have += names(self.leases.give(worker, self.live - len(have)))
            for match in have:
                self.leases.begun(worker, match)
            if have and self.poison.intersection(have) and self.dice.random() < 0.5:
                self.failed += self.leases.lost(worker)
                del self.have[worker]
                self.have[next(self.numbers)] = []
                self.deaths += 1
            elif have:
                match = self.dice.choice(have)
                if match not in self.poison:
                    have.remove(match)
                    assert self.leases.ended(worker, match)
                    self.done.append(match)


@given(st.integers(1, 60), st.integers(0, 3), st.integers(1, 3), st.integers(1, 20), st.integers(0, 10**6))
def test_all_matches_end_but_those_that_kill_and_only_those_fail(
    n: int, poisonous: int, workers: int, live: int, seed: int
) -> None:
    poison = {f"m{i:03d}" for i in random.Random(seed).sample(range(n), min(poisonous, n))}
    simulated = Simulated(n, poison, workers, live, seed)
    simulated.run()
    assert sorted(simulated.failed) == sorted(poison)
    assert sorted(simulated.done) == [f"m{i:03d}" for i in range(n) if f"m{i:03d}" not in poison]


def test_one_that_kills_among_five_hundred_is_found_by_five_deaths() -> None:
    simulated = Simulated(1000, {"m100"}, 2, 500, 3)
    simulated.run()
    assert simulated.failed == ["m100"]
    assert DEATHS <= simulated.deaths <= 5


def test_a_plan_that_breaks_says_so_when_its_turn_comes() -> None:
    def broken() -> Iterator[Job]:
        yield from jobs(2)
        raise ValueError("no such row")

    leases = Leases(broken(), 9, 1, 1)
    assert names(leases.give(0, 1)) == ["m000"]
    with pytest.raises(ValueError, match="no such row"):
        leases.give(0, 1)
