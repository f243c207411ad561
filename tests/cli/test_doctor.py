"""`arena doctor` and `check --probe`, against the mock server in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from arena.cli.main import main
from tests.e2e.matches import free_port
from tests.mock_server import serve

KEY = "sk-a-key-that-nobody-may-see-42"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LAB_API_KEY", "LAB_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def configured(base_url: str, **settings: Any) -> str:
    agent = {"model": "openai-api/lab/mock", "base_url": base_url, **settings}
    agents = {"a": agent, "b": {**agent, "dialect": "tools"}, "c": {"scripted": "planner"}}
    scenarios = [{"use": "bargain", "params": {"seats": 3, "issues": 3, "options": 3, "rounds": 2}}]
    Path("c.yaml").write_text(yaml.safe_dump({"agents": agents, "scenarios": scenarios}))
    return "c.yaml"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    shown = capsys.readouterr()
    assert KEY not in shown.out + shown.err
    return code, shown.out, shown.err


def test_an_endpoint_is_examined_once_for_all_the_agents_that_it_plays(capsys: pytest.CaptureFixture[str]) -> None:
    with serve(seed=1) as base_url:
        price = {"in": 1, "out": 2}
        code, out, err = said(capsys, "doctor", configured(base_url, price=price))
        assert code == 0
        assert err.startswith("asking 1 endpoint: 5 calls at most, about ")
        assert "$" in err
        assert f"mock at {base_url} · a, b" in out
        assert [line.split()[1] for line in out.splitlines() if "✓" in line] == [
            "reachable",
            "key",
            "model",
            "dialects",
            "latency",
            "prefix",
        ]
        code, out, _ = said(capsys, "doctor", "c.yaml", "--json")
        (found,) = json.loads(out)["endpoints"]
        assert (code, found["well"], found["agents"]) == (0, True, ["a", "b"])
        assert found["usage"]["attempts"] == 5
        assert found["usd"] > 0


def test_a_wrong_key_is_exit_code_1_with_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAB_API_KEY", KEY)
    with serve(key="another") as base_url:
        code, out, _ = said(capsys, "doctor", configured(base_url))
        assert code == 1
        assert "✗  key" in out
        assert "the key in LAB_API_KEY is missing or wrong" in out
        code, out, _ = said(capsys, "doctor", "c.yaml", "--json")
        assert (code, json.loads(out)["endpoints"][0]["well"]) == (1, False)


def test_check_probes_only_when_it_is_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    path = configured(f"http://127.0.0.1:{free_port()}/v1")
    assert said(capsys, "check", path)[0] == 0
    code, out, _ = said(capsys, "check", path, "--probe")
    assert code == 1
    assert "the configuration is sound" in out
    assert "✗  reachable" in out
    assert said(capsys, "check", path, "--probe", "--json")[0] == 2


def test_without_models_there_is_nothing_to_examine(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "doctor", "quickstart") == (
        0,
        "no agent of this configuration is a model: there is nothing to examine\n",
        "",
    )


def test_without_a_configuration_it_looks_at_what_the_environment_names_and_calls_no_model(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = said(capsys, "doctor")
    assert (code, "the environment names no endpoint" in out) == (0, True)
    with serve(key=KEY) as base_url:
        monkeypatch.setenv("LAB_BASE_URL", base_url)
        code, out, _ = said(capsys, "doctor")
        assert (code, "LAB_API_KEY  the variable is not set" in out) == (1, True)
        monkeypatch.setenv("LAB_API_KEY", KEY)
        code, out, _ = said(capsys, "doctor")
        assert code == 0
        assert f"openai-api/lab/... at {base_url}" in out
        assert "LAB_API_KEY  is set" in out
