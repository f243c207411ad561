"""Designs: who sits where, by rules that can be counted out."""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.configs.casting import Casting
from arena.errors import ConfigError
from arena.planning.designs import MOST, period, rotated, seatings

NAMES = st.lists(st.sampled_from("abcde"), min_size=1, max_size=4, unique=True).map(tuple)
SEATS = st.integers(1, 5)


def teams(casting: Casting, seats: int) -> list[str]:
    return ["".join(seating.agents) for seating in seatings(casting, seats)]


def test_cross_play_of_two_seats_is_every_ordered_pair() -> None:
    found = seatings(Casting("cross_play", ("a", "b", "c")), 2)
    assert ["".join(seating.agents) for seating in found] == ["aa", "ab", "ac", "bb", "bc", "cc", "ba", "ca", "cb"]
    assert [seating.rotation for seating in found] == [0] * 6 + [1] * 3


def test_cross_play_of_three_seats_turns_every_combination() -> None:
    assert teams(Casting("cross_play", ("a", "b")), 3) == ["aaa", "aab", "abb", "bbb", "baa", "bab", "aba", "bba"]


def test_self_play_seats_each_agent_with_itself() -> None:
    assert teams(Casting("self_play", ("a", "b")), 3) == ["aaa", "bbb"]


def test_a_focal_agent_sits_in_every_seat_among_the_same_others_in_the_same_order() -> None:
    alone = Casting("focal", ("a", "b"), ("x",))
    assert teams(alone, 3) == ["axx", "bxx", "xax", "xbx", "xxa", "xxb"]
    assert teams(Casting("focal", ("a",), ("x", "y")), 3) == ["axy", "yax", "xya"]
    assert teams(Casting("focal", ("a", "x"), ("x",)), 2) == ["ax", "xx", "xa"], "the same seating is played once"


def test_a_factorial_design_is_every_assignment() -> None:
    assert teams(Casting("factorial", ("a", "b")), 2) == ["aa", "ab", "ba", "bb"]
    against = teams(Casting("factorial", ("a", "b"), ("x",)), 2)
    assert against == ["aa", "ax", "xa", "xx", "bb", "bx", "xb"], "the baseline alone once"


def test_an_explicit_design_is_its_one_team() -> None:
    assert teams(Casting("explicit", ("a", "b", "a")), 3) == ["aba"]


@given(NAMES, SEATS)
def test_cross_play_holds_every_combination_and_seats_its_members_everywhere_alike(
    agents: tuple[str, ...], seats: int
) -> None:
    found = seatings(Casting("cross_play", agents), seats)
    assert len({seating.agents for seating in found}) == len(found), "no seating twice"
    combinations = Counter(tuple(sorted(seating.agents)) for seating in found)
    assert len(combinations) == comb(len(agents) + seats - 1, seats)
    for combination in combinations:
        turned = [seating.agents for seating in found if tuple(sorted(seating.agents)) == combination]
        for seat in range(seats):
            sat = Counter(team[seat] for team in turned)
            share = Counter(combination)
            assert all(sat[name] * seats == share[name] * len(turned) for name in share)


@given(NAMES, SEATS)
def test_every_team_is_on_every_block_or_stood_for_by_an_equal_seating(agents: tuple[str, ...], seats: int) -> None:
    found = seatings(Casting("cross_play", agents), seats)
    first = [seating.agents for seating in found if seating.rotation == 0]
    for team, rotation in product(first, range(seats)):
        (standing,) = {s.rotation for s in found if s.agents == rotated(team, rotation)}
        assert standing == rotation % period(team)


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=6).map(tuple))
def test_a_period_is_the_least_turn_that_changes_nothing(team: tuple[str, ...]) -> None:
    turns = [turn for turn in range(1, len(team) + 1) if rotated(team, turn) == team]
    assert period(team) == turns[0]
    assert len(team) % period(team) == 0
    assert len({rotated(team, turn) for turn in range(len(team))}) == period(team)


def test_the_seat_that_a_rotation_leads_to_is_the_one_that_is_told() -> None:
    team = ("a", "b", "c", "d")
    for turn in range(4):
        assert all(rotated(team, turn)[seat] == team[(seat - turn) % 4] for seat in range(4))


@pytest.mark.parametrize(
    ("casting", "seats", "told"),
    [
        (Casting("explicit", ("a", "b")), 3, "seating: 2 agents (a, b) for 3 seats; name one agent a seat"),
        (Casting("focal", ("a",), ("x", "y")), 4, "background: 2 agents (x, y) for 3 other seats; name one agent for"),
        (Casting("factorial", ("a", "b", "c", "d", "e")), 6, "design: more than 4,096 seatings of an instance with 6"),
        (Casting("factorial", tuple("abcdefghijklmnopqr"), ("x",)), 8, "more than 4,096 seatings"),
        (Casting("cross_play", tuple("abcdefghijklmnopqrstuvwxyz")), 8, "more than 4,096 seatings"),
    ],
)
def test_what_does_not_fit_the_seats_is_said_so(casting: Casting, seats: int, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        seatings(casting, seats)
    assert told in str(error.value)
    assert MOST == 4096
