"""A fork shares its parent's lines and environment; what follows is its own."""

import signal
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from arena.cli.live import Quiet
from arena.errors import ArenaError, ConfigError, NotFound, TranscriptError, UsageError
from arena.moderators.meeting import Meeting
from arena.runs.directory import read_state
from arena.runs.forking import headers, play_forks, seats_named
from arena.runs.resuming import resume_run
from arena.runs.verify import verify
from arena.transcripts.header import Fork
from arena.transcripts.read import Transcript, read
from tests.meetings import MEETINGS, OFFERS
from tests.runs.matches import bargain, forked, played, resumed, rows, scripted, timeless
from tests.runs.trials import Seen

EVERY = {**MEETINGS, **OFFERS}


def parent(folder: Path, meeting: Meeting | None = None) -> Transcript:
    return read(played(bargain(meeting), folder / "parent.jsonl").path)


def events(transcript: Transcript) -> list[object]:
    return [line.es for line in transcript.lines]


@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_the_same_agents_play_on_as_the_parent_did_from_every_line(meeting: Meeting, tmp_path: Path) -> None:
    before = parent(tmp_path, meeting)
    for at in range(1, len(before.lines) + 1):
        (made,) = headers(before, at, {}, 1)
        after = forked(before, made, tmp_path / f"{at}.jsonl", at)
        assert events(after) == events(before)
        assert [line.t for line in after.lines[: at - 1]] == [line.t for line in before.lines[: at - 1]]
        assert {line.h for line in after.lines}.isdisjoint(line.h for line in before.lines)


def test_a_fork_says_where_it_comes_from(tmp_path: Path) -> None:
    before = parent(tmp_path)
    made = headers(before, 6, {1: scripted("hardliner")}, 3)
    assert [each.id for each in made] == ["00-bargain-0003-0~6-0", "00-bargain-0003-0~6-1", "00-bargain-0003-0~6-2"]
    assert [each.repeat for each in made] == [0, 1, 2]
    for each in made:
        assert each.fork == Fork("00-bargain-0003-0", 6, before.lines[4].h, before.header.sitters)
        assert [sitter.name for sitter in each.sitters] == ["a0", "hardliner", "a2"]
        assert (each.task, each.key, each.seed) == (before.header.task, before.header.key, before.header.seed)
        assert (each.meeting, each.reference, each.params) == (
            before.header.meeting,
            before.header.reference,
            before.header.params,
        )
    at_the_header = headers(before, 1, {}, 1)[0].fork
    assert at_the_header is not None
    assert at_the_header.digest == before.header.digest


@pytest.mark.parametrize("at", [1, 2, 3, 4, 8, 11])
def test_other_agents_share_the_lines_before_and_play_otherwise(at: int, tmp_path: Path) -> None:
    before = parent(tmp_path)
    others = {0: scripted("hardliner"), 1: scripted("silent"), 2: scripted("random")}
    (made,) = headers(before, at, others, 1)
    after = forked(before, made, tmp_path / "fork.jsonl", at)
    assert events(after)[: at - 1] == events(before)[: at - 1]
    assert events(after)[at - 1 :] != events(before)[at - 1 :]
    assert after.table().closed is not None
    verdict = verify(tmp_path / "fork.jsonl")
    assert (verdict.ok, verdict.why) == (True, "the match is over")


def test_repeats_share_the_environment_and_differ_in_the_agents_dice(tmp_path: Path) -> None:
    before = parent(tmp_path)
    made = headers(before, 3, {seat: scripted("random") for seat in range(3)}, 4)
    after = [forked(before, each, tmp_path / f"{i}.jsonl", 3) for i, each in enumerate(made)]
    assert len({msgspec.json.encode(events(each)) for each in after}) > 1
    assert len({each.game.task for each in after}) == 1


def test_a_fork_can_be_forked_resumed_and_verified_as_any_match(tmp_path: Path) -> None:
    before = parent(tmp_path)
    (made,) = headers(before, 6, {1: scripted("boulware")}, 1)
    first = forked(before, made, tmp_path / "first.jsonl", 6)
    (again,) = headers(first, 8, {}, 1)
    assert again.id == "00-bargain-0003-0~6-0~8-0"
    assert again.fork == Fork(made.id, 8, first.lines[6].h, made.sitters)
    second = forked(first, again, tmp_path / "second.jsonl", 8)
    assert events(second) == events(first)
    whole = (tmp_path / "second.jsonl").read_bytes()
    for kept in range(1, len(rows(whole))):
        path = tmp_path / "second.jsonl"
        path.write_bytes(b"".join(rows(whole)[:kept]))
        if kept < 8:  # who sat there in the shared lines is not known to the fork
            with pytest.raises(TranscriptError, match="this fork died before it had its parent's lines; remove it"):
                resumed(path)
            continue
        resumed(path)
        assert timeless(path.read_bytes()) == timeless(whole)
        assert verify(path).ok


def test_an_unfinished_match_is_forked_at_its_last_line(tmp_path: Path) -> None:
    whole = parent(tmp_path)
    path = tmp_path / "cut.jsonl"
    path.write_bytes(b"".join(rows((tmp_path / "parent.jsonl").read_bytes())[:7]))
    before = read(path)
    (made,) = headers(before, 7, {}, 1)
    assert events(forked(before, made, tmp_path / "fork.jsonl", 7)) == events(whole)


@pytest.mark.parametrize("at", [0, -1, 17, 1000])
def test_a_line_that_is_not_there_is_no_place_to_fork(at: int, tmp_path: Path) -> None:
    before = parent(tmp_path)
    assert len(before.lines) == 15
    with pytest.raises(
        UsageError, match=rf"there is no line {at} to fork at; the transcript has lines 1 \(the header\) to 16"
    ):
        headers(before, at, {}, 1)


def test_the_end_of_a_match_is_no_place_to_fork(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the match is over at line 16; fork at an earlier line than 16"):
        headers(parent(tmp_path), 16, {}, 1)


SEATS = ("Ann", "Ben", "2")


def test_a_seat_is_named_by_its_name_or_its_number() -> None:
    assert {seat: sitter.name for seat, sitter in seats_named(SEATS, ["Ben=planner", "0=selfish"], None).items()} == {
        1: "planner",
        0: "selfish",
    }
    assert set(seats_named(SEATS, ["2=planner"], None)) == {2}
    (model,) = seats_named(SEATS, ["Ann=openai/gpt-5-mini"], None).values()
    assert (model.name, model.kind, model.settings) == (
        "openai/gpt-5-mini",
        "model",
        {"model": "openai/gpt-5-mini"},
    )


@pytest.mark.parametrize(
    ("words", "error", "why"),
    [
        (["Anne=planner"], NotFound, r"no seat named 'Anne'; did you mean 'Ann'\?"),
        (["3=planner"], NotFound, "no seat named '3'"),
        (["-1=planner"], NotFound, "no seat named '-1'"),
        (["²=planner"], NotFound, "no seat named '²'"),
        (["=planner"], NotFound, "no seat named ''"),
        (["Ann"], UsageError, "--seat Ann: expected SEAT=AGENT, such as Ann=planner"),
        (["Ann="], UsageError, "--seat Ann=: expected SEAT=AGENT"),
        (["Ann=planner", "0=selfish"], UsageError, "--seat 0=selfish: seat 'Ann' is given twice; leave one out"),
    ],
)
def test_a_seat_that_cannot_be_taken_is_said_so(words: list[str], error: type[ArenaError], why: str) -> None:
    with pytest.raises(error, match=why):
        seats_named(SEATS, words, None)


def test_agents_of_a_configuration_may_be_named(tmp_path: Path) -> None:
    config = tmp_path / "c.yaml"
    config.write_text("agents: {mine: {scripted: planner}}\nscenarios: [{use: bargain}]\n")
    (taken,) = seats_named(SEATS, ["Ann=mine"], config).values()
    assert (taken.name, taken.kind, taken.settings) == ("mine", "scripted", {"scripted": "planner"})
    config.write_text("agents: {mine: {scripted: plannr}}\nscenarios: [{use: bargain}]\n")
    with pytest.raises(ConfigError, match=r"agents\.mine\.scripted: bargain has no scripted agent 'plannr'"):
        seats_named(SEATS, ["Ann=mine"], config)


@pytest.mark.parametrize(
    ("agent", "why"),
    [
        ("plannr", "no scripted agent of bargain named 'plannr'; did you mean 'planner'?"),
        ("openai/", "names no model"),
        ("opnai/gpt", "no model provider named 'opnai'; did you mean"),
        ("openai-api/lab/qwen3", "has no address; set base_url, or the variable LAB_BASE_URL"),
        ("openai/gpt-5-mini", "OPENAI_API_KEY"),
    ],
)
def test_an_agent_that_cannot_sit_there_is_said_so_before_anything_is_written(
    agent: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LAB_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    parent(tmp_path)
    with pytest.raises(UsageError) as error:
        play_forks(tmp_path / "parent.jsonl", 4, [f"0={agent}"], None, 1, tmp_path / "out", Quiet())
    assert why in str(error.value)
    assert not (tmp_path / "out").exists()


def test_a_run_of_forks_lies_in_a_directory_that_says_what_it_is(tmp_path: Path) -> None:
    before = parent(tmp_path)
    place = tmp_path / "parent.jsonl"
    result = play_forks(place, 4, ["0=random", "1=random", "2=random"], None, 2, tmp_path / "out", Quiet())
    assert [path.stem for path in result.tally.paths] == ["00-bargain-0003-0~4-0", "00-bargain-0003-0~4-1"]
    assert sorted(path.name for path in (result.path / "matches").iterdir()) == [
        "00-bargain-0003-0~4-0.jsonl",
        "00-bargain-0003-0~4-1.jsonl",
    ]
    state = read_state(result.path)
    assert (state["parent"], state["line"], state["status"]) == (str(place), 4, "complete")
    assert state["totals"] == {"planned": 2, "played": 2, "void": 0, "failed": 0}
    assert read(place) == before


def test_a_fork_of_prompts_from_other_templates_says_what_it_could_not_check(tmp_path: Path) -> None:
    """The hashes of the templates are the fork's own; those of the shared lines stand beside its parent's name."""
    before = parent(tmp_path)
    header = structs.replace(before.header, prompts={"system.j2": "0" * 32})
    (made,) = headers(structs.replace(before, header=header), 4, {}, 1)
    assert made.prompts == {}, "no seat is a model's"
    assert made.fork is not None
    assert made.fork.prompts == {"system.j2": "0" * 32}


def test_every_fork_is_there_before_the_first_is_played_on_and_the_directory_resumes(tmp_path: Path) -> None:
    parent(tmp_path)
    stop = Seen(at_begin=lambda seen: signal.raise_signal(signal.SIGINT))
    result = play_forks(tmp_path / "parent.jsonl", 4, ["0=random"], None, 3, tmp_path / "out", stop)
    assert (result.tally.ended, result.left, result.interrupted) == (1, 2, True)
    files = sorted((result.path / "matches").iterdir())
    assert [len(read(file).lines) for file in files][1:] == [3, 3]
    again = resume_run(result.path, Quiet())
    assert (again.tally.ended, again.tally.void, again.left) == (
        3 - len([match for match in stop.played if match.table.closed is not None]),
        0,
        0,
    )
    assert read_state(result.path)["status"] == "complete"
    assert all(verify(file).ok for file in files)
    assert resume_run(result.path, Quiet()).tally.ended == 0


def test_a_callable_of_ones_own_takes_a_seat_by_its_file() -> None:
    (taken,) = seats_named(SEATS, ["0=mine.py:agent"], None).values()
    assert (taken.kind, taken.settings) == ("call", {"call": "mine.py:agent"})
