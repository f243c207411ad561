"""The plan of a run, and all that speaks against it."""

from __future__ import annotations

import tracemalloc
from collections import deque
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from arena.errors import ConfigError
from arena.moderators.meeting import Meeting
from arena.planning.instances import Instances
from arena.planning.plan import count, header, plan, preview, survey
from arena.transcripts.codec import NAME
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


PAIRS = {
    "agents": {name: {"scripted": "silent"} for name in ("ann", "ben")},
    "scenarios": [{"use": "bargain", "params": {"seats": 2, "issues": 3, "options": 3}, "instances": 2}],
    "design": "cross_play",
    "repeats": 2,
    "seed": 5,
}


def test_a_design_plays_every_team_on_every_block_and_the_plan_names_both() -> None:
    planned = list(plan(settled(PAIRS)))
    assert [match.id for match in planned[:8]] == [
        "00-bargain-0005-ann-0",
        "00-bargain-0005-ann-1",
        "00-bargain-0005-ann+ben-0",
        "00-bargain-0005-ann+ben-1",
        "00-bargain-0005-ben-0",
        "00-bargain-0005-ben-1",
        "00-bargain-0005-ben+ann-0",
        "00-bargain-0005-ben+ann-1",
    ]
    assert [(match.block, match.rotation, match.seating) for match in planned[2:8:4]] == [
        ("00-bargain-0005-r0", 0, ("ann", "ben")),
        ("00-bargain-0005-r1", 1, ("ben", "ann")),
    ]
    assert len(planned) == count(settled(PAIRS)) == 16
    assert len({match.id for match in planned}) == 16
    assert count(settled(PAIRS), 5) == len(list(plan(settled(PAIRS), 5))) == 5
    assert [match.id for match in plan(settled(PAIRS), 5)] == [match.id for match in planned[:5]]


def test_matches_of_a_block_share_the_instance_and_their_headers_name_it() -> None:
    resolved = settled(PAIRS)
    headers = [header(resolved, match) for match in plan(resolved)]
    for one in headers:
        same = [other for other in headers if other.block == one.block]
        assert {(other.key, bytes(other.task)) for other in same} == {(one.key, bytes(one.task))}
    assert [sitter.name for sitter in headers[6].sitters] == ["ben", "ann"]


def test_ids_do_not_change_when_agents_or_instances_are_added() -> None:
    more = PAIRS | {"agents": PAIRS["agents"] | {"carl": {"scripted": "silent"}}}
    assert {match.id for match in plan(settled(PAIRS))} < {match.id for match in plan(settled(more))}


def test_long_names_become_a_digest_so_that_an_id_is_a_name_for_a_file() -> None:
    names = [f"{letter * 60}" for letter in "abcd"]
    scenario = {"use": "bargain", "params": {"seats": 4, "issues": 3, "options": 3}}
    config = {"agents": {n: {"scripted": "silent"} for n in names}, "scenarios": [scenario], "design": "cross_play"}
    ids = [match.id for match in plan(settled(config))]
    assert all(NAME.fullmatch(each) for each in ids)
    assert max(map(len, ids)) <= 130
    assert len(set(ids)) == len(ids)


def test_a_scenario_may_have_seeds_of_its_own() -> None:
    config = CONFIG | {"repeats": 1, "scenarios": [{"use": "bargain", "params": SMALL, "instances": 2, "seed": 90}]}
    assert [match.seed for match in plan(settled(config))] == [90, 91]


def test_a_plan_of_fifty_thousand_matches_is_not_held() -> None:
    """What is dealt for it is one instance, and what is kept of the plan nothing."""
    scenario = {"use": "bargain", "params": {"seats": 2, "issues": 3, "options": 3}, "instances": 6_250}
    resolved = settled(PAIRS | {"scenarios": [scenario]})
    assert count(resolved) == 50_000
    tracemalloc.start()
    try:
        last = deque(plan(resolved), maxlen=1)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert last[0].id == f"00-bargain-{5 + 6_249}-ben+ann-1"
    assert peak < 2**20


def test_a_survey_deals_one_instance_of_each_scenario_and_seats_every_agent() -> None:
    made = survey(settled(PAIRS | {"scenarios": [*PAIRS["scenarios"], {"use": "bargain"}], "repeats": 3}), header)
    assert [(one.seed, [sitter.name for sitter in one.sitters]) for one in made] == [
        (5, ["ann", "ann"]),
        (5, ["ann", "ben"]),
        (5, ["ann", "ann", "ann"]),
        (5, ["ann", "ann", "ben"]),
    ]


def test_an_instance_is_dealt_once_for_the_matches_that_follow_one_another() -> None:
    resolved = settled(PAIRS)
    known = Instances(resolved)
    first, again = (header(resolved, match, known) for match in list(plan(resolved))[:2])
    assert first.task is again.task
    assert structs.replace(first, id="", repeat=0) == structs.replace(again, id="", repeat=0)


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
            survey(resolved, make)
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
    first, last = survey(resolved, preview)
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
    (row,) = survey(capped, preview)
    assert (row.rounds, row.calls) == (4, 4 * 2 * 3)


def test_a_meeting_in_the_header_is_the_one_of_the_configuration() -> None:
    resolved = settled(CONFIG | {"scenarios": [{"use": "bargain", "params": SMALL}]})
    assert header(resolved, next(plan(resolved))).meeting == Meeting()
