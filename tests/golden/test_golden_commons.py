"""Golden game 5, exactly: K = 100, doubling, 5 fishers, 12 rounds, collapse under 5."""

from __future__ import annotations

import json
from fractions import Fraction
from math import isnan
from pathlib import Path

import pytest

from arena.accounts.harvests import Harvests
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.moderators.meeting import Meeting
from arena.scenarios.commons.terms import Harvest
from arena.scoring.group.commons import commons, over_use
from arena.solutions.harvesting import plan
from arena.solutions.regrowth import next_stocks
from tests.playing import Function, run
from tests.teams import deal, play, reference

GOLDEN = json.loads((Path(__file__).parent / "golden-games.json").read_text(encoding="utf-8"))["5_commons"]
GAME = deal("commons", 0, seats=5, capacity=100, vary=0.0, threshold=0.05, rounds=12)


def account(harvests: list[list[int]]) -> tuple[Harvests, int]:
    """What came of it when each seat asks for these units in each round, and the stock at the end."""

    def asks(seat: int) -> Function:
        def answer(view: View, ask: Ask) -> Body[object, object]:
            return Body(move=Harvest(harvests[view.known.common.round - 1][seat])) if ask.moves else Body()

        return Function(answer)

    table, _ = run(GAME, Meeting(), [asks(seat) for seat in range(5)])
    (found,) = GAME.scenario.accounts(table.world)  # type: ignore[attr-defined]
    return found, table.common.stock


PLAYS: dict[str, list[list[int]]] = {
    "all10": [[10] * 5] * 12,
    "all20": [[20] * 5] * 12,
    "one40 then sustain": [[40, 10, 10, 10, 10], *[[4] * 5] * 11],
    "sustain then liquidate": [*[[10] * 5] * 11, [20] * 5],
    "all 9": [[9] * 5] * 12,
    "zero": [[0] * 5] * 12,
}


@pytest.mark.parametrize("name", PLAYS)
def test_a_way_to_harvest_comes_out_as_in_the_golden_game(name: str) -> None:
    found, stock = account(PLAYS[name])
    measured, golden = commons(found), GOLDEN[name]
    assert len(found.landed) == golden["survived"]
    assert measured["survival"] == golden["survived"] / 12
    assert measured["yield"] == int(golden["total"])
    if golden["equality"] == "NaN":
        assert isnan(measured["equality"])
        return
    assert measured["equality"] == pytest.approx(float(Fraction(golden["equality"])), abs=1e-12)
    assert list(found.gains) == [float(gain) for gain in golden["gains"]]
    assert stock == int(golden["stock"])


@pytest.mark.parametrize("name", [name for name in PLAYS if name != "zero"])
def test_over_use_is_the_golden_one_where_the_last_round_counts_too(name: str) -> None:
    found, _ = account(PLAYS[name])
    hidden = Harvests(found.landed, found.fair, found.gains, found.horizon, False, found.optimum)
    assert over_use(hidden) == pytest.approx(float(Fraction(GOLDEN[name]["overuse_share"])), abs=1e-12)


def test_a_grab_in_a_last_round_that_is_known_is_no_over_use() -> None:
    assert over_use(account(PLAYS["sustain then liquidate"])[0]) == 0


@pytest.mark.parametrize("name", GOLDEN["efficiency_dp"])
def test_efficiency_is_of_the_optimum_by_dynamic_programming(name: str) -> None:
    efficiency = commons(account(PLAYS[name])[0])["efficiency"]
    assert efficiency == pytest.approx(float(Fraction(GOLDEN["efficiency_dp"][name])), abs=1e-12)


def test_the_optimum_sustains_and_liquidates_in_the_end() -> None:
    after = next_stocks("doubling", 100, 5)
    assert plan(after, 12).worth[0, 100] == GOLDEN["DP optimum T=12 (end liquidation allowed)"] == 650
    assert plan(after, 3).worth[0, 100] == GOLDEN["DP T=3"] == 200
    assert (reference(GAME).best, reference(GAME).hind, reference(GAME).how) == (650, 650, "exact")


def test_the_scripted_table() -> None:
    """Sustainable 600, pool-share one round and 100, zero twelve rounds and 0, sustain-then-grab 650."""
    found = {name: play(GAME, name)[0] for name in ("sustainable", "pool-share", "zero", "grabber")}
    values = {name: (table.valued.value, table.round) for name, table in found.items() if table.valued is not None}
    assert values == {"sustainable": (600, 12), "pool-share": (100, 1), "zero": (0, 12), "grabber": (650, 12)}
