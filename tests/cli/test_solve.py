import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from arena.cli.main import main
from arena.cli.solve import command
from arena.errors import ConfigError, NotFound

KEYS = [
    "outcomes",
    "rational",
    "passing",
    "unanimous",
    "frontier",
    "nash",
    "kalai_smorodinsky",
    "egalitarian",
    "welfare",
]


def invoked(*args: str) -> Result:
    return CliRunner(env={"COLUMNS": "120"}).invoke(command, list(args), catch_exceptions=False)


def solved(*args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(invoked(*args, "--json").stdout)
    return found


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def utilities(found: dict[str, Any], name: str) -> list[list[float]]:
    return [outcome["utilities"] for outcome in found[name]["outcomes"]]


def test_the_sports_resort_has_the_published_solutions() -> None:
    found = solved("sports-resort")
    assert (found["outcomes"], found["passing"], found["unanimous"]) == (720, 55, 12)
    assert found["frontier"] == {"all": 481, "rational": 12}
    best = {"A": "A2", "B": "B3", "C": "C3", "D": "D2", "E": "E3"}
    assert found["nash"] == {"value": 6031872, "outcomes": [{"deal": best, "utilities": [57, 81, 77, 54, 48, 71]}]}
    # The data counts A2 B3 C2 D2 E4 as the largest sum of what passes: it is acceptable to all, too.
    assert found["welfare"]["value"] == 391
    assert list(found["welfare"]["outcomes"][0]["deal"].values()) == ["A2", "B3", "C2", "D2", "E4"]


def test_the_keys_are_those_that_were_promised() -> None:
    found = solved("sports-resort")
    assert [key for key in found if key in KEYS] == KEYS
    assert set(found) - set(KEYS) == {"name", "parties", "thresholds"}
    assert set(found["frontier"]) == {"all", "rational"}
    for name in KEYS[5:]:
        assert set(found[name]) == {"value", "outcomes"}
        assert all(set(outcome) == {"deal", "utilities"} for outcome in found[name]["outcomes"])


def test_logrolling_beats_splitting_the_difference() -> None:
    found = solved("logrolling", "--frontier")
    assert (found["rational"], found["frontier"]["all"]) == (4, 3)
    assert sorted(o["utilities"] for o in found["frontier"]["outcomes"]) == [[0, 4], [3, 3], [4, 0]]
    for name in ("nash", "kalai_smorodinsky", "egalitarian", "welfare"):
        assert utilities(found, name) == [[3, 3]]
    assert found["nash"]["value"] == 9


def test_the_veto_game_separates_the_solutions() -> None:
    found = solved("veto")
    assert (found["rational"], found["passing"], found["frontier"]["rational"]) == (3, 3, 2)
    assert (found["nash"]["value"], utilities(found, "nash")) == (12, [[6, 5, 3]])
    assert (found["egalitarian"]["value"], utilities(found, "egalitarian")) == (2, [[4, 4, 4]])
    assert (found["kalai_smorodinsky"]["value"], utilities(found, "kalai_smorodinsky")) == (0.5, [[6, 5, 3]])
    assert (found["welfare"]["value"], utilities(found, "welfare")) == (14, [[6, 5, 3]])


def test_the_ultimatum_lists_every_tie() -> None:
    found = solved("ultimatum")
    assert (found["rational"], found["frontier"]["rational"]) == (8, 8)
    for name in ("nash", "kalai_smorodinsky", "egalitarian"):
        assert utilities(found, name) == [[3, 7], [4, 6]]
        assert [outcome["deal"] for outcome in found[name]["outcomes"]] == ["3-7", "4-6"]
    assert utilities(found, "welfare") == [[k, 10 - k] for k in range(8)]


def test_where_nothing_is_rational_the_solutions_are_null(tmp_path: Path) -> None:
    text = "outcomes: {a: [1, 9], b: [9, 1]}\nparties: {p: {threshold: 5}, q: {threshold: 5}}\n"
    file = written(tmp_path / "none.yaml", text)
    found = solved(file)
    assert (found["name"], found["rational"], found["passing"]) == ("none", 0, 0)
    assert [found[name] for name in KEYS[5:]] == [None] * 4
    assert found["frontier"] == {"all": 2, "rational": 0}
    assert "No outcome is individually rational" in invoked(file, "--frontier").stdout


def test_where_nobody_can_gain_anything_the_smallest_ratio_is_null_and_all_outcomes_tie(tmp_path: Path) -> None:
    text = "outcomes: {a: [5, 5], b: [5, 5]}\nparties: {p: {threshold: 5}, q: {threshold: 5}}\n"
    found = solved(written(tmp_path / "flat.yaml", text))
    assert found["kalai_smorodinsky"]["value"] is None
    assert len(found["kalai_smorodinsky"]["outcomes"]) == 2


@pytest.mark.parametrize(("rule", "passing"), [("unanimous", 1), ("majority", 3), ("all-but-one", 3)])
def test_passing_follows_the_acceptance_rule_and_unanimous_does_not(tmp_path: Path, rule: str, passing: int) -> None:
    text = (
        f"acceptance: {rule}\n"
        "outcomes: {all: [5, 5, 5], first two: [9, 9, 0], last two: [0, 9, 9], one: [9, 0, 0]}\n"
        "parties: {p: {threshold: 5}, q: {threshold: 5}, r: {threshold: 5}}\n"
    )
    found = solved(written(tmp_path / "rule.yaml", text))
    assert (found["passing"], found["unanimous"]) == (passing, 1)


def test_interactions_count(tmp_path: Path) -> None:
    text = (
        "issues: {A: [A1, A2], B: [B1, B2]}\n"
        "parties: {p: {threshold: 0, points: [[0, 1], [0, 1]]}, q: {threshold: 0, points: [[0, 1], [0, 1]]}}\n"
        "interactions: [{party: p, options: {A: A1, B: B1}, points: 7}]\n"
    )
    found = solved(written(tmp_path / "synergy.yaml", text))
    assert found["welfare"] == {"value": 7, "outcomes": [{"deal": {"A": "A1", "B": "B1"}, "utilities": [7, 0]}]}


def test_a_game_may_be_json(tmp_path: Path) -> None:
    game = {"outcomes": {"x": [1.5, 2]}, "parties": {"a": {"threshold": 0}, "b": {"threshold": 0}}}
    assert solved(written(tmp_path / "game.json", json.dumps(game)))["welfare"]["value"] == 3.5


def test_people_see_the_counts_the_solutions_and_the_thresholds() -> None:
    page = invoked("sports-resort").stdout
    for said in (
        "720",
        "481",
        "55",
        "12",
        "6,031,872",
        "A2 B3 C3 D2 E3",
        "Kalai-Smorodinsky",
        "developer",
        "the thresholds",
    ):
        assert said in page
    assert "Frontier" not in page
    assert "Frontier" in invoked("sports-resort", "--frontier").stdout


def test_people_see_a_dozen_ties_and_how_many_more_there_are() -> None:
    page = invoked("split-the-pie").stdout
    assert "and 9 more; --json lists them" in page


def test_words_of_a_game_cannot_steer_the_terminal(tmp_path: Path) -> None:
    parties = '{"p\\a": {threshold: 0}, q: {threshold: 0}}'
    text = f'name: "a\\e[31mb [bold]c"\noutcomes: {{"[red]x": [1, 1]}}\nparties: {parties}\n'
    page = invoked(written(tmp_path / "sly.yaml", text)).stdout
    assert "\x1b" not in page
    assert "\x07" not in page
    assert "a\\x1b[31mb [bold]c" in page
    assert "[red]x" in page


def test_an_unknown_game_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="no game named 'sport-resort'; did you mean 'sports-resort'"):
        invoked("sport-resort")


def test_a_broken_game_is_answered_with_every_mistake_and_exit_code_2(tmp_path: Path) -> None:
    file = written(
        tmp_path / "bad.yaml", "outcomes: {a: [1]}\nparties: {p: {treshold: 1}, q: {threshold: 0}}\nrounds: no\n"
    )
    with pytest.raises(ConfigError) as error:
        invoked(file)
    assert [mistake.path for mistake in error.value.mistakes] == [
        "parties.p.treshold",
        "outcomes.a",
        "rounds",
        "parties.p.threshold",
    ]
    assert main(["solve", file]) == 2


@pytest.mark.parametrize("text", ["", "just words\n", "a: [1\n", "parties: {p: {}, p: {}}\n"])
def test_a_file_that_holds_no_game_is_refused_with_exit_code_2(tmp_path: Path, text: str) -> None:
    assert main(["solve", written(tmp_path / "odd.yaml", text)]) == 2


def test_the_installed_command_prints_json_alone_on_stdout_and_errors_on_stderr(tmp_path: Path) -> None:
    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "arena", "solve", *args], capture_output=True, text=True, check=False
        )

    good = run("sports-resort", "--json")
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["nash"]["value"] == 6031872
    bad = run(str(tmp_path / "missing.yaml"))
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.startswith("Error: no game named ")
