"""The generator of dilemmas: what it deals is what its name says, for every seat, and nothing in it tells which."""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import comb
from typing import Any

import numpy as np
import pytest
from scipy.stats import chisquare

from arena.core.draw import Draw
from arena.errors import BadParams
from arena.scenarios.dilemma.draft import Draft, draft, proved
from arena.scenarios.dilemma.params import Params
from arena.scenarios.dilemma.rules import SCENARIO
from arena.scenarios.dilemma.settings import SETTINGS
from arena.scenarios.dilemma.stage import stage
from arena.scenarios.dilemma.terms import Game
from arena.solutions.normal_form import pure_equilibria
from arena.solutions.stage import Stage
from tests.teams import deal, reference

COUNTED: list[Game] = ["prisoner", "stag", "chicken", "public_goods"]
KINDS: list[Game] = [*COUNTED, "traveller", "sexes", "coordination"]
CASES = [(kind, seats, payoffs) for kind, seats, payoffs in product(KINDS, (2, 3, 6), ("public", "private"))
         if not (kind == "traveller" and payoffs == "private")]  # fmt: skip


def dealt_stage(kind: Game, seats: int, payoffs: str, seed: int) -> tuple[Stage, Any]:
    game = deal("dilemma", seed, kind=kind, seats=seats, payoffs=payoffs)
    task: Any = game.task
    return stage(task.rules, task.sheets), task


def table(found: Stage) -> Any:
    """The whole normal form, (k, ..., k, n)."""
    shape = (found.actions,) * found.seats
    full = np.zeros((*shape, found.seats))
    for profile in np.ndindex(*shape):
        full[profile] = found.payoffs(profile)
    return full


@pytest.mark.parametrize(("kind", "seats", "payoffs"), CASES)
def test_a_game_is_what_its_name_says_by_its_equilibria(kind: Game, seats: int, payoffs: str) -> None:
    for seed in range(8):
        found, task = dealt_stage(kind, seats, payoffs, seed)
        full = table(found)
        equilibria = {tuple(row) for row in pure_equilibria(full).tolist()}
        best = full.sum(axis=-1).max()
        all_c, all_d = (task.fate.cooperate,) * seats, (task.fate.defect,) * seats
        match kind:
            case "prisoner" | "public_goods":
                assert equilibria == {all_d}
                assert full[all_c].sum() == best > full[all_d].sum()
                assert (full[all_c] > full[all_d]).all()
            case "stag":
                assert {all_c, all_d} <= equilibria
                assert full[all_c].sum() == best > full[all_d].sum()
            case "chicken":
                assert all_c not in equilibria
                assert all_d not in equilibria
                assert full[all_c].sum() == best
            case "traveller":
                assert equilibria == {all_d}
                assert full[all_c].sum() == best
            case "sexes":
                assert equilibria >= {(a,) * seats for a in range(found.actions)}
                assert len({int(np.argmax([row[0] for row in points])) for points in found.points}) > 1
            case "coordination":
                assert {full[(a,) * seats].sum() for a in range(found.actions)} == {best}


@pytest.mark.parametrize(("kind", "seats"), list(product(["stag", "chicken"], (2, 3, 6))))
def test_by_a_uniform_prior_it_looks_better_to_defect(kind: Game, seats: int) -> None:
    for seed in range(8):
        found, task = dealt_stage(kind, seats, "public", seed)
        chances = [comb(seats - 1, j) / 2 ** (seats - 1) for j in range(seats)]
        worth = [float(np.dot(chances, row)) for row in found.points[0]]
        assert worth[task.fate.defect] > worth[task.fate.cooperate]
        uniform = [[0.5, 0.5]] * (seats - 1)
        assert [found.worth(0, a, uniform) for a in (0, 1)] == pytest.approx(worth)


def two(r: int, s: int, t: int, p: int) -> Stage:
    points = ((s, r), (p, t))
    return Stage("count", 2, 2, (points, points))


@pytest.mark.parametrize(
    ("kind", "payoffs", "holds"),
    [
        ("prisoner", (3, 0, 5, 1), True),
        ("prisoner", (3, 0, 7, 1), False),  # 2R < T + S: taking turns would be better
        ("prisoner", (3, 2, 5, 1), False),  # cooperating with a defector pays
        ("stag", (4, 0, 3, 3), True),
        ("stag", (9, 0, 3, 3), False),  # R + S > T + P: the stag looks better
        ("chicken", (6, 2, 9, 0), True),
        ("chicken", (6, 5, 9, 0), False),  # R + S > T + P: giving way looks better
        ("chicken", (6, 2, 11, 0), False),  # 2R < T + S
        ("public_goods", (6, 3, 7, 4), True),
        ("public_goods", (4, 3, 5, 6), False),  # giving is worth less to all than to keep it
    ],
)
def test_a_dilemma_that_is_not_one_is_not_accepted(kind: Game, payoffs: tuple[int, ...], holds: bool) -> None:
    assert proved(Draft(kind, two(*payoffs), True)) is holds


@pytest.mark.parametrize(("seats", "bonus", "holds"), [(2, 9, True), (3, 5, True), (3, 6, False), (3, 7, False)])
def test_a_traveller_is_accepted_only_where_nothing_is_worth_as_much_as_the_highest_claims(
    seats: int, bonus: int, holds: bool
) -> None:
    # Of three, two who claim 2 less have 18 + 6 each, the third 18 - 6: with a bonus of 6 that is 60, as for three 20s.
    assert proved(Draft("traveller", Stage("claim", seats, 3, (), (20, 18, 16), bonus), True)) is holds


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_accepted_is_proved_and_some_drafts_are_not(kind: Game) -> None:
    rng = Draw.root(1, kind).of("drafts")
    accepted = [proved(draft(kind, 3, 3, False, rng)) for _ in range(50)]
    assert any(accepted)


@pytest.mark.sweep
@pytest.mark.parametrize(("kind", "seats", "payoffs"), CASES)
def test_over_many_seeds_every_dealt_game_is_proved(kind: Game, seats: int, payoffs: str) -> None:
    for seed in range(200):
        found, task = dealt_stage(kind, seats, payoffs, seed)
        if task.fate.cooperate is not None and found.form == "count" and task.fate.cooperate != 0:
            points = tuple(tuple(row[::-1] for row in reversed(p)) for p in found.points)
            found = Stage("count", seats, 2, points)
        if found.form == "claim":
            found = Stage("claim", seats, found.actions, (), tuple(sorted(found.claims, reverse=True)), found.bonus)
        assert proved(Draft(kind, found, task.fate.cooperate is not None))


def test_the_action_that_cooperates_stands_anywhere_and_has_any_name() -> None:
    tasks: list[Any] = [deal("dilemma", seed).task for seed in range(500)]
    places = Counter(task.fate.cooperate for task in tasks)
    assert chisquare([places[0], places[1]]).pvalue > 1e-3
    for story in SETTINGS:
        told = [task for task in tasks if task.rules.setting == story.name]
        names = Counter(task.rules.actions[task.fate.cooperate] for task in told)
        assert chisquare([names[name] for name in story.actions]).pvalue > 1e-3


def test_who_likes_which_meeting_point_hangs_on_no_seat() -> None:
    tasks: list[Any] = [deal("dilemma", seed, kind="sexes", actions=2).task for seed in range(300)]
    first = Counter(int(np.argmax([row[0] for row in task.sheets[0].points])) for task in tasks)
    assert chisquare([first[0], first[1]]).pvalue > 1e-3


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"seats": 1}, ["seats"]),
        ({"seats": 7, "rounds": 0, "ending": 1.5}, ["seats", "rounds", "ending"]),
        ({"ending": 0.0, "goal_bonus": 0.0}, ["ending", "goal_bonus"]),
        ({"kind": "traveller", "payoffs": "private"}, ["payoffs"]),
        ({"goals": 3, "setting": "ferris"}, ["goals", "setting"]),
        ({"actions": 9, "alignment": -1.0}, ["actions", "alignment"]),
    ],
)
def test_impossible_parameters_are_named_all_at_once(params: dict[str, Any], names: list[str]) -> None:
    with pytest.raises(BadParams) as caught:
        SCENARIO.check(Params(**params))
    assert sorted({mistake.path for mistake in caught.value.mistakes}) == sorted(names)


def test_a_seed_deals_the_same_and_private_payoffs_are_marked() -> None:
    one, again = (SCENARIO.deal(Params(payoffs="private"), Draw.root(3, "s").at("deal")) for _ in range(2))
    assert one == again
    assert len({sheet.canary for sheet in one.sheets} - {""}) == len(one.sheets)


@pytest.mark.parametrize(("kind", "seats", "payoffs"), CASES)
def test_the_certificate_is_in_order(kind: Game, seats: int, payoffs: str) -> None:
    for seed in range(3):
        game = deal("dilemma", seed, kind=kind, seats=seats, payoffs=payoffs)
        found, full = reference(game), table(dealt_stage(kind, seats, payoffs, seed)[0])
        assert found.best == found.hind == 10 * full.sum(axis=-1).max()
        assert found.floors["random"].value == pytest.approx(10 * full.sum(axis=-1).mean())
        assert all(floor.value <= found.best + 1e-9 for floor in found.floors.values())
