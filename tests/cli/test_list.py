"""`arena list`: what there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest

from arena import assets
from arena.agents.find import names as agent_names
from arena.cli.list_ import KINDS, command
from arena.cli.main import main
from arena.report.inventory import first_sentence, kinds
from arena.report.numbers import number
from arena.runs.lock import locked
from arena.scenarios.find import names as scenarios
from tests.report.recorded import graded, record
from tests.runs.trials import ran


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def listed(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["list", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def rows(capsys: pytest.CaptureFixture[str], *words: object) -> list[dict[str, Any]]:
    code, out, err = listed(capsys, *words, "--json")
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_the_help_names_every_kind_there_is() -> None:
    assert tuple(KINDS.split("|")) == kinds()


@pytest.mark.parametrize("kind", ["scenarios", "agents", "models", "metrics", "games"])
def test_everything_has_a_name_and_a_line_about_it(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, kind)
    assert found
    assert all(row["name"] and row["about"] for row in found)
    code, out, _ = listed(capsys, kind)
    assert code == 0
    assert all(row["name"] in out for row in found)
    code, out, _ = listed(capsys, kind, "--quiet")
    assert out.splitlines() == [row["name"] for row in found]


def test_the_agents_are_those_that_a_seat_can_be_filled_with(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "agents")
    named = sorted({name for family in scenarios() for name in agent_names(family)})
    assert [row["name"] for row in found] == [*named, "http://HOST/PATH"]
    assert all(row["name"] in agent_names(family) for row in found[:-1] for family in row["plays"])
    assert next(row for row in found if row["name"] == "planner")["about"].startswith("Tells its whole sheet")


def test_the_metrics_are_those_of_a_scorecard(capsys: pytest.CaptureFixture[str]) -> None:
    found = {(row["section"], row["name"]) for row in rows(capsys, "metrics")}
    card = graded()
    for section in ("headline", "agreement", "per_seat", "conduct", "leakage"):
        for name in getattr(card, section):
            assert (section.replace("_", " "), name) in found


def test_the_suites_say_what_is_in_them(capsys: pytest.CaptureFixture[str]) -> None:
    found = {row["name"]: row for row in rows(capsys, "suites")}
    assert set(found) == set(assets.names("configs/suites", ".yaml"))
    assert found["dev"]["seeds from"] != found["test"]["seeds from"]
    assert all(row["instances"] >= row["scenarios"] >= len(row["plays"]) >= 2 for row in found.values())


def test_the_games_say_how_many_play_and_for_how_many_deals(capsys: pytest.CaptureFixture[str]) -> None:
    found = {row["name"]: row for row in rows(capsys, "games")}
    assert (found["sports-resort"]["parties"], found["sports-resort"]["deals"]) == (6, 720)
    assert set(found) == set(assets.names("configs/games", ".yaml"))


def test_the_models_are_the_ways_to_name_one_and_whether_their_key_is_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a-secret-key")
    monkeypatch.setenv("LAB_BASE_URL", "http://user:a-secret-word@127.0.0.1/v1")
    monkeypatch.delenv("LAB_API_KEY", raising=False)
    found = {row["name"]: row for row in rows(capsys, "models")}
    assert found["openai/MODEL"]["key"] == "OPENAI_API_KEY, set"
    assert found["openai-api/lab/MODEL"]["key"] == "LAB_API_KEY, not set"
    assert "secret" not in listed(capsys, "models")[1]


def test_the_samples_say_who_played_and_how_it_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path / "samples" / "duel.jsonl")
    record(tmp_path / "samples" / "stopped.jsonl", lines=3)
    monkeypatch.setenv("ARENA_ASSETS", str(tmp_path))
    found = {row["name"]: row for row in rows(capsys, "samples")}
    assert found["duel"]["agents"] == ["planner", "conceder", "boulware"]
    assert (found["duel"]["scenario"], found["duel"]["status"]) == ("bargain", "agreed")
    assert (found["stopped"]["lines"], found["stopped"]["status"]) == (4, "void")


def run_of(folder: Path, name: str, **state: object) -> None:
    (folder / name).mkdir()
    (folder / name / "run.json").write_text(json.dumps({"name": name, **state}))


def test_runs_come_newest_first_and_what_is_no_run_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    totals = {"planned": 9, "played": 4, "void": 1}  # all of whose transcripts somebody removed
    run_of(tmp_path, "old", started="2026-01-01T00:00:00Z", status="complete", totals=totals)
    run_of(tmp_path, "new", started="2026-02-01T00:00:00Z", status="running")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.json").write_text("{")
    (tmp_path / "samples").mkdir()
    found = rows(capsys, "runs", "--out", tmp_path)
    assert [row["name"] for row in found] == ["new", "old", "broken"]
    assert [found[1][key] for key in ("planned", "played", "removed")] == [9, 0, 4]
    assert found[2]["status"] == "unreadable"
    _, out, _ = listed(capsys, "runs", "--out", tmp_path)
    assert [" ".join(line.split()) for line in out.splitlines()[1:]] == [
        "new stopped 0 0",
        "old complete, 4 removed since 0 of 9 0",
        "broken unreadable 0 0",
    ]
    with locked(tmp_path / "new"):
        assert rows(capsys, "runs", "--out", tmp_path)[0]["status"] == "running"


def test_runs_are_chosen_by_what_they_have_and_come_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ran(tmp_path).path
    names = ("runs", "--out", run.parent)
    such = ("--scenario", "barg*", "--agent", "a", "--status", "complete", "--since", "1d", "--limit", "1")
    (found,) = rows(capsys, *names, *such, "--score", "settled>=0", "--score", "coordination_gain<=1")
    assert (found["name"], found["played"], list(found["scores"])) == (run.name, 6, ["settled", "coordination_gain"])
    _, out, _ = listed(capsys, *names, "--score", "settled>=0", "--status", "complete")
    heading, line = out.split("\n")[:2]
    assert heading.split()[-1] == "settled"
    assert line.split()[-1] == number(found["scores"]["settled"]["value"])
    assert listed(capsys, *names, "--score", "settled>1") == (
        0,
        "",
        f"There are no runs in {run.parent} that are so.\n",
    )
    assert rows(capsys, *names, "--since", "2100-01-01") == []
    for wrong, what in [(("--agent", "z"), "no agent"), (("--score", "gain"), "expected a measure and a number")]:
        code, out, err = listed(capsys, *names, *wrong)
        assert (code, out) == (2, "")
        assert what in err


def test_what_runs_are_chosen_by_goes_with_runs_alone(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = listed(capsys, "games", "--limit", "3")
    assert (code, out) == (2, "")
    assert "leave them out with games" in err


def test_where_there_is_none_it_says_so_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, "runs", "--out", tmp_path) == (0, "", f"There are no runs in {tmp_path}.\n")
    assert rows(capsys, "runs", "--out", tmp_path) == []


def test_a_misspelt_kind_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = listed(capsys, "scenario")
    assert (code, out) == (2, "")
    assert "did you mean 'scenarios'?" in err


@pytest.mark.parametrize("width", ["60", "100"])
def test_a_list_fits_the_page_and_its_lines_end_where_their_words_do(
    width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for kind in kinds()[:-1]:
        for line in listed(capsys, kind)[1].splitlines():
            assert len(line) <= int(width)
            assert line == line.rstrip()


def test_shell_completion_offers_the_kinds_that_begin_so() -> None:
    argument = command.params[0]
    offered = argument.shell_complete(click.Context(command), "s")
    assert [item.value for item in offered] == ["scenarios", "samples", "suites"]


def test_the_first_sentence_is_found_across_lines() -> None:
    assert first_sentence("One\n    line. Two.\n\nMore.") == "One line."
    assert first_sentence("No end\n\nMore. Of it.") == "No end"
    assert first_sentence(None) == ""
