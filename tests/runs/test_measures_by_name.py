"""Measures that are named before any match has been played: each that a match may have is known."""

from __future__ import annotations

from pathlib import Path

from arena.report.labels import SECTIONS
from arena.results.measured import RATES, RATIOS, measures
from arena.results.observed import observed
from arena.scenarios.find import names
from arena.scoring.names import NAMES, is_measure
from tests.runs.trials import ran

IN_WORDS = {"closed", "optimum_how", "floor_name", "refusals"}  # of a scorecard; no numbers


def test_every_measure_of_every_family_is_known_by_name(tmp_path: Path) -> None:
    items = {"use": "bargain", "params": {"form": "items"}}
    struck = {"use": "commons", "protocol": {"perturb": [{"kind": "shock", "round": 2}]}}
    scenarios = [items, struck, *({"use": name} for name in names())]
    config = {"agents": {"a": {"scripted": "random"}}, "scenarios": scenarios, "design": "self_play"}
    path = ran(tmp_path, config).path
    found = measures(observed([path]))
    assert len(found) > 80
    assert [name for name in found if not is_measure(name)] == []


def test_the_names_are_those_that_scorecards_explain() -> None:
    explained = {name for labels in SECTIONS.values() for name in labels} - IN_WORDS
    assert {name for name in explained if not is_measure(name)} == set()
    assert NAMES - explained == {"settled", "agreed", "joint_share"}
    assert all(is_measure(name) for name in RATES | RATIOS)
    assert not is_measure("coordination_gian")
