"""`arena check`: every mistake at once, or the plan; nothing is asked of anyone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arena.cli.main import main

CHECKOUT = Path(__file__).parents[2]
SOUND = """
agents:
  a: {scripted: conceder}
  b: {model: openai-api/lab/x, base_url: "http://127.0.0.1:9/v1"}
  c: {scripted: planner}
scenarios:
  - {use: bargain, params: {seats: 3, issues: 3, options: 3, rounds: 4}, instances: 2}
  - {use: bargain, params: {game: veto}, protocol: {limits: {rounds: 2}, talk: 2}}
"""
MISTAKEN = """
agents: {ann: {modle: openai/x}, ben: {scripted: plannr}}
scenarios: [{use: bargian}, {use: bargain, params: {seats: 1, mood: bad}, protocol: {turns: robin}}]
seating: [ann, bem]
repeats: none
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


def check(capsys: pytest.CaptureFixture[str], text: str, *words: str) -> tuple[int, str, str]:
    Path("c.yaml").write_text(text)
    code = main(["check", "c.yaml", *words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_a_sound_configuration_shows_its_plan_and_asks_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(capsys, SOUND)
    assert (code, err) == (0, "")
    assert "3 matches; the configuration is sound" in out
    rows = [line.split() for line in out.splitlines() if "-bargain-" in line]
    assert [(row[0], row[2], row[6], row[7]) for row in rows] == [
        ("00-bargain-0000-0", "3", "4", "12"),
        ("00-bargain-0001-0", "3", "4", "12"),
        ("01-bargain-0000-0", "3", "2", "12"),
    ]
    assert [path.name for path in Path().iterdir()] == ["c.yaml"]


def test_json_is_the_plan_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(capsys, SOUND, "--json")
    assert (code, err) == (0, "")
    first, _, last = json.loads(out)["matches"]
    assert first["seating"] == ["a", "b", "c"]
    assert (last["id"], last["rounds"], last["calls"]) == ("01-bargain-0000-0", 2, 12)
    assert first["optimum"] > 0


def test_a_key_is_not_needed_to_check(capsys: pytest.CaptureFixture[str]) -> None:
    text = SOUND.replace('openai-api/lab/x, base_url: "http://127.0.0.1:9/v1"', "openai/gpt-5-mini")
    assert check(capsys, text)[0] == 0


def test_settings_are_checked_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = check(capsys, SOUND, "--set", "scenarios[0].params.seats=9")
    assert code == 2
    assert "scenarios[0].params.seats: found 9; expected 2 to 8" in err


def test_every_mistake_is_told_at_once_in_a_real_process(tmp_path: Path) -> None:
    Path("c.yaml").write_text(MISTAKEN)
    ran = subprocess.run(
        [sys.executable, "-m", "arena", "check", "c.yaml"],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines() == [
        "Error: c.yaml: 8 mistakes",
        "  agents.ann.modle: unknown key; did you mean 'model'?",
        "  repeats: found 'none'; expected a whole number",
        "  agents.ben.scripted: bargain has no scripted agent 'plannr'; did you mean 'planner'?",
        "  scenarios[0].use: found 'bargian'; no scenario named 'bargian'; did you mean 'bargain'?",
        "  scenarios[1].protocol.turns: found 'robin'; did you mean 'round_robin'?",
        "  scenarios[1].params.mood: unknown key; there is: " + PARAMETERS,
        "  scenarios[1].params.seats: found 1; expected 2 to 8",
        "  seating[1]: found 'bem'; did you mean 'ben'?",
    ]


PARAMETERS = (
    "acceptance, alignment, conflict, discount, form, game, goal_bonus, goals, interactions, issues, message_cost,"
    " noise, options, rounds, seats, setting, units, values, vetoes, zone"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [1", "line 1, column 6: not YAML"),
        ("", "the file: it is empty; it needs agents and scenarios"),
        (
            SOUND.replace("c: {scripted: planner}", "c: {scripted: planner}\n  d: {scripted: silent}"),
            "4 agents (a, b, c, d) for 3 seats",
        ),
        (SOUND.replace("talk: 2", "channel: {kind: star, hub: 5}"), "scenarios[1]: seed 0: this meeting does not fit"),
    ],
)
def test_what_is_not_sound_ends_with_2_and_no_traceback(
    text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = check(capsys, text)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nonesuch.yaml"]) == 2
    assert capsys.readouterr().err == "Error: nonesuch.yaml: No such file or directory\n"
