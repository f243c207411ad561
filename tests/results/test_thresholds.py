"""A run that does not come to what it has to fails, and says by how much."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from arena.cli.main import main
from arena.errors import UsageError
from arena.report.verdicts import verdict
from arena.results.measured import figure
from arena.results.observed import Observation, observed
from arena.results.thresholds import Judge, Threshold, Verdict, threshold
from tests.runs.trials import CONFIG, ran


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ran(tmp_path_factory.mktemp("runs")).path


@pytest.fixture(scope="module")
def seen(run: Path) -> list[Observation]:
    return list(observed([run]))


def judged(text: str, found: list[Observation]) -> Verdict:
    judge = Judge([threshold(text)])
    for each in found:
        judge.add(each)
    (made,) = judge.verdicts()
    return made


def test_a_threshold_is_reached_by_the_estimate_that_reports_show(seen: list[Observation]) -> None:
    found = figure(seen, "coordination_gain").overall
    made = judged(f"coordination_gain={found.value}", seen)
    assert (made.held, made.found) == (True, found)
    assert verdict(made).startswith("held: coordination_gain=")
    missed = judged(f"coordination_gain={math.nextafter(found.value, 2)}", seen)
    assert not missed.held
    assert f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}] (n = 6 matches" in verdict(missed)
    assert "is less" in verdict(missed)


def test_a_measure_that_no_match_defines_is_no_pass(seen: list[Observation]) -> None:
    void = [replace(each, void="stopped", status="void", values={}, per_seat={}) for each in seen]
    assert not judged("settled=-1", void).held
    assert verdict(judged("settled=-1", void)).endswith("not defined in any of 6 matches, 6 of them void")
    undefined = [replace(each, values={"settled": math.nan}) for each in seen]
    assert not judged("settled=-1", undefined).held
    misspelt = judged("coordination_gian=0", seen)
    assert not misspelt.held
    assert "did you mean 'coordination_gain'?" in verdict(misspelt)
    assert not judged("settled=-1", []).held


@pytest.mark.parametrize("text", ["gain", "gain=", "=1", "gain=x", "gain=nan", "gain=inf", "gain>=1", ""])
def test_what_is_no_threshold_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected a measure and a number"):
        threshold(text)
    assert threshold(" a.b = -1e-3 ") == Threshold("a.b", -0.001)


def test_every_command_that_ends_with_scores_fails_by_them(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "trial.yaml"
    config.write_text(yaml.safe_dump(CONFIG))
    never, always = ("--fail-under", "settled=2"), ("--fail-under", "settled=0")
    for words in (
        ["run", str(config), "--out", str(tmp_path / "out"), "--quiet"],
        ["score", str(run), "--quiet"],
        ["resume", str(run)],
    ):
        assert main([*words, *always]) == 0
        assert "held: settled=0" in capsys.readouterr().err
        assert main([*words, *always, *never]) == 4
        assert "missed: settled=2: " in capsys.readouterr().err
        assert main([*words, "--fail-under", "settled"]) == 2
        capsys.readouterr()


def test_a_threshold_that_is_missed_tells_more_than_a_void_match(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = next((run / "matches").iterdir())
    cut = tmp_path / one.name
    whole = one.read_bytes()
    cut.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    paths = [str(cut), str(one)]
    assert main(["score", *paths, "--quiet"]) == 3
    assert main(["score", *paths, "--quiet", "--fail-under", "settled=0"]) == 3
    assert main(["score", *paths, "--quiet", "--fail-under", "settled=2"]) == 4
    capsys.readouterr()


def test_a_run_that_prints_json_tells_its_exit_code_and_the_verdict_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "trial.yaml"
    config.write_text(yaml.safe_dump(CONFIG))
    words = ["run", str(config), "--out", str(tmp_path / "out"), "--json", "--limit", "1", "--fail-under", "settled=2"]
    assert main(words) == 4
    shown = capsys.readouterr()
    assert json.loads(shown.out.splitlines()[-1])["exit_code"] == 4
    assert shown.err.startswith("missed: settled=2: ")
