"""How models are called, from the command line to the server: dialects found out, roles, the responses API, options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from arena.core.events import Halted, Replied
from tests.e2e.answering import answering, completion
from tests.e2e.front import Asked, front
from tests.e2e.matches import PARAMS, arena, assert_verified, calls, configured, events, model

THREE = ["m", "m", "m"]
LONGER = {**PARAMS, "rounds": 4}


def probes(asked: list[Asked]) -> list[Asked]:
    """Of what was asked, what was asked to find out a dialect."""
    return [one for one in asked if "Say hello" in one.messages[0]["content"]]


def test_a_dialect_is_found_out_once_a_run_and_not_again_where_a_match_goes_on(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        config = configured(tmp_path, {"m": model(served.base_url, "auto")}, THREE, LONGER)
        words = ("--set", "scenarios[0].instances=3")
        served.healthy = 5
        ended = arena(capsys, "run", config, "--out", tmp_path, *words)
        assert ended.code == 3
        before, served.healthy = len(served.asked), None
        resumed = arena(capsys, "resume", ended.run)
        assert resumed.code == 0
    assert len(probes(served.asked)) == 1
    assert probes(served.asked[before:]) == []
    replied = [event for path in ended.paths for event in events(path, Replied)]
    assert {event.usage.dialect for event in replied} == {"json_schema"}  # type: ignore[union-attr]
    failed = sum(len(events(path, Halted)) for path in ended.paths)
    assert sum(event.usage.attempts for event in replied) == len(served.asked) - failed  # type: ignore[union-attr]
    for path in ended.paths:
        assert_verified(path)


def test_a_fork_with_another_model_in_the_seat_finds_out_its_own_dialect(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as first, front(mock) as second:
        config = configured(tmp_path, {"m": model(first.base_url, "auto")}, THREE, LONGER)
        ended = arena(capsys, "run", config, "--out", tmp_path)
        others = {"n": model(second.base_url, "auto"), "m": model(first.base_url, "auto")}
        (tmp_path / "others").mkdir()
        also = configured(tmp_path / "others", others, ["n"] * 3, LONGER)
        before = len(first.asked)
        arena(capsys, "fork", ended.path, "--at", 8, "--seat", "0=n", "--config", also, "--out", tmp_path)
    assert len(probes(first.asked)) == 1
    assert probes(first.asked[before:]) == []
    assert len(probes(second.asked)) == 1


@pytest.mark.parametrize("roles", ["strict", "merged", "system-first"])
def test_roles_are_sent_as_declared_and_the_prompt_is_verified_as_it_was_sent(
    mock: str, roles: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        config = configured(tmp_path, {"m": model(served.base_url, roles=roles)}, THREE, LONGER)
        ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 0
    assert_verified(ended.path)
    for asked in served.asked:
        said = [message["role"] for message in asked.messages]
        head = [] if roles == "merged" else ["system"]
        assert said == [*head, *(["user", "assistant"] * len(said))][: len(said)]
        assert asked.messages[0]["content"].startswith("You are ")
    line = next(i for i, text in enumerate(ended.path.read_text().splitlines()) if '"prompt":' in text)
    assert f'"roles":"{roles}"' in ended.path.read_text().splitlines()[0]
    assert line > 0


def answers(asked: Asked) -> tuple[int, dict[str, Any]]:
    body = json.loads(asked.body)
    said = json.dumps({"messages": [{"to": "all", "text": "Good morning."}], "claims": [], "move": None, "notes": None})
    if "input" in body:
        message = {"type": "message", "content": [{"type": "output_text", "text": said}]}
        return 200, {"status": "completed", "output": [message], "usage": {"input_tokens": 7, "output_tokens": 3}}
    return 200, completion(said)


def test_a_match_over_the_responses_api_is_played_recorded_and_verified_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(answers) as served:
        agent = model(served.base_url, "json_schema", api="responses", max_output_tokens=500)
        ended = arena(capsys, "run", configured(tmp_path, {"m": agent}, THREE), "--out", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert_verified(ended.path)
    assert {asked.line for asked in served.asked} == {"POST /v1/responses HTTP/1.1"}
    assert all(json.loads(asked.body)["max_output_tokens"] == 500 for asked in served.asked)
    assert {event.usage.prompt for event in events(ended.path, Replied)} == {7}  # type: ignore[union-attr]


def test_options_go_before_what_the_configuration_says_and_are_not_recorded(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.healthy = 0
        config = configured(tmp_path, {"m": model(served.base_url, max_retries=9)}, THREE)
        ended = arena(capsys, "run", config, "--out", tmp_path, "--max-retries", 0, "--timeout", 9)
        assert (ended.code, len(served.asked)) == (3, 1)
        assert arena(capsys, "resume", ended.run, "--max-retries", 1).code == 3
        assert len(served.asked) == 3
        served.healthy = None
        assert arena(capsys, "resume", ended.path, "--max-connections", 1).code == 0
    settings = json.loads(ended.path.read_text().splitlines()[0])["sitters"][0]["settings"]
    assert settings["max_retries"] == 9
    assert "timeout" not in settings


def test_no_more_connections_than_were_set_are_used_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mock: str
) -> None:
    before = calls(mock)
    config = configured(tmp_path, {"m": model(mock)}, ["m"] * 5, protocol={"turns": "simultaneous"})
    ended = arena(capsys, "run", config, "--out", tmp_path, "--set", "limits.connections=1")
    assert ended.code == 0
    assert calls(mock)["200"] - before.get("200", 0) == len(events(ended.path, Replied))


def test_more_connections_than_files_can_be_open_are_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda kind: (256, 512))
    config = configured(tmp_path, {"m": model("http://127.0.0.1:9/v1")}, THREE)
    ended = arena(capsys, "run", config, "--out", tmp_path / "out", "--max-connections", 1000)
    assert ended.code == 2
    assert "1,000 connections at once need 1,064 open files, and this shell allows 512" in ended.err
    assert not (tmp_path / "out").exists()
