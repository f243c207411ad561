"""What befalls a match, end to end: every family, scripted and models over HTTP, stopped, resumed, forked, verified."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from arena.cli.main import main
from arena.core.events import (
    AnyEvent,
    Certified,
    Delivered,
    Disclosed,
    Dropped,
    Forgot,
    Joined,
    Marked,
    Replied,
    Said,
    Seated,
    Sent,
    Turned,
    Valued,
)
from arena.core.table import fold
from arena.runs.verify import verify
from arena.transcripts.read import Transcript, read
from tests.e2e.matches import arena, assert_verified, configured, events, model, stats
from tests.runs.matches import resumed_each, rows, timeless

PARAMS: dict[str, dict[str, Any]] = {
    "bargain": {"seats": 3, "issues": 3, "options": 3, "rounds": 5, "acceptance": "majority"},
    "commons": {"seats": 3, "rounds": 5},
    "dilemma": {"rounds": 5},
    "market": {"seats": 4, "rounds": 5},
    "committee": {"seats": 3},
    "workshop": {"seats": 3, "tasks": 6, "longest": 3, "rounds": 8},
}
SEATS = {"bargain": 3, "commons": 3, "dilemma": 2, "market": 4, "committee": 3, "workshop": 3}
KINDS: dict[str, tuple[list[dict[str, Any]], tuple[type, ...]]] = {
    "shock": ([{"kind": "shock", "round": 2}], (Certified,)),
    "dropout": ([{"kind": "dropout", "seat": 1, "round": 2}], (Dropped, Certified)),
    "newcomer": ([{"kind": "newcomer", "seat": 0, "round": 2, "agent": "new"}], (Seated, Joined, Certified)),
    "saboteur": ([{"kind": "saboteur", "seat": 0}], (Turned, Certified)),
    "amnesia": ([{"kind": "amnesia", "seat": 1, "round": 2}], (Forgot, Certified)),
    "noise": ([{"kind": "noise", "rate": 0.7, "delay": 1}], (Sent, Marked)),
}
CASES = [(family, kind) for family in PARAMS for kind in KINDS if (family, kind) != ("bargain", "shock")]
AGENTS = {"a": {"scripted": "planner"}, "new": {"scripted": "random"}}


def written(folder: Path, family: str, perturb: Sequence[dict[str, Any]], agents: dict[str, Any] = AGENTS) -> Path:
    """A configuration of a family in which its first agent takes every seat, so perturbed."""
    seating = [next(iter(agents))] * SEATS[family]
    scenario = {"use": family, "params": PARAMS[family], "protocol": {"memory": "both", "perturb": list(perturb)}}
    return configured(folder, agents, seating, scenarios=[scenario])


def kinds(found: Transcript) -> set[type]:
    return {type(a.e) for line in found.lines for a in line.es}


@pytest.mark.parametrize(("family", "kind"), CASES)
def test_every_family_is_played_verified_scored_and_resumed_from_every_line(
    family: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    perturb, expected = KINDS[kind]
    if family == "committee":  # which may agree in its first round
        perturb = [each | ({"round": 1} if "round" in each else {}) for each in perturb]
    ended = arena(capsys, "run", written(tmp_path, family, perturb), "--out", tmp_path)
    assert (ended.code, len(ended.cards)) == (0, 1), ended.err
    assert_verified(ended.path)
    assert set(expected) <= kinds(read(ended.path))
    whole = ended.path.read_bytes()
    cuts = []
    for cut in range(1, len(rows(whole))):
        path = tmp_path / f"cut-{cut}.jsonl"
        path.write_bytes(b"".join(rows(whole)[:cut]))
        cuts.append(path)
    assert all(timeless(each) == timeless(whole) for each in resumed_each(cuts))


def test_two_runs_of_one_configuration_are_struck_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = [each for kind, (perturb, _) in KINDS.items() for each in perturb if kind != "dropout"]
    config = written(tmp_path, "commons", every)
    one, two = (arena(capsys, "run", config, "--out", tmp_path / name).path for name in ("one", "two"))
    assert timeless(one.read_bytes()) == timeless(two.read_bytes())


def test_models_are_told_what_befalls_them_and_nothing_else(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = {"m": model(mock, "tools"), "new": model(mock, "json_schema")}
    every = [each for kind in ("newcomer", "amnesia", "noise") for each in KINDS[kind][0]]
    every += [{"kind": "saboteur", "seat": 0, "round": 3}, {"kind": "dropout", "seat": 1, "round": 4}]
    ended = arena(capsys, "run", written(tmp_path, "dilemma", every, agents), "--out", tmp_path)
    assert ended.code == 0
    assert_verified(ended.path)
    assert stats(mock)["calls"] > 0
    found = read(ended.path)
    assert {Seated, Joined, Forgot, Turned, Dropped, Certified, Valued} <= kinds(found)
    valued: Any = events(found, Valued)[0]
    assert valued.payoffs[0] == -valued.value


def test_a_match_of_models_that_stopped_goes_on_as_it_was_meant_to(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = {"m": model(mock, "text"), "new": model(mock, "text")}
    every = [each for kind in ("newcomer", "amnesia", "noise") for each in KINDS[kind][0]]
    ended = arena(capsys, "run", written(tmp_path, "dilemma", every, agents), "--out", tmp_path)
    whole = ended.path.read_bytes()
    for part in (3, 2):  # of the match, before and after the second round began
        ended.path.write_bytes(b"".join(rows(whole)[: len(rows(whole)) // part]))
        assert arena(capsys, "resume", ended.run).code == 0
        assert_verified(ended.path)


@pytest.mark.parametrize("family", PARAMS)
def test_one_model_plays_every_seat_with_every_fact(
    family: str, mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = {"use": family, "params": PARAMS[family], "protocol": {"control": "merged"}}
    config = configured(tmp_path, {"m": model(mock, "tools")}, ["m"] * SEATS[family], scenarios=[scenario])
    ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 0, ended.err
    assert_verified(ended.path)
    asked: list[Any] = events(ended.path, Replied)
    assert {e.seat for e in asked} == set(range(SEATS[family]))


def test_several_agents_are_no_one_agent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = {"use": "commons", "params": PARAMS["commons"], "protocol": {"control": "merged"}}
    ended = arena(capsys, "check", configured(tmp_path, AGENTS, ["a", "new", "a"], scenarios=[scenario]))
    assert ended.code == 2
    assert "seating: several agents (a, new) with control: merged; one agent has every seat" in ended.err


@pytest.mark.parametrize("family", PARAMS)
def test_in_a_mute_meeting_nobody_says_or_claims_anything(
    family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = {"use": family, "params": PARAMS[family], "protocol": {"control": "mute"}}
    config = configured(tmp_path, AGENTS, ["a"] * SEATS[family], scenarios=[scenario])
    ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 0, ended.err
    assert_verified(ended.path)
    assert not events(ended.path, Said)
    assert not [e for e in events(ended.path, Disclosed) if isinstance(e, Disclosed) and e.by is not None]


def test_a_fork_seats_somebody_else_for_the_newcomer_that_sits_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = arena(capsys, "run", written(tmp_path, "commons", KINDS["newcomer"][0]), "--out", tmp_path)
    parent = read(ended.path)
    (struck,) = [line.n for line in parent.lines if any(isinstance(a.e, Seated) for a in line.es)]
    for at, sits in ((struck - 1, ("greedy", "random")), (struck, ("planner", "greedy"))):
        words = ["fork", ended.path, "--at", at, "--seat", "0=greedy", "--out", tmp_path / f"fork-{at}"]
        assert main([str(word) for word in words]) == 0
        capsys.readouterr()
        (path,) = (tmp_path / f"fork-{at}").glob("*/matches/*.jsonl")
        assert verify(path).ok
        header = read(path).header
        assert (header.sitters[0].settings["scripted"], header.newcomers[0].settings["scripted"]) == sits


def test_a_newcomer_that_is_a_model_is_counted_at_its_own_price(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = {"a": {"scripted": "planner"}, "new": model(mock, "tools", price={"in": 1000.0, "out": 1000.0})}
    config = written(tmp_path, "commons", KINDS["newcomer"][0], agents)
    ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 0
    assert_verified(ended.path)
    (card,) = ended.cards
    assert card["cost"]["usd"][0] > 0
    replies: list[AnyEvent] = events(ended.path, Replied, 0)
    assert [getattr(e, "usage", None) is not None for e in replies] == sorted(
        [getattr(e, "usage", None) is not None for e in replies]
    )


def test_the_events_of_a_seat_are_those_that_its_agent_was_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = arena(capsys, "run", written(tmp_path, "commons", KINDS["noise"][0]), "--out", tmp_path)
    found = read(ended.path)
    table = fold(found.game, [line.es for line in found.lines])
    for seat, name in enumerate(found.game.names):
        assert main(["replay", str(ended.path), "--as", name, "--json"]) == 0
        shown = [json.loads(row)["kind"] for row in capsys.readouterr().out.splitlines()]
        assert shown == [type(event).__struct_config__.tag for event in table.seen(seat)]
        assert not {"sent", "delivered", "marked"} & set(shown)
    assert {Sent, Delivered, Disclosed} <= kinds(found)
