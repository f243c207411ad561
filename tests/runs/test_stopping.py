"""Stopping early: what is decided depends on the plan and the matches, not on who was quick."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from arena.cli.main import main
from arena.configs.schema import StopConfig
from arena.errors import ConfigError
from arena.planning.plan import Planned, plan
from arena.results.observed import Observation
from arena.results.score import unplayed
from arena.runs.directory import read_state
from arena.runs.resuming import resume_run
from arena.runs.stopping import Stopping
from arena.runs.surplus import SURPLUS
from tests.runs.matches import settled
from tests.runs.sighting import sighted
from tests.runs.trials import SMALL, Seen, contents, ran

CALLED = Path(__file__).with_name("called.py")
STOP = StopConfig(delta=0.05)


def config(design: str = "self_play", agents: str = "abc", instances: int = 60, **more: Any) -> dict[str, Any]:
    return {
        "agents": {name: {"scripted": "planner"} for name in agents},
        "scenarios": [{"use": "bargain", "params": SMALL | {"seats": 2}, "instances": instances}],
        "design": design,
        "stop": {"delta": 0.05},
    } | more


def played(match: Planned, strength: dict[str, float], spread: float = 0.05) -> Observation:
    """What a match comes to: the same whenever it is played."""
    luck = Random(match.id).gauss(0, spread) + match.seed % 5 / 10
    gain = sum(strength[name] for name in match.seating) / len(match.seating) + luck
    return sighted(f"i{match.seed}", match.seating, gain=(gain, 1.0), repeat=match.repeat)


def all_played(
    strength: dict[str, float], at_once: int = 1, order: Random | None = None, **more: Any
) -> tuple[Stopping, list[str]]:
    """A run of which so many matches are under way at a time, and end in any order; and its matches but the surplus."""
    resolved = settled(config(**more))
    stopping = Stopping(resolved, STOP, lambda: plan(resolved))
    chosen, under_way, ended = stopping.chosen(plan(resolved)), list[Planned](), list[str]()
    while True:
        under_way += list(_first(chosen, at_once - len(under_way)))
        if not under_way:
            break
        match = under_way.pop(0 if order is None else order.randrange(len(under_way)))
        stopping.ended(match.id, played(match, strength))
        ended.append(match.id)
    return stopping, sorted(set(ended) - set(stopping.surplus))


def _first(matches: Iterable[Planned], n: int) -> Iterable[Planned]:
    for _, match in zip(range(n), matches, strict=False):
        yield match


STRENGTH = {"a": 0.6, "b": 0.3, "c": 0.28}


@pytest.mark.parametrize("design", ["self_play", "cross_play"])
@pytest.mark.parametrize("at_once", [2, 7, 64, 1000])
def test_the_number_of_workers_changes_neither_verdicts_nor_matches(design: str, at_once: int) -> None:
    alone, matches = all_played(STRENGTH, design=design)
    together, same = all_played(STRENGTH, at_once, Random(at_once), design=design)
    assert together.decisions == alone.decisions
    assert same == matches
    assert together.saved == alone.saved
    assert alone.surplus == []


def test_who_differs_is_told_apart_and_who_does_not_is_played_on() -> None:
    stopping, matches = all_played(STRENGTH)
    verdicts = {(each.first, each.second): each for each in stopping.decisions}
    assert verdicts["a", "b"].verdict == verdicts["a", "c"].verdict == "first"
    assert verdicts["a", "b"].after >= 20
    last = max(verdicts["a", "b"].after, verdicts["a", "c"].after)
    resolved = settled(config())
    needed = {match.id for match in plan(resolved) if match.seating[0] == "a"} & set(matches)
    assert len(needed) == last, "of a, no match after its last comparison was decided"
    assert len(matches) == 180 - stopping.saved
    assert stopping.saved >= 60 - last


def test_equal_agents_are_called_equal_and_nothing_more_is_played() -> None:
    stopping, matches = all_played(dict.fromkeys("abc", 0.5), instances=200)
    assert {each.verdict for each in stopping.decisions} == {"equal"}
    assert len(stopping.decisions) == 3
    assert stopping.saved == 600 - len(matches) > 0


def test_a_void_match_is_no_value_and_holds_up_nothing() -> None:
    resolved = settled(config(agents="ab"))
    stopping = Stopping(resolved, STOP, lambda: plan(resolved))
    for match in stopping.chosen(plan(resolved)):
        void = match.seed % 2 == 0 and match.seating[0] == "b"
        stopping.ended(match.id, None if void else played(match, STRENGTH))
    (decision,) = stopping.decisions
    assert decision.verdict == "first"
    assert decision.after >= 39, "twenty instances with both, of every second"


def test_a_run_with_many_workers_keeps_what_one_would_have_played(tmp_path: Path) -> None:
    slow = {"a": {"call": f"{CALLED}:slow"}, "b": {"call": f"{CALLED}:slow"}}
    small = [{"use": "bargain", "params": SMALL, "instances": 26}]
    given = {"agents": slow, "scenarios": small, "design": "self_play", "stop": {"delta": 0.05}}
    alone = ran(tmp_path, given | {"limits": {"connections": 1}})
    together = ran(tmp_path, given | {"limits": {"connections": 16}})
    assert alone.decided == together.decided
    assert [each.verdict for each in alone.decided] == ["equal"]
    assert contents(alone.path) == contents(together.path)
    assert len(contents(alone.path)) == 40
    assert (alone.saved, alone.left, together.saved, together.left) == (12, 0, 12, 0)
    assert not (alone.path / SURPLUS).exists()
    assert len(list((together.path / SURPLUS).iterdir())) >= 1, "they were under way"
    assert together.tally.ended == 40, "and are in no figure"
    assert repr(alone.tally.figures.totals()) == repr(together.tally.figures.totals())
    state = read_state(together.path)
    assert (state["status"], state["totals"]["saved"]) == ("complete", 12)


def test_what_was_decided_stays_so_when_the_run_goes_on(tmp_path: Path) -> None:
    agents = {"a": {"scripted": "planner"}, "b": {"scripted": "planner"}}
    result = ran(tmp_path, config(agents="ab", instances=25) | {"agents": agents})
    assert (result.saved, len(contents(result.path))) == (10, 40)
    assert unplayed([result.path]) == [], "what no comparison needed does not lack"
    before = contents(result.path)
    for name in list(before)[:3]:
        (result.path / "matches" / name).unlink()
    assert unplayed([result.path]) == [(result.path, 3, 50)]
    again = resume_run(result.path, Seen())
    assert (again.tally.ended, again.left, again.saved) == (3, 0, 10)
    assert contents(result.path) == before
    assert resume_run(result.path, Seen()).tally.ended == 0
    file = result.path / "run.json"
    state = json.loads(file.read_text())
    del state["decided"]  # as if it had been killed before it could write
    file.write_text(json.dumps(state))
    for name in list(before)[-4:]:
        (result.path / "matches" / name).unlink()
    anew = resume_run(result.path, Seen())
    assert anew.decided == result.decided
    assert contents(result.path) == before


def test_the_end_of_a_run_says_what_was_decided_and_saved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import yaml

    monkeypatch.chdir(tmp_path)
    Path("duel.yaml").write_text(yaml.safe_dump(config(agents="ab", instances=22)))
    assert main(["run", "duel.yaml"]) == 0
    out = capsys.readouterr().out
    assert "decided: a and b are as good as equal, scenarios[0], after 20 instances: a - b +0.000" in out
    assert "saved: 4 matches that no comparison needed" in out
    assert main(["run", "duel.yaml", "--json"]) == 0
    finished = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (finished["saved"], finished["decided"][0]["verdict"]) == (4, "equal")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"design": "explicit"}, "stop: design: explicit compares nobody"),
        ({"agents": {"a": {"scripted": "planner"}}}, "stop: one agent is compared with nobody"),
        ({"stop": {"delta": 0}}, "stop.delta"),
    ],
)
def test_a_run_that_compares_nobody_cannot_stop_early(change: dict[str, Any], told: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        settled(config(agents="ab") | change, tmp_path)
    assert told in str(caught.value)


def test_a_measure_that_there_is_not_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match=r"stop\.metric: found 'coordination_gian'; did you mean 'coordination_gain'"):
        settled(config(stop={"delta": 0.05, "metric": "coordination_gian"}))
    with pytest.raises(ConfigError, match=r"found 'zzz'; `arena list metrics` names them"):
        settled(config(stop={"delta": 0.05, "metric": "zzz"}))


def test_the_plan_says_that_a_run_may_stop_early(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "early.yaml"
    file.write_text(json.dumps(config(instances=2)))
    assert main(["check", str(file)]) == 0
    assert "it may stop early: a comparison of two agents ends when it is decided" in capsys.readouterr().out
    assert main(["check", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["may_stop_early"] is True
    file.write_text(json.dumps(config(instances=2, stop=None)))
    assert main(["check", str(file)]) == 0
    assert "stop early" not in capsys.readouterr().out


def test_matches_of_a_run_that_stopped_early_are_played_again_and_its_verdicts_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = {"a": {"scripted": "planner"}, "b": {"scripted": "saboteur"}}
    path = ran(tmp_path, config(agents="ab") | {"agents": agents}).path
    before = read_state(path)["decided"]
    assert before
    assert main(["retry", str(path), "--status", "agreed"]) == 0
    assert "its verdicts stand as they were decided" in capsys.readouterr().err
    assert read_state(path)["decided"] == before
    assert main(["retry", str(path)]) == 0
    assert "verdicts" not in capsys.readouterr().err
