"""What the command line changes in a configuration, and lists of replies."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.cli.configuration import read_configuration
from arena.errors import ArenaError
from tests.configs.mistaken import AGENT, FILES

SOUND = f"{AGENT}design: self_play\nscenarios: [{{use: bargain, params: {{seats: 3}}}}]"


def test_settings_from_the_command_line_are_put_where_they_belong(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(SOUND)
    settings = (
        "scenarios[0].params.seats=4",
        "scenarios.0.protocol.turns=random",
        "agents.a.scripted=selfish",
        "agents.b.scripted=silent",
        "design=explicit",
        "seating=[a, b, a, b]",
        "salt='7'",
        "scenarios[0].protocol.memory=both",
        "scenarios[0].protocol.limits={board: 300}",
    )
    found = read_configuration(path, settings, seed=5, repeats=2)
    assert found.entries[0].params.seats == 4
    assert type(found.entries[0].meeting.turns).__name__ == "RandomOrder"
    assert (found.entries[0].meeting.memory, found.entries[0].meeting.limits.board) == ("both", 300)
    assert (found.config.agents["a"].scripted, found.casting.agents) == ("selfish", ("a", "b", "a", "b"))
    assert (found.config.salt, found.config.seed, found.config.repeats) == ("7", 5, 2)


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("seed", "--set seed: expected a.b=c"),
        ("=3", "--set =3: expected a.b=c"),
        ("scenarios[7].use=x", r"--set scenarios\[7\].use: there is no '7'"),
        ("scenarios[²].use=x", r"there is no '²'"),
        ("scenarios[-1].use=x", r"there is no '-1'"),
        ("scenarios.first.use=x", "there is no 'first'"),
        ("scenarios[0][1]=x", "there is no '1'|unknown key"),
        ("scenarios=3", "scenarios: found 3; expected a list"),
        ("agents.a.scripted.x=3", "--set agents.a.scripted.x: 'x' has nothing to stand in"),
        ("agents.a.scripted.x.y=3", "there is no 'x'"),
        ("scenarios[0].params.seats=[", "--set scenarios\\[0\\].params.seats: 1 mistake\n  line 1, column 2: not YAML"),
        ("sed=3", "sed: unknown key; did you mean 'seed'"),
        ("seed.x=3", "seed: found {'x': 3}; expected a whole number"),
        ("seed=", "seed: found None; expected a whole number"),
        ("scenarios[0].params.seats=many", r"scenarios\[0\].params.seats: found 'many'; expected a whole number"),
    ],
)
def test_a_setting_that_cannot_be_is_said_so(setting: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(SOUND)
    with pytest.raises(ArenaError, match=why) as error:
        read_configuration(path, (setting,))
    assert error.value.exit_code == 2


def test_a_list_of_replies_is_taken_as_json_has_it(tmp_path: Path) -> None:
    (tmp_path / "date.yaml").write_bytes(FILES["date.yaml"])
    path = tmp_path / "c.yaml"
    path.write_text("agents: {a: {script: date.yaml}, b: {script: [hello, {1: 2}]}}\nscenarios: [{use: bargain}]")
    assert read_configuration(path).scripts == {"a": ["2024-01-01", None], "b": ["hello", {"1": 2}]}
