"""The plan of a run, and all that speaks against it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from arena.errors import ConfigError
from arena.moderators.meeting import Meeting
from arena.runs.plan import each, header, plan, preview
from tests.runs.matches import settled
from tests.runs.trials import CONFIG, SMALL, ran


def test_a_plan_is_every_scenario_seed_and_repeat_in_order() -> None:
    planned = list(plan(settled(CONFIG)))
    assert [match.id for match in planned] == [
        "00-bargain-0003-0",
        "00-bargain-0003-1",
        "00-bargain-0004-0",
        "00-bargain-0004-1",
        "01-bargain-0003-0",
        "01-bargain-0003-1",
    ]
    assert [(match.entry, match.seed, match.repeat) for match in planned][3:5] == [(0, 4, 1), (1, 3, 0)]
    assert [match.id for match in plan(settled(CONFIG), 2)] == ["00-bargain-0003-0", "00-bargain-0003-1"]


def test_what_speaks_against_any_scenario_is_told_at_once_before_anything_is_written(tmp_path: Path) -> None:
    config = CONFIG | {
        "scenarios": [
            {"use": "bargain", "params": SMALL, "protocol": {"turns": {"kind": "chair_calls", "chair": 5}}},
            {"use": "bargain", "params": SMALL | {"seats": 4}, "instances": 3},
            {"use": "bargain", "params": SMALL},
            {"use": "bargain", "params": SMALL | {"seats": 2}, "protocol": {"channel": "ring", "talk": 1}},
        ]
    }
    resolved = settled(config)
    for make in (header, preview):
        with pytest.raises(ConfigError) as error:
            each(resolved, list(plan(resolved)), make)
        told = [(mistake.path, mistake.found) for mistake in error.value.mistakes]
        assert told == [
            (
                "scenarios[0]",
                "seed 3: this meeting does not fit this game: turns: the chair is seat 5, but the seats are 0 to 2",
            ),
            ("seating", "3 agents (a, b, c) for 4 seats"),
            (
                "scenarios[3]",
                "seed 3: this meeting does not fit this game: channel: ring needs at least 3 seats; there are 2",
            ),
        ]
    with pytest.raises(ConfigError):
        ran(tmp_path, config)
    assert list(tmp_path.iterdir()) == []


def test_what_a_match_will_be_is_told_beforehand() -> None:
    resolved = settled(CONFIG)
    first, *_, last = each(resolved, list(plan(resolved)), preview)
    assert msgspec.to_builtins(structs.replace(first, optimum=0.0)) == {
        "id": "00-bargain-0003-0",
        "seed": 3,
        "seats": 3,
        "seating": ("a", "b", "c"),
        "rounds": 2,
        "calls": 6,
        "optimum": 0.0,
    }
    assert first.optimum == header(resolved, next(plan(resolved))).reference.best
    assert (last.seats, last.rounds) == (3, 10)
    capped = settled(CONFIG | {"scenarios": [{"use": "bargain", "protocol": {"limits": {"rounds": 4}, "talk": 2}}]})
    (row, *_) = each(capped, list(plan(capped)), preview)
    assert (row.rounds, row.calls) == (4, 4 * 2 * 3)


def test_a_meeting_in_the_header_is_the_one_of_the_configuration() -> None:
    resolved = settled(CONFIG | {"scenarios": [{"use": "bargain", "params": SMALL}]})
    assert header(resolved, next(plan(resolved))).meeting == Meeting()
