"""The quickstart as a newcomer runs it: a process of its own, in a terminal and into a pipe."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from arena.results.score import score
from arena.scoring.scorecard import Scorecard
from tests.e2e.matches import assert_verified

CHECKOUT = Path(__file__).parents[2]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def environment() -> dict[str, str]:
    """What a newcomer's shell has: no key, and a terminal of 100 columns."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith(("_API_KEY", "_BASE_URL"))}
    for name in ("NO_COLOR", "FORCE_COLOR", "ARENA_ASSETS", "COLUMNS"):
        kept.pop(name, None)
    return {**kept, "TERM": "xterm-256color", "PYTHONPATH": str(CHECKOUT)}


def command(out: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "arena", "run", "configs/quickstart.yaml", "--out", str(out), *words]


def in_a_terminal(words: list[str], cwd: Path) -> tuple[int, str]:
    """A command's exit code and all that it wrote to its terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        words, cwd=cwd, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    ) as process:
        os.close(theirs)
        said = b""
        with suppress(OSError):  # how a terminal says that nobody is left to write to it
            while piece := os.read(ours, 65536):
                said += piece
        os.close(ours)
    return process.returncode, said.decode()


def the_transcript(out: Path) -> Path:
    (found,) = out.glob("*/matches/*.jsonl")
    return found


def graded(out: Path) -> Scorecard:
    """The scorecard of the one match there, which verifies and is not void."""
    assert_verified(the_transcript(out))
    card = score(the_transcript(out))
    assert card.void is None
    return card


@pytest.mark.parametrize("cwd", ["checkout", "elsewhere"])
def test_in_a_terminal_it_shows_the_talk_in_colour_then_a_scorecard_and_where_the_transcript_lies(
    cwd: str, tmp_path: Path
) -> None:
    code, said = in_a_terminal(command(tmp_path / "runs"), CHECKOUT if cwd == "checkout" else tmp_path)
    assert code == 0, said
    card = graded(tmp_path / "runs")
    plain = COLOUR.sub("", said)
    assert plain != said
    assert all(seat in plain for seat in card.seats)
    assert card.status == "agreed"
    assert "welfare ratio" in plain
    assert the_transcript(tmp_path / "runs").name in plain
    assert "Traceback" not in plain


def test_in_a_pipe_it_says_the_same_without_colours(tmp_path: Path) -> None:
    ran = subprocess.run(
        command(tmp_path), cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    card = graded(tmp_path)
    assert "\x1b" not in ran.stdout
    assert all(seat in ran.stdout for seat in card.seats)
    assert "welfare ratio" in ran.stdout
    assert the_transcript(tmp_path).name in ran.stdout


def test_a_reader_that_hangs_up_is_no_reason_for_a_traceback(tmp_path: Path) -> None:
    ran = subprocess.run(
        f"{' '.join(command(tmp_path))} | head -n 1",
        shell=True,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(ran.stdout.splitlines()) == 1
    assert "Traceback" not in ran.stderr


def test_two_runs_of_it_leave_the_same_bytes_but_for_the_times(tmp_path: Path) -> None:
    lines = []
    for name in ("one", "two"):
        words = command(tmp_path / name, "--quiet")
        subprocess.run(words, cwd=tmp_path, env=environment(), capture_output=True, check=True)
        lines.append(re.sub(rb',"t":\d+', b"", the_transcript(tmp_path / name).read_bytes()))
    assert lines[0] == lines[1]
