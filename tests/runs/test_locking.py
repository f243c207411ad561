"""One process plays a run at a time; its lock dies with it, and what it left is not written over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arena.cli.main import main
from arena.errors import StorageError
from arena.runs.directory import read_state
from arena.runs.lock import NAME, held, locked
from arena.runs.resuming import resume_match, resume_run
from arena.runs.retrying import retry_run
from tests.runs.matches import rows
from tests.runs.trials import Seen, contents, ran

CHECKOUT = Path(__file__).parents[2]
HOLDS = """
import sys, time
from pathlib import Path
from arena.runs.lock import locked
with locked(Path(sys.argv[1])):
    print("holds it", flush=True)
    time.sleep(600)
"""


@contextmanager
def in_another_process(run: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(run)],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds it\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_process_on_a_run_is_refused_and_told_which_is_the_first(tmp_path: Path) -> None:
    run = ran(tmp_path, limit=2).path
    (second,) = list((run / "matches").iterdir())[:1]
    second.write_bytes(b"".join(rows(second.read_bytes())[:4]))
    before = contents(run), read_state(run)
    with in_another_process(run) as process:
        assert held(run)
        for act in (
            lambda: resume_run(run, Seen()),
            lambda: resume_match(second, Seen()),
            lambda: retry_run(run, ["agreed"], Seen()),
        ):
            with pytest.raises(StorageError, match=f"process {process.pid} on .* is playing this run; wait for it"):
                act()
    assert (contents(run), read_state(run)) == before
    assert not held(run)
    assert resume_run(run, Seen()).tally.ended == 1


def test_a_lock_dies_with_its_process_and_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    with in_another_process(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (tmp_path / NAME).exists(), "killed, it could not clear it away"
    assert not held(tmp_path)
    with locked(tmp_path):
        assert held(tmp_path)
        with pytest.raises(StorageError, match=f"process {os.getpid()} on"), locked(tmp_path):
            raise AssertionError("not reached")
    assert not (tmp_path / NAME).exists()


def test_many_who_want_a_lock_have_it_one_after_another(tmp_path: Path) -> None:
    """Each notes when it has it and when it lets go; a file that another has just removed is no lock."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom arena.errors import StorageError\n"
        "from arena.runs.lock import locked\nrun, done = Path(sys.argv[1]), 0\n"
        "while done < 40:\n"
        "    try:\n"
        "        with locked(run):\n"
        "            (run / 'inside').touch(exist_ok=False)\n"
        "            (run / 'inside').unlink()\n"
        "            done += 1\n"
        "    except StorageError:\n"
        "        time.sleep(0)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-c", script, str(tmp_path)]
    several = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    told = [process.communicate()[1] for process in several]
    assert [process.returncode for process in several] == [0] * 4, told
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_being_played_is_refused_to_a_second_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    called = Path(__file__).with_name("called.py")
    (tmp_path / "c.yaml").write_text(
        f"agents: {{a: {{call: '{called}:stuck'}}}}\ndesign: self_play\nscenarios: [{{use: bargain, instances: 4}}]\n"
    )
    command = [sys.executable, "-m", "arena", "run", "c.yaml", "--quiet", "--out", "out"]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            while len(list(tmp_path.glob("out/*/matches/*.jsonl"))) < 4:
                time.sleep(0.01)
            (run,) = (tmp_path / "out").iterdir()
            assert main(["resume", str(run), "--quiet"]) == 1
            told = capsys.readouterr().err
            assert told == f"Error: {run}: process {process.pid} on {os.uname().nodename} is playing this run; {WAIT}\n"
        finally:
            process.kill()


WAIT = "wait for it, or stop it first"
