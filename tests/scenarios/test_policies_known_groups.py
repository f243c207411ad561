"""What is claimed of scripted groups, over 50 generated bargains with a zone and on published games."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
import yaml

from arena import assets
from arena.agents.scripted import Scripted
from arena.core.draw import Draw
from arena.core.game import Game
from arena.core.table import Table
from arena.moderators.meeting import Meeting
from arena.scenarios.bargain import policies
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.worth import space
from tests.meetings import MEETINGS, OFFERS
from tests.playing import run

SEEDS = range(50)
ALIKE = ["round robin", "random", "simultaneous", "chair calls", "bid for the floor", "ring channel"]


def played(names: tuple[str, ...], params: Params, seed: int, meeting: Meeting) -> Table:
    """The end of a match among scripted seats."""
    draw = Draw.root(seed, "known groups")
    task = SCENARIO.deal(params, draw.at("deal"))
    game = Game(SCENARIO, task, draw.at("match"), tuple(range(len(task.seats))))
    agents = [Scripted(policies.find(name), draw.at("agent")) for name in names]
    table, _ = run(game, meeting, agents)
    assert table.halted is None, table.halted
    return table


def welfare_ratio(table: Table) -> float:
    """(W - W_d) / (W* - W_d), W* over X_IR; 0 for a deal outside of X_IR."""
    sheets = table.hidden.sheets
    outcomes = space(table.common.rules, sheets)
    best = outcomes.gains[outcomes.rational].sum(axis=1).max()
    assert table.valued is not None
    gains = np.array(table.valued.utilities) - outcomes.disagreement
    return float(gains.sum() / best) if (gains >= 0).all() else 0.0


@cache
def ratios(names: tuple[str, ...], meeting: str = "round robin") -> tuple[float, ...]:
    """The welfare ratios of a group over the 50 bargains."""
    rules = (MEETINGS | OFFERS)[meeting]
    params = Params(seats=len(names), zone="always")
    return tuple(welfare_ratio(played(names, params, seed, rules)) for seed in SEEDS)


@cache
def deals(names: tuple[str, ...]) -> int:
    """In how many of the 50 bargains a group makes a deal."""
    params = Params(seats=len(names), zone="always")
    return sum(played(names, params, seed, Meeting()).closed == "agreed" for seed in SEEDS)


@pytest.mark.parametrize("seats", range(2, 9))
def test_teams_of_planners_reach_a_welfare_ratio_of_1(seats: int) -> None:
    assert min(ratios(("planner",) * seats)) == 1.0


@pytest.mark.parametrize("meeting", [*ALIKE, "alternating offers"])
def test_planners_reach_it_in_any_meeting_in_which_all_hear_each_other(meeting: str) -> None:
    assert min(ratios(("planner",) * 3, meeting)) == 1.0


def test_conceder_pairs_beat_random_pairs() -> None:
    """By a margin far beyond chance: the mean paired difference is more than 5 of its standard errors."""
    difference = np.array(ratios(("conceder",) * 2)) - np.array(ratios(("random",) * 2))
    assert difference.mean() > 5 * difference.std(ddof=1) / np.sqrt(len(SEEDS))
    assert difference.mean() > 0.3


@pytest.mark.parametrize(
    "names",
    [
        ("hardliner",) * 2,
        ("absent",) * 2,
        ("silent",) * 2,
        ("planner", "absent"),
        ("conceder", "conceder", "absent"),
        ("saboteur", "planner", "planner"),
    ],
    ids="-".join,
)
def test_some_groups_end_without_a_deal(names: tuple[str, ...]) -> None:
    assert deals(names) == 0


def test_a_boulware_gains_more_from_a_conceder_than_the_conceder_does() -> None:
    shares = []
    for seed in SEEDS:
        table = played(("boulware", "conceder"), Params(seats=2), seed, Meeting())
        outcomes = space(table.common.rules, table.hidden.sheets)
        assert table.valued is not None
        first, second = (
            (table.valued.utilities[seat] - outcomes.disagreement[seat])
            / (outcomes.ideal[seat] - outcomes.disagreement[seat])
            for seat in (0, 1)
        )
        shares.append(first - second)
    assert np.mean(shares) > 0.2


def test_planners_agree_that_there_is_no_deal_where_there_is_none() -> None:
    for seed in range(10):
        table = played(("planner",) * 3, Params(seats=3, zone="never"), seed, Meeting())
        assert table.valued is not None
        assert table.valued.status == "no_deal_correct"


@pytest.mark.parametrize("acceptance", ["majority", "all-but-one"])
@pytest.mark.parametrize("vetoes", [0, 1])
def test_planners_reach_the_best_of_all_passing_deals_under_other_rules(acceptance: Any, vetoes: int) -> None:
    for seed in range(15):
        table = played(("planner",) * 4, Params(seats=4, acceptance=acceptance, vetoes=vetoes), seed, Meeting())
        outcomes = space(table.common.rules, table.hidden.sheets)
        assert table.valued is not None
        assert table.valued.value == outcomes.gains[outcomes.passing].sum(axis=1).max()


@pytest.mark.parametrize(
    "params",
    [{"interactions": 4}, {"form": "items", "issues": 3}, {"goals": 2}, {"rounds": 2}, {"conflict": 1.0, "options": 5}],
    ids=str,
)
def test_planners_reach_it_in_bargains_of_every_make(params: dict[str, Any]) -> None:
    for seed in range(10):
        assert welfare_ratio(played(("planner",) * 3, Params(seats=3, **params), seed, Meeting())) == 1.0


def published(name: str) -> Params:
    """The parameters of a published game."""
    return Params(game=yaml.safe_load(assets.path("configs", "games", f"{name}.yaml").read_text(encoding="utf-8")))


def test_six_planners_settle_the_sports_resort_on_the_largest_sum_among_passing_deals() -> None:
    """391 at A2 B3 C2 D2 E4, as the golden data have it."""
    table = played(("planner",) * 6, published("sports-resort"), 0, Meeting())
    assert table.valued is not None
    assert sum(table.valued.utilities) == 391
    assert table.common.agreement.offer.deal == ("A2", "B3", "C2", "D2", "E4")


@pytest.mark.parametrize("game", assets.names("configs/games", ".yaml"))
@pytest.mark.parametrize("name", policies.names())
def test_every_policy_plays_every_published_game_to_its_end(name: str, game: str) -> None:
    seats = len(SCENARIO.deal(published(game), Draw.root(0, "")).seats)
    assert played((name,) * seats, published(game), 0, Meeting()).closed is not None
