"""`arena show`: one thing in full."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from arena.cli.main import main
from arena.core.draw import Draw
from arena.report.exhibits import KINDS
from arena.report.inventory import inventory
from arena.scenarios.bargain.params import Params
from arena.scenarios.find import find
from tests.report.recorded import record
from tests.report.scene import words

OWN_SCENARIO = '''
from tests.toy import Pool

class Orchard(Pool):
    """Apples, and who gets them; the rest is silence."""
    name = "orchard"

SCENARIO = Orchard()
'''


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def show(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["show", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def plain(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    code, out, err = show(capsys, *words, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_scenario_shows_its_parameters_moves_settings_an_example_and_its_optimum(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = show(capsys, "bargain")
    assert code == 0
    for field in Params.__struct_fields__:
        assert re.search(rf"^{field} ", out, re.MULTILINE), field
    assert re.search(r"^conflict +0\.5 +number, 0 to 1$", out, re.MULTILINE)
    assert re.search(r"^acceptance +unanimous +all-but-one, majority, unanimous$", out, re.MULTILINE)
    for heading in ("Moves", "Claims", "Settings", "An example: seed 0", "Optimum"):
        assert heading in out
    assert "festival" in out
    assert "This deal is best" in out
    assert re.search(r"^What .+ is told$", out, re.MULTILINE)


def test_the_example_is_the_instance_that_a_run_deals_for_that_seed(capsys: pytest.CaptureFixture[str]) -> None:
    found = plain(capsys, "bargain", "--seed", "5")
    task = find("bargain").deal(Params(), Draw.root(5, "open").at("deal"))
    assert found["example"]["seed"] == 5
    assert [seat["name"] for seat in found["example"]["task"]["seats"]] == [seat.name for seat in task.seats]
    assert found["example"]["task"]["sheets"][0]["threshold"] == task.sheets[0].threshold
    assert found["example"]["reference"]["best"] > 0


def test_the_best_deal_that_is_shown_is_worth_the_optimum(capsys: pytest.CaptureFixture[str]) -> None:
    found = plain(capsys, "bargain", "--seed", "3")
    _, out, _ = show(capsys, "bargain", "--seed", "3")
    best = out[out.index("This deal is best") :]
    names = [seat["name"] for seat in found["example"]["task"]["seats"]]
    line = next(line for line in best.splitlines() if "worth" in line)
    worth = [float(re.search(rf"{name} ([\d.]+)", line)[1]) for name in names]  # type: ignore[index]
    thresholds = [sheet["threshold"] for sheet in found["example"]["task"]["sheets"]]
    assert sum(worth) - sum(thresholds) == pytest.approx(found["example"]["reference"]["best"])


def test_a_scenario_as_json_has_its_forms_and_its_brief(capsys: pytest.CaptureFixture[str]) -> None:
    found = plain(capsys, "bargain")
    assert {"name": "conflict", "may_be": "number, 0 to 1", "default": 0.5} in found["parameters"]
    assert [move["kind"] for move in found["moves"]] == ["propose", "accept", "reject", "walk_away"]
    assert {claim["kind"] for claim in found["claims"]} == {"points", "reserve", "synergy", "intends"}
    assert found["example"]["task"]["seats"][0]["name"] in found["example"]["brief"]


def test_a_scenario_of_ones_own_is_shown_without_any_look_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "orchard.py"
    file.write_text(OWN_SCENARIO)
    code, out, _ = show(capsys, f"{file}:SCENARIO")
    assert code == 0
    assert "Apples, and who gets them Parameters" in words(out)
    assert re.search(r"^pledge +amount 0 to \d$", out, re.MULTILINE)
    assert re.search(r"┊ +purse +seat Seat0 · coins \d", out)
    assert "is told" not in out


def test_a_game_shows_what_it_is_made_of_and_what_is_best(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = show(capsys, "veto")
    assert code == 0
    assert "Arena's golden game 8" in out
    assert "downstream's score sheet · needs 2" in out
    assert re.search(r"This deal is best:\n +outcome +at the ford\n", out)
    assert plain(capsys, "veto")["game"]["outcomes"]["at the ford"] == [6, 5, 3]


def test_the_file_of_a_game_stands_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("outcomes: {a: [1, 2], b: [3, 0]}\nparties: {Ann: {threshold: 0}, Ben: {threshold: 0}}\n")
    code, out, _ = show(capsys, file)
    assert code == 0
    assert "Ann's score sheet" in out


def test_a_sample_shows_its_heading_and_its_scores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path / "samples" / "duel.jsonl")
    monkeypatch.setenv("ARENA_ASSETS", str(tmp_path))
    code, out, _ = show(capsys, "duel")
    assert code == 0
    assert "coordination gain" in out
    assert "arena replay duel" in out
    found = plain(capsys, "duel")
    assert (found["header"]["id"], found["score"]["status"]) == ("a-match", "agreed")


@pytest.mark.parametrize("kind", ["agents", "metrics"])
def test_whatever_is_listed_can_be_shown(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    for row in inventory(kind):
        of = kind.removesuffix("s")
        assert row in plain(capsys, f"{of}/{row['name']}")["found"]
        assert row["about"] in words(show(capsys, f"{of}/{row['name']}")[1])


def test_a_name_of_any_kind_is_offered_where_it_is_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong, right in (("bargian", "bargain"), ("planer", "planner"), ("sport-resort", "sports-resort")):
        code, out, err = show(capsys, wrong)
        assert (code, out) == (2, "")
        assert f"did you mean {right!r}?" in err


def test_a_kind_before_the_name_looks_there_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(KINDS) == {"scenario", "game", "sample", "agent", "metric"}
    code, _, err = show(capsys, "game/planner")
    assert code == 2
    assert "no game named 'planner'" in err


@pytest.mark.parametrize("which", ["transcript", "config"])
def test_a_published_schema_is_a_schema(which: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = plain(capsys, "schema", which)
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_of_a_configuration_tells_right_from_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    validator = Draft202012Validator(plain(capsys, "schema", "config"))
    good = {"agents": {"a": {"scripted": "planner"}}, "scenarios": [{"use": "bargain"}]}
    assert list(validator.iter_errors(good)) == []
    assert list(validator.iter_errors({**good, "repeats": 0}))
    assert list(validator.iter_errors({**good, "wrong": 1}))


def test_what_is_no_schema_and_a_part_of_something_else_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert show(capsys, "schema", "configs")[0] == 2
    code, _, err = show(capsys, "bargain", "config")
    assert code == 2
    assert "goes with `schema` only" in err


@pytest.mark.parametrize("width", ["60", "100"])
def test_a_page_fits_its_width_and_its_lines_end_where_their_words_do(
    width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for name in ("bargain", "sports-resort", "planner"):
        for line in show(capsys, name)[1].splitlines():
            assert len(line) <= int(width), line
            assert line == line.rstrip()
