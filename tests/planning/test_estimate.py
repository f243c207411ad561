"""What `check` expects a run to cost: worked out by hand, and true of runs that were played."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arena.cli.main import main
from arena.core.price import Price
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.planning.estimate import AROUND, CHEAP, DEAR, match_cost
from arena.planning.forecast import forecast
from arena.planning.instances import deal
from arena.planning.plan import plan
from arena.planning.rehearsal import Shape, rehearse, shapes
from arena.transcripts.header import Sitter
from tests.e2e.matches import arena, configured, model
from tests.mock_server import serve
from tests.runs.matches import settled

FLAT = Shape(first=9000, growth=900, schema=0, asks=1)
PRICE = Price(10, 1, 50)


def sitter(name: str = "m", price: Price | None = PRICE, **settings: Any) -> Sitter:
    return Sitter(name, "model", settings, price)


def test_a_single_seat_is_worked_out_by_hand_at_both_ends() -> None:
    found = match_cost([FLAT], [sitter(max_output_tokens=700)], Meeting(), rounds=8)["m"]
    low, high = found.low, found.high
    assert (low.calls, high.calls) == (2, 9)  # a quarter of the rounds; all of them, and every tenth again
    # low: the first prompt 9000/4.5, the second 900/4.5 + 120 more; all of the first is cached in the second
    assert low.fresh == pytest.approx(2000 + 320)
    assert low.cached == pytest.approx(2000)
    assert low.output == 2 * 120
    assert low.usd == pytest.approx((2320 * 10 + 2000 * 1 + 240 * 50) / 1e6)
    # high: nine prompts of 9000/3, growing by 900/3 + 500, of which nothing is cached
    assert high.fresh == pytest.approx(9 * 3000 + 800 * 36)
    assert high.cached == 0
    assert high.output == 9 * 700
    assert high.usd == pytest.approx((high.fresh * 10 + 6300 * 50) / 1e6)


def test_what_others_say_makes_prompts_grow_up_to_the_limit_of_the_meeting() -> None:
    two = [FLAT, FLAT]
    free = match_cost(two, [sitter("a"), sitter("b")], Meeting(), 8)
    held = match_cost(two, [sitter("a"), sitter("b")], Meeting(limits=Limits(characters=50)), 8)
    alone = match_cost([FLAT], [sitter("a")], Meeting(), 8)
    pairs = 9 * 8 / 2
    assert free["a"].high.fresh - alone["a"].high.fresh == pytest.approx(pairs * (DEAR.said + AROUND) * DEAR.density)
    assert held["a"].high.fresh - alone["a"].high.fresh == pytest.approx(pairs * (50 + AROUND) * DEAR.density)
    assert CHEAP.said < DEAR.said


def test_seats_of_one_agent_are_added_up_and_other_agents_cost_nothing() -> None:
    seated = [sitter("a"), sitter("a"), Sitter("s", "scripted", {"scripted": "planner"})]
    found = match_cost([FLAT, FLAT, FLAT], seated, Meeting(), 4)
    assert set(found) == {"a"}
    assert found["a"].high.calls == 10


def test_an_unknown_price_is_unknown_to_the_end() -> None:
    found = match_cost([FLAT, FLAT], [sitter("a", None), sitter("b")], Meeting(), 4)
    assert found["a"].high.usd is None
    assert found["b"].high.usd is not None
    assert found["a"].plus(found["b"]).low.usd is None


CONFIG = {
    "agents": {"m": {"model": "openai-api/lab/x", "base_url": "http://127.0.0.1:9/v1", "price": {"in": 1, "out": 2}}},
    "design": "self_play",
    "scenarios": [{"use": "bargain", "params": {"seats": 3, "rounds": 4}, "instances": 2}],
    "repeats": 3,
}


def test_the_first_prompt_is_the_one_that_is_sent_and_each_seat_is_asked_once_a_round() -> None:
    resolved = settled(CONFIG)
    entry = resolved.entries[0]
    game = deal(entry, 0, "open")
    asked = rehearse(game, entry.meeting, lambda found: len(found) == 3)
    found = shapes(game, entry.meeting)
    assert [shape.first for shape in found] == [one.characters for one in asked]
    assert [shape.asks for shape in found] == [1, 1, 1]
    assert all(shape.growth > 300 for shape in found), "the schema of what is legal stands in every prompt"


def test_bids_for_the_floor_are_calls_too() -> None:
    resolved = settled({**CONFIG, "scenarios": [{"use": "bargain", "protocol": {"turns": "bid_for_floor"}}]})
    entry = resolved.entries[0]
    assert sum(shape.asks for shape in shapes(deal(entry, 0, "open"), entry.meeting)) > 3


def test_the_matches_of_a_plan_are_counted_and_limits_that_may_end_it_are_named() -> None:
    resolved = settled({**CONFIG, "limits": {"calls": 20, "usd": 100}})
    found = forecast(resolved, plan(resolved))
    assert found.total.low.calls == 2 * 3 * 3
    assert found.total.high.calls == 2 * 3 * 3 * 5
    assert found.limits == ("limits.calls",)
    assert found.endless == ()


def test_a_plan_without_models_costs_nothing() -> None:
    resolved = settled({**CONFIG, "agents": {"p": {"scripted": "planner"}}})
    found = forecast(resolved, plan(resolved))
    assert (found.agents, found.total.high.calls) == ({}, 0)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serve(seed=3) as base_url:
        yield base_url


@pytest.mark.parametrize("dialect", ["text", "json_schema"])
def test_what_runs_cost_is_of_the_order_that_was_expected_and_not_above_it(
    dialect: str, server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    agent = model(server, dialect, price={"in": 10, "cached": 1, "out": 50}, max_output_tokens=900)
    params = {"seats": 3, "issues": 3, "options": 3, "rounds": 4}
    path = configured(tmp_path, {"m": agent}, ["m"] * 3, params=params, repeats=4)
    capsys.readouterr()
    assert main(["check", str(path), "--json"]) == 0
    expected = json.loads(capsys.readouterr().out)["expected"]["total"]
    costs = [card["cost"] for card in arena(capsys, "run", path).cards]
    found = {
        "calls": sum(sum(cost["attempts"]) for cost in costs),
        "output": sum(sum(cost["output"]) for cost in costs),
        "usd": sum(cost["total_usd"] for cost in costs),
    }
    for name, value in found.items():
        # A match may end in the middle of its first round, which the low end does not go down to.
        assert expected["low"][name] / 3 <= value <= expected["high"][name], name
