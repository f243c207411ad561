"""Matches as the statistics see them: the same from saved scores as from transcripts, and void ones without values."""

from __future__ import annotations

from math import isnan, nan
from pathlib import Path

import pytest

from arena.results.observed import Observation, header_of, observed
from arena.results.saving import SavedScores
from arena.results.score import graded, score, transcripts
from tests.runs.matches import rows, save
from tests.runs.trials import SMALL, ran

CROSSED = {
    "name": "crossed",
    "agents": {"a": {"scripted": "conceder"}, "b": {"scripted": "planner"}},
    "scenarios": [{"use": "bargain", "params": SMALL | {"seats": 2}, "instances": 2}],
    "design": "cross_play",
    "seed": 3,
}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return ran(tmp_path, CROSSED).path


def same(one: Observation, other: Observation) -> bool:
    return repr(one) == repr(other)  # NaN is not itself


def test_a_run_is_observed_in_the_order_of_its_plan_with_blocks_seats_and_measures(run: Path) -> None:
    found = list(observed([run]))
    assert [each.agents for each in found[:4]] == [("a", "a"), ("a", "b"), ("b", "b"), ("b", "a")]
    assert [each.rotation for each in found[:4]] == [0, 0, 0, 1]
    assert len({each.instance for each in found}) == 2
    assert len({each.block for each in found}) == 4
    first = found[0]
    card = score(first.path)
    assert (first.entry, first.scenario, first.label) == (
        "00-bargain",
        "bargain",
        "bargain issues=3 options=3 rounds=2 seats=2",
    )
    assert first.values["welfare_ratio"] == card.agreement["welfare_ratio"]
    assert first.values["settled"] == 1
    assert first.per_seat["payoff"] == card.per_seat["payoff"]
    assert "per_seat.individually_rational" in first.per_seat
    part, whole = first.ratios["coordination_gain"]
    assert part / whole == pytest.approx(card.headline["coordination_gain"])


def test_saved_scores_are_read_where_they_are_of_the_transcripts_as_they_are(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(observed([run]))
    files = transcripts([run])
    save(files)
    asked: list[str] = []
    monkeypatch.setattr("arena.results.observed.graded", lambda file: asked.append(file.stem) or graded(file))
    after = list(observed([run]))
    assert not asked
    assert all(map(same, before, after))
    files[0].write_bytes(b"".join(rows(files[0].read_bytes())[:-1]))
    found = {each.match: each for each in observed([run])}
    assert asked == [files[0].stem], "it has changed, and is scored anew"
    assert found[files[0].stem].status == "void"
    assert all(file.stem in SavedScores(run) for file in files)


def test_a_void_match_has_a_reason_and_no_values_but_is_known_by_its_block_and_room(run: Path) -> None:
    file = transcripts([run])[0]
    whole = next(each for each in observed([run]) if each.path == file)
    file.write_bytes(b"".join(rows(file.read_bytes())[:-1]))
    cut = next(each for each in observed([run]) if each.path == file)
    assert (cut.status, cut.void) == ("void", "the match was not played to its end")
    assert (cut.values, cut.per_seat) == ({}, {})
    assert (cut.block, cut.agents) == (whole.block, whole.agents)
    part, room = cut.ratios["coordination_gain"]
    assert isnan(part)
    assert room == whole.ratios["coordination_gain"][1]


def test_an_instance_is_the_same_in_another_run_and_another_meeting_and_not_with_another_salt(
    run: Path, tmp_path: Path
) -> None:
    def instances(**more: object) -> list[str]:
        return sorted({each.instance for each in observed([ran(tmp_path, CROSSED | more).path])})

    here = sorted({each.instance for each in observed([run])})
    (scenario,) = CROSSED["scenarios"]  # type: ignore[misc]
    assert instances(agents={"other": {"scripted": "boulware"}}) == here
    assert instances(scenarios=[scenario | {"protocol": {"turns": "random"}}]) == here
    assert set(instances(salt="secret")).isdisjoint(here)


def test_what_is_null_in_a_saved_score_is_not_defined(run: Path) -> None:
    first = next(observed([run]))
    assert first.usd == 0.0
    assert first.values.get("nonesuch", nan) != first.values.get("nonesuch", nan)
    assert header_of(first.path).id == first.match


def test_what_a_group_recovered_is_a_ratio_of_sums(tmp_path: Path) -> None:
    protocol = {"perturb": [{"kind": "shock", "round": 3}]}
    scenario = {"use": "commons", "params": {"seats": 3, "rounds": 5}, "protocol": protocol}
    config = {"agents": {"a": {"scripted": "planner"}}, "scenarios": [scenario], "design": "self_play"}
    (each,) = observed([ran(tmp_path, config).path])
    part, whole = each.ratios["recovery"]
    assert part / whole == pytest.approx(each.values["recovery"])
    assert (part, whole) == (each.values["recovery_gain"], each.values["recovery_room"])
