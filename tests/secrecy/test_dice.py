"""What is drawn tells nothing: seeds, the order of the seats, and draws that do not move each other."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from scipy.stats import chisquare

from arena.core.draw import Draw
from arena.planning.plan import plan
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from tests.runs.matches import settled
from tests.secrecy.casts import bargain, task_of


def test_who_knows_the_seed_but_not_the_salt_cannot_deal_the_same_secrets() -> None:
    params = Params(seats=3, issues=3, options=3)
    real = SCENARIO.deal(params, Draw.root(7, "a salt kept secret").at("deal"))
    tried = [SCENARIO.deal(params, Draw.root(seed, "open").at("deal")) for seed in range(30)]
    assert real.rules not in [task.rules for task in tried]
    assert SCENARIO.deal(params, Draw.root(7, "a salt kept secret").at("deal")) == real


def test_seeds_have_63_bits_and_every_one_of_them_is_another_match() -> None:
    seeds = (0, 1, 2**31, 2**32, 2**32 + 1, 2**63 - 1)
    config = {"agents": {"a": {"scripted": "silent"}}, "scenarios": [{"use": "bargain"}], "design": "self_play"}
    made = [next(plan(settled({**config, "seed": seed}))).seed for seed in seeds]
    assert tuple(made) == seeds
    assert len({Draw.root(seed, "open").key for seed in seeds}) == len(seeds)
    assert {len(Draw.root(seed, "open").key) for seed in seeds} == {32}


def test_neither_the_veto_nor_a_goal_nor_the_highest_threshold_tends_to_a_seat() -> None:
    counts: dict[str, Counter[int]] = {"veto": Counter(), "goal": Counter(), "threshold": Counter()}
    for seed in range(120):
        task = task_of(bargain(3, seed, goals=1, values="exact", acceptance="majority"))
        counts["veto"][task.rules.vetoes[0]] += 1
        counts["goal"][task.goals[0].seat] += 1
        counts["threshold"][max(task.sheets, key=lambda sheet: sheet.threshold).seat] += 1
    for what, found in counts.items():
        assert chisquare([found[seat] for seat in range(3)]).pvalue > 1e-3, (what, found)


def test_a_hidden_draw_shifts_no_public_one() -> None:
    draw, other = Draw.root(7, "s"), Draw.root(7, "s")
    for _ in range(50):
        draw.of("hidden", 3).random()
    assert draw.of("public", 1).random() == other.of("public", 1).random()


@pytest.mark.parametrize("hidden", [{"goals": 3}, {"goals": 3, "goal_bonus": 99.0}, {"message_cost": 2.0}])
def test_more_secrets_in_a_deal_change_nothing_that_is_public(hidden: dict[str, Any]) -> None:
    plain = {"values": "exact", "interactions": 0, "goals": 0}
    one, two = (task_of(bargain(3, 41, **{**plain, **more})) for more in ({}, hidden))
    assert (one.rules, one.seats) == (two.rules, two.seats)
    assert [s.points for s in one.sheets] == [s.points for s in two.sheets]
    assert one != two
