"""Suites: scenarios with seeds of their own, and no instance in two of them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
import yaml

from arena import assets
from arena.cli.configuration import read_configuration
from arena.configs.resolve import Resolved
from arena.errors import ConfigError
from arena.planning.plan import Preview, count, preview, survey
from arena.scenarios.find import names as families

SUITES = assets.names("configs/suites", ".yaml")
OWNED = 10_000  # seeds from a suite's first one on that are its own


def read(tmp_path: Path, scenarios: str, more: str = "") -> Resolved:
    path = tmp_path / "c.yaml"
    path.write_text(f"agents: {{a: {{scripted: silent}}}}\ndesign: self_play\nscenarios: {scenarios}\n{more}")
    return read_configuration(path)


def seeds(resolved: Resolved) -> list[tuple[str, range]]:
    return [(entry.use, range(entry.seed, entry.seed + entry.instances)) for entry in resolved.entries]


@pytest.mark.parametrize("name", SUITES)
def test_every_scenario_of_a_suite_can_be_played(name: str, tmp_path: Path) -> None:
    resolved = read(tmp_path, f"{{suite: {name}}}")
    rows: list[Preview] = survey(resolved, preview)
    assert len(rows) == len(resolved.entries) >= 5
    assert count(resolved) == sum(entry.instances for entry in resolved.entries)


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_keeps_to_the_seeds_that_are_its_own(name: str, tmp_path: Path) -> None:
    first = yaml.safe_load(assets.path("configs", "suites", f"{name}.yaml").read_text())["seed"]
    found = seeds(read(tmp_path, f"{{suite: {name}}}"))
    assert all(first <= each.start and each.stop <= first + OWNED for _, each in found)


def test_no_two_suites_have_a_seed_in_common(tmp_path: Path) -> None:
    assert {"dev", "test"} <= set(SUITES)
    owned = [min(each.start for _, each in seeds(read(tmp_path, f"{{suite: {name}}}"))) for name in SUITES]
    assert all(abs(one - other) >= OWNED for one, other in combinations(owned, 2))


def test_a_suite_is_every_family_that_there_is(tmp_path: Path) -> None:
    for name in SUITES:
        assert {use for use, _ in seeds(read(tmp_path, f"{{suite: {name}}}"))} == set(families())


def test_the_first_instances_of_each_are_taken(tmp_path: Path) -> None:
    whole, some = seeds(read(tmp_path, "{suite: dev}")), seeds(read(tmp_path, "{suite: dev, instances: 3}"))
    assert [(use, each[:3]) for use, each in whole] == some
    assert seeds(read(tmp_path, "{suite: dev, instances: 1000}")) == whole


def test_a_configuration_of_ones_own_is_a_suite(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "agents: {x: {scripted: y}}\nseed: 7\nscenarios: [{use: bargain, instances: 4}, {use: bargain, seed: 90}]\n"
    )
    found = seeds(read(tmp_path, "{suite: mine.yaml}"))
    assert found == [("bargain", range(7, 11)), ("bargain", range(90, 91))]


@pytest.mark.parametrize(
    ("scenarios", "more", "told"),
    [
        ("{suite: dve}", "", ["scenarios.suite: found 'dve'; no suite named 'dve'; did you mean 'dev'?"]),
        ("{suite: dev}", "seed: 3", ["seed: given together with a suite; leave it out: a suite has its own seeds"]),
        (
            "{suite: dev, instance: 3, instances: 0}",
            "reapeats: 2",
            [
                "scenarios.instance: unknown key; did you mean 'instances'?",
                "scenarios.instances: found 0; expected a whole number from 1",
                "reapeats: unknown key; did you mean 'repeats'?",
            ],
        ),
        ("{suite: broken.yaml}", "", ["scenarios.suite: broken.yaml, line 1, column 13: not YAML; "]),
        ("{suite: wrong.yaml}", "", ["expected a list of scenarios under `scenarios:`"]),
        ("{suite: seeded.yaml}", "", ["seed is 'x'; expected a whole number"]),
    ],
)
def test_what_is_wrong_with_a_suite_is_told_with_all_the_rest(
    scenarios: str, more: str, told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text("scenarios: [}\n")
    (tmp_path / "wrong.yaml").write_text("scenarios: {}\n")
    (tmp_path / "seeded.yaml").write_text("scenarios: [{use: bargain}]\nseed: x\n")
    with pytest.raises(ConfigError) as error:
        read(tmp_path, scenarios, more)
    found = [str(mistake) for mistake in error.value.mistakes]
    assert len(found) == len(told)
    assert all(words in line for words, line in zip(told, found, strict=True)), found
