"""Playing on from any line of a file is the same as never having stopped; the same seed gives the same bytes."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from arena.errors import UsageError
from arena.moderators.meeting import Meeting
from arena.runs.pool import grade
from arena.transcripts.read import read
from tests.meetings import MEETINGS, OFFERS
from tests.runs.matches import POLICIES, bargain, played, resumed, resumed_each, rows, timeless

EVERY = {**MEETINGS, **OFFERS}
# Agents that agree, disclose and answer; and such as are malformed, refused, whisper, or say nothing.
TEAMS = {"bargainers": POLICIES, "troublemakers": ("leaker", "garbage", "boulware")}
CALLED = Path(__file__).with_name("called.py")


def cut_everywhere(folder: Path, whole: bytes) -> list[Path]:
    """A file for each line, which holds the transcript up to it."""
    lines = rows(whole)
    files = []
    for kept in range(1, len(lines)):
        path = folder / f"{kept}.jsonl"
        path.write_bytes(b"".join(lines[:kept]))
        files.append(path)
    return files


@pytest.mark.parametrize("team", TEAMS.values(), ids=TEAMS)
@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_a_match_cut_after_any_line_and_played_on_gives_the_same_bytes(
    meeting: Meeting, team: Sequence[str], tmp_path: Path
) -> None:
    whole = played(bargain(meeting, team), tmp_path / "whole.jsonl").path.read_bytes()
    assert len(rows(whole)) >= 10
    files = cut_everywhere(tmp_path, whole)
    for path, raw in zip(files, resumed_each(files), strict=True):
        assert timeless(raw) == timeless(whole), f"cut after line {path.stem}"


@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(meeting: Meeting, tmp_path: Path) -> None:
    one, two = (played(bargain(meeting), tmp_path / f"{i}.jsonl").path.read_bytes() for i in range(2))
    assert timeless(one) == timeless(two)
    other = played(bargain(meeting, seed=4), tmp_path / "other.jsonl").path.read_bytes()
    assert timeless(other) != timeless(one)


def test_a_resumed_match_is_graded_as_the_whole_one(tmp_path: Path) -> None:
    whole = played(bargain(), tmp_path / "whole.jsonl")
    path = tmp_path / "cut.jsonl"
    path.write_bytes(b"".join(rows(whole.path.read_bytes())[:7]))
    again = resumed(path)
    assert grade(again) == grade(whole)
    assert again.lines == whole.lines


def test_time_offsets_go_on_from_the_last_line(tmp_path: Path) -> None:
    whole = played(bargain(), tmp_path / "m.jsonl").path
    lines = rows(whole.read_bytes())[:6]
    lines[-1] = lines[-1].replace(b'"t":', b'"t":900000', 1)
    whole.write_bytes(b"".join(lines))
    resumed(whole)
    offsets = [line.t for line in read(whole).lines]
    assert offsets[4] >= 900_000
    assert offsets[4:] == sorted(offsets[4:])


def test_a_match_that_is_over_is_left_as_it_is(tmp_path: Path) -> None:
    path = played(bargain(), tmp_path / "m.jsonl").path
    before = path.read_bytes()
    with pytest.raises(UsageError, match=f"{path}: this match is over; there is nothing to play on"):
        resumed(path)
    assert path.read_bytes() == before


def test_what_an_agent_of_ones_own_answers_with_loose_types_is_recorded_as_it_is_read(tmp_path: Path) -> None:
    """Lists for tuples, whole numbers for points: what the record says is what the match goes on with."""
    team = ({"call": f"{CALLED}:loose"}, "conceder", "planner")
    whole = played(bargain(None, team), tmp_path / "whole.jsonl").path.read_bytes()
    files = cut_everywhere(tmp_path, whole)
    assert {timeless(raw) for raw in resumed_each(files)} == {timeless(whole)}
