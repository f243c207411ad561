"""Model seats over real HTTP: the mock server in a process of its own, the real client, the command line on top."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.core.events import Bid, Floor, Replied
from arena.models.endpoint import Dialect
from arena.transcripts.read import read
from tests.e2e.front import front
from tests.e2e.matches import PARAMS, arena, assert_verified, calls, configured, events, model

DIALECTS: tuple[Dialect, ...] = ("text", "json_schema", "tools")
STATUSES = {"agreed", "no_deal_missed", "no_deal_correct"}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_match_of_three_model_seats_completes_with_one_call_for_each_ask(
    mock: str, dialect: Dialect, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = calls(mock)
    config = configured(tmp_path, {"m": model(mock, dialect)}, ["m", "m", "m"])
    ended = arena(capsys, "run", config, "--out", tmp_path, "--set", "scenarios[0].instances=6")
    assert (ended.code, ended.err, len(ended.paths)) == (0, "", 6)
    replied = [event for path in ended.paths for event in events(path, Replied)]
    assert calls(mock) == {**before, "200": before.get("200", 0) + len(replied)}
    assert len(replied) > 12
    assert all(event.usage.attempts == 1 and event.prompt for event in replied)  # type: ignore[union-attr]
    for path, card in zip(ended.paths, ended.cards, strict=True):
        assert_verified(path)
        assert card["status"] in STATUSES
        assert set(card["conduct"]["parse_rate"]) <= {1.0, None}  # None: the match was over before the seat was asked
        done = card["conduct"]
        assert sum(done["calls"]) == sum(done["turns"]) + sum(done["refused"]) + sum(done["forfeits"])


def test_every_request_goes_on_where_the_last_one_of_its_seat_ended(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        config = configured(tmp_path, {"m": model(served.base_url)}, ["m"] * 5, {**PARAMS, "rounds": 4})
        ended = arena(capsys, "run", config, "--out", tmp_path, "--set", "scenarios[0].instances=6")
    assert ended.code == 0
    continued, last = 0, dict[str, bytes]()
    for asked in served.asked:
        seat = asked.messages[0]["content"]
        head = asked.body.partition(b'"messages":')[0] + b'"messages":'
        messages = json.dumps(asked.messages, ensure_ascii=False, separators=(",", ":")).encode()
        assert asked.body.startswith(head + messages)  # as it went over the wire, to the byte
        if seat in last:
            assert asked.body.startswith(last[seat] + b",")
            continued += 1
        last[seat] = head + messages.removesuffix(b"]")
    assert continued > 5


@pytest.mark.parametrize("turns", ["bid_for_floor", "chair_calls", "simultaneous", "random", "alternating_offers"])
def test_model_seats_bid_call_and_answer_at_once(
    mock: str, turns: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = calls(mock)["200"]
    protocol = {"turns": turns, "channel": "whispers", "limits": {"characters": 400}}
    config = configured(tmp_path, {"m": model(mock)}, ["m", "m", "m"], protocol=protocol)
    ended = arena(capsys, "run", config, "--out", tmp_path, "--set", "scenarios[0].instances=3")
    assert (ended.code, ended.err) == (0, "")
    replied = bids = floors = 0
    for path, card in zip(ended.paths, ended.cards, strict=True):
        assert_verified(path)
        done = card["conduct"]
        assert set(done["parse_rate"]) <= {1.0, None}
        found = read(path)
        replied += len(events(found, Replied))
        bids += len(events(found, Bid))
        floors += len(events(found, Floor))
        every = sum(done["turns"]) + sum(done["refused"]) + sum(done["forfeits"])
        assert sum(done["calls"]) == every + len(events(found, Bid))
    assert calls(mock)["200"] - before == replied
    assert (bids > 0) == (turns == "bid_for_floor")
    assert (floors > 0) == (turns in ("bid_for_floor", "chair_calls"))
