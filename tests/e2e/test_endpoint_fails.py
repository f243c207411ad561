"""An endpoint that fails makes a match void, with the reason and without a score; resumed, it asks nothing again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arena.core.events import Halted, Replied, Valued
from arena.transcripts.read import read
from tests.e2e.front import front
from tests.e2e.matches import Ended, arena, assert_verified, calls, configured, events, free_port, model
from tests.mock_server import serve

THREE = ["m", "m", "m"]


def assert_void(ended: Ended, why: str) -> None:
    """Exit code 3, the reason everywhere, a score nowhere."""
    assert ended.code == 3
    assert why in ended.err
    assert re.search(rf" resume \S*{ended.path.name}", ended.err)
    (card,) = ended.cards
    assert card["status"] == "void"
    assert why in card["void"]
    assert (card["headline"], card["agreement"], card["per_seat"]) == ({}, {}, {})
    last = read(ended.path).lines[-1].es
    assert [type(a.e) for a in last] == [Halted]
    assert events(ended.path, Valued) == []


def resumed(path: Path, capsys: pytest.CaptureFixture[str]) -> Ended:
    """The match played on to its end; what stood in the transcript stays there, to the byte."""
    before = path.read_bytes()
    ended = arena(capsys, "resume", path)
    assert (ended.code, ended.err) == (0, "")
    assert path.read_bytes().startswith(before)
    assert len(path.read_bytes()) > len(before)
    assert ended.cards[0]["void"] is None
    assert_verified(path)
    return ended


def test_an_endpoint_that_is_down_makes_the_match_void_until_it_is_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    config = configured(tmp_path, {"m": model(f"http://127.0.0.1:{port}/v1")}, THREE)
    ended = arena(capsys, "run", config, "--out", tmp_path)
    assert_void(ended, "cannot be reached")
    assert events(ended.path, Replied) == []
    assert arena(capsys, "score", ended.path).code == 3
    assert arena(capsys, "resume", ended.path).code == 3
    assert len(events(ended.path, Halted)) == 2
    with serve(seed=3, port=port) as base_url:
        resumed(ended.path, capsys)
        assert calls(base_url) == {"200": len(events(ended.path, Replied))}
    assert arena(capsys, "score", ended.path).code == 0


def test_a_wrong_key_makes_the_match_void_until_it_is_the_right_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(seed=3, key="the-right-key") as base_url:
        monkeypatch.setenv("LAB_API_KEY", "the-wrong-key")
        config = configured(tmp_path, {"m": model(base_url)}, THREE)
        ended = arena(capsys, "run", config, "--out", tmp_path)
        assert_void(ended, "the key in LAB_API_KEY is missing or wrong")
        assert "the-wrong-key" not in ended.err + ended.path.read_text()
        monkeypatch.setenv("LAB_API_KEY", "the-right-key")
        resumed(ended.path, capsys)
        assert calls(base_url) == {"200": len(events(ended.path, Replied)), "401": 1}
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"the-right-key" not in written
    assert b"the-wrong-key" not in written


def test_a_model_that_the_server_has_not_makes_the_match_void_until_it_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    config = configured(tmp_path, {"m": model(f"http://127.0.0.1:{port}/v1", model="openai-api/lab/late")}, THREE)
    with serve(seed=3, port=port):
        ended = arena(capsys, "run", config, "--out", tmp_path)
    assert_void(ended, "check that the server has a model 'late'")
    with serve(seed=3, port=port, model="late") as base_url:
        resumed(ended.path, capsys)
        assert calls(base_url) == {"200": len(events(ended.path, Replied))}


@pytest.mark.parametrize("healthy", [0, 1, 4])
@pytest.mark.parametrize("turns", ["round_robin", "simultaneous"])
def test_a_server_that_fails_on_the_way_is_asked_only_what_it_has_not_answered(
    mock: str, healthy: int, turns: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.healthy = healthy
        settings = {"issues": 3, "options": 3, "rounds": 3, "acceptance": "majority"}
        config = configured(tmp_path, {"m": model(served.base_url)}, ["m"] * 5, settings, {"turns": turns}, seed=4)
        ended = arena(capsys, "run", config, "--out", tmp_path)
        assert_void(ended, "HTTP 500 Internal Server Error: the model crashed")
        assert len(events(ended.path, Replied)) == healthy
        before, served.healthy = len(served.asked), None
        resumed(ended.path, capsys)
    answered = len(events(ended.path, Replied))
    assert len(served.asked) - before == answered - healthy > 0


def test_the_other_matches_of_a_run_go_on_and_the_run_is_resumed_as_a_whole(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.healthy = 4
        config = configured(tmp_path, {"m": model(served.base_url), "s": {"scripted": "silent"}}, ["s", "m", "s"])
        ended = arena(capsys, "run", config, "--out", tmp_path, "--set", "scenarios[0].instances=6")
        assert ended.code == 3
        void = [card["match"] for card in ended.cards if card["void"] is not None]
        assert 0 < len(void) < 6
        kept = {path: path.read_bytes() for path in ended.paths}
        served.healthy = None
        again = arena(capsys, "resume", ended.run)
    assert (again.code, sorted(card["match"] for card in again.cards)) == (0, sorted(void))
    for path, bytes_ in kept.items():
        assert path.read_bytes().startswith(bytes_)
        assert (path.read_bytes() == bytes_) == (path.stem not in void)
        assert_verified(path)
    failed = sum(isinstance(e, Halted) for path in kept for e in events(path, Halted))
    assert len(served.asked) == failed + sum(len(events(path, Replied, 1)) for path in kept)
