"""A match whose models say, word for word, what a script of the mock server has for their seats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.core.events import Refused, Said
from tests.e2e.matches import arena, assert_verified, configured, events, model, stats
from tests.mock_server import serve


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_each_seat_says_what_the_script_has_for_it_in_its_order(
    api: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    params = {"issues": 3, "options": 3, "rounds": 2}
    agents = {"s": {"scripted": "silent"}}
    first = arena(capsys, "run", configured(tmp_path, agents, ["s", "s"], params), "--out", tmp_path)
    names = first.cards[0]["seats"]
    script = [
        {"seat": names[1], "reply": {"messages": [{"to": "all", "text": "I speak second."}]}},
        {"seat": names[1], "reply": "no JSON at all"},
        {"seat": names[0], "reply": {"messages": [{"to": "all", "text": "I speak first."}]}},
        {"fault": 503, "seat": names[0]},
        {"seat": names[0], "reply": {"messages": [{"to": "all", "text": "I am back."}]}},
        {"seat": names[1], "reply": {"messages": [{"to": "all", "text": "That was my last word."}]}},
    ]
    file = tmp_path / "script.json"
    file.write_text(json.dumps(script))
    with serve(script=file) as base_url, pytest.MonkeyPatch.context() as patch:
        patch.setattr("arena.models.retry.FIRST", 0.005)
        agents = {"m": model(base_url, "json_schema", max_retries=1, api=api)}
        ended = arena(capsys, "run", configured(tmp_path, agents, ["m", "m"], params), "--out", tmp_path)
        assert stats(base_url)["by_kind"] == {"503": 1, "answer": 5}
    assert ended.code == 0
    said = [(e.seat, e.text) for e in events(ended.path, Said)]  # type: ignore[union-attr]
    assert said == [(0, "I speak first."), (1, "I speak second."), (0, "I am back."), (1, "That was my last word.")]
    assert [e.seat for e in events(ended.path, Refused)] == [1]  # type: ignore[union-attr]
    assert_verified(ended.path)
