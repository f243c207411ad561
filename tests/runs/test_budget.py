"""A run with caps, over real HTTP: it stops in time, is resumable, counts what it spent, and scores nothing void."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arena.core.events import Halted, Replied
from arena.runs.means import Options, means_of_resumed
from arena.runs.spent import spent_in
from tests.e2e.matches import Ended, arena, assert_verified, calls, configured, events, model
from tests.mock_server import serve

PRICE = {"in": 10, "cached": 1, "out": 50}
THREE = ["m", "m", "m"]


@pytest.fixture
def server() -> Iterator[str]:
    with serve(seed=3) as base_url:
        yield base_url


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LAB_API_KEY", "ARENA_CACHE"):
        monkeypatch.delenv(name, raising=False)


def config(folder: Path, base_url: str, limits: dict[str, Any], **agent: Any) -> Path:
    agents = {"m": model(base_url, price=PRICE, max_output_tokens=900, **agent)}
    return configured(folder, agents, THREE, repeats=3, limits=limits)


def stopped(ended: Ended, why: str) -> None:
    """Exit code 5, the reason, the way on; and no score where a match is not over."""
    assert ended.code == 5
    assert why in ended.err
    assert ended.run is not None
    assert f"resume {ended.run}" in ended.err.replace(str(Path.cwd()) + "/", "")
    state = json.loads((ended.run / "run.json").read_text())
    assert state["status"] == "stopped by its budget"
    for card in ended.cards:
        assert (card["status"] == "void") == (card["headline"] == {})


def test_a_cap_on_calls_is_exact_spans_resumes_and_ends_as_if_it_had_not_been(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = arena(capsys, "run", config(tmp_path, server, {"calls": 7}))
    stopped(first, "7 of 7 calls are made")
    assert calls(server) == {"200": 7}
    assert first.run is not None
    again = arena(capsys, "resume", first.run)
    stopped(Ended(again.code, again.cards, first.run, again.err), "7 of 7 calls")
    assert calls(server) == {"200": 7}, "nothing more is asked without more budget"
    more = arena(capsys, "resume", first.run, "--set", "limits.calls=8")
    assert (more.code, calls(server)) == (5, {"200": 8})
    rest = arena(capsys, "resume", first.run, "--set", "limits.calls=null")
    assert (rest.code, rest.err) == (0, "")
    everything = Ended(0, [], first.run, "")
    replies = [event for path in everything.paths for event in events(path, Replied)]
    assert calls(server) == {"200": len(replies)}, "nothing was asked twice"
    for path in everything.paths:
        assert_verified(path)


def test_a_run_that_just_fits_its_budget_is_complete(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = arena(capsys, "run", config(tmp_path, server, {}))
    made = calls(server)["200"]
    again = arena(capsys, "run", config(tmp_path, server, {"calls": made}))
    assert (first.code, again.code, again.err) == (0, 0, "")
    assert again.run is not None
    assert json.loads((again.run / "run.json").read_text())["status"] == "complete"


def test_a_cap_on_money_is_not_overspent_and_more_budget_goes_on(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = arena(capsys, "run", config(tmp_path, server, {}), "--budget", "0.15")
    stopped(first, "$0.15")
    assert first.run is not None
    spent = sum(spent_in(path)[0].usd for path in first.paths)
    assert 0 < spent <= 0.15
    assert sum(card["cost"]["total_usd"] for card in first.cards if card["cost"]) == pytest.approx(spent)
    assert "--budget 0.3" in first.err
    rest = arena(capsys, "resume", first.run, "--budget", "50")
    assert rest.code == 0
    resumed = means_of_resumed(first.run, Options())
    assert resumed.budget.spent.usd > spent
    assert resumed.budget.spent.calls == calls(server)["200"]


def test_a_cap_on_tokens_holds_and_a_wave_that_it_cuts_keeps_what_was_answered(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = configured(
        tmp_path,
        {"m": model(server, max_output_tokens=900)},
        THREE,
        protocol={"turns": "simultaneous"},
        limits={"tokens": 14_000},
    )
    ended = arena(capsys, "run", path)
    stopped(ended, "14,000")
    assert sum(spent_in(file)[0].tokens for file in ended.paths) <= 14_000
    halts = [event for file in ended.paths for event in events(file, Halted)]
    assert [str(halt) for halt in halts if "the budget is spent" not in str(halt)] == []
    assert ended.run is not None
    rest = arena(capsys, "resume", ended.run, "--set", "limits.tokens=null")
    assert rest.code == 0
    assert calls(server)["200"] == sum(len(events(file, Replied)) for file in ended.paths)
    for file in ended.paths:
        assert_verified(file)


def test_a_sitting_of_no_time_at_all_begins_nothing_and_can_be_resumed(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = arena(capsys, "run", config(tmp_path, server, {"minutes": 1e-9}))
    stopped(ended, "minutes are over")
    assert calls(server) == {}
    assert ended.run is not None
    assert arena(capsys, "resume", ended.run, "--set", "limits.minutes=30").code == 0


def test_money_cannot_be_capped_where_a_price_is_not_known(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = configured(tmp_path, {"m": model(server)}, THREE)
    for words in (("run", path, "--budget", "1"), ("check", path, "--set", "limits.usd=1")):
        ended = arena(capsys, *words)
        assert ended.code == 2
        assert "agents.m.price: unknown price of 'openai-api/lab/mock'" in ended.err
        assert "add price: {in: , out: }" in ended.err
    assert calls(server) == {}
    run = arena(capsys, "run", path, "--set", "limits.calls=1").run
    assert run is not None
    ended = arena(capsys, "resume", run, "--budget", "1")
    assert (ended.code, calls(server)) == (2, {"200": 1})
    assert "agents.m.price" in ended.err


def test_resuming_changes_limits_and_nothing_else(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = arena(capsys, "run", config(tmp_path, server, {"calls": 1})).run
    assert run is not None
    ended = arena(capsys, "resume", run, "--set", "agents.m.temperature=1")
    assert ended.code == 2
    assert "but for its limits" in ended.err


def test_the_price_is_in_the_header_and_an_unknown_one_is_never_nothing(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = arena(capsys, "run", config(tmp_path, server, {}), "--limit", "1")
    header = json.loads(known.path.read_text().splitlines()[0])
    assert [sitter["price"] for sitter in header["sitters"]] == [{"in": 10.0, "cached": 1.0, "out": 50.0}] * 3
    assert known.cards[0]["cost"]["total_usd"] > 0
    unknown = arena(capsys, "run", configured(tmp_path, {"m": model(server)}, THREE))
    assert unknown.cards[0]["cost"]["total_usd"] is None
    assert arena(capsys, "score", known.path).cards == known.cards, "a transcript is sufficient"


def test_a_second_run_of_the_same_is_had_from_the_cache_and_costs_nothing(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = config(tmp_path, server, {"usd": 9}, cache=True)
    first = arena(capsys, "run", path)
    paid = calls(server)
    second = arena(capsys, "run", path)
    assert calls(server) == paid
    assert [card["cost"]["total_usd"] for card in second.cards] == [0.0] * 3
    assert [sum(card["cost"]["hits"]) for card in second.cards] == [sum(c["conduct"]["calls"]) for c in first.cards]
    assert [card["headline"] for card in second.cards] == [card["headline"] for card in first.cards]
    for file in second.paths:
        assert_verified(file)
    third = arena(capsys, "run", path, "--no-cache")
    assert calls(server)["200"] == 2 * paid["200"]
    assert [sum(card["cost"]["hits"]) for card in third.cards] == [0, 0, 0]


def test_forks_keep_to_their_budget_together_and_when_they_are_resumed(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parent = arena(capsys, "run", config(tmp_path, server, {}), "--limit", "1", "--no-cache").path
    before = calls(server)["200"]
    out = tmp_path / "forks"
    words = ("fork", parent, "--at", 2, "--repeats", 3, "--out", out)
    forked = arena(capsys, *words, "--budget", "0.15")
    assert forked.code == 5
    assert forked.run is not None
    assert "stopped by the budget" in forked.err
    assert f"--budget {2 * 0.15:g}" in forked.err
    files = sorted((forked.run / "matches").glob("*.jsonl"))
    assert len(files) == 3
    spent = sum(spent_in(file)[0].usd for file in files)
    assert 0 < spent <= 0.15
    made = calls(server)["200"]
    assert made == before + sum(spent_in(file)[0].calls for file in files)
    assert arena(capsys, "resume", forked.run).code == 5
    assert calls(server)["200"] == made, "the cap is remembered"
    assert arena(capsys, "resume", forked.run, "--budget", "50").code == 0
    for file in files:
        assert_verified(file)


def test_forks_of_models_without_a_price_cannot_be_capped_in_money(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = configured(tmp_path, {"m": model(server)}, THREE)
    parent = arena(capsys, "run", unknown).path
    ended = arena(capsys, "fork", parent, "--at", 2, "--budget", "1", "--out", tmp_path / "forks")
    assert ended.code == 2
    assert "price" in ended.err
    assert not (tmp_path / "forks").exists()
    assert arena(capsys, "fork", parent, "--at", 2, "--out", tmp_path / "forks").code == 0
