"""kill -9 and Ctrl-C of a run by two workers: no recorded reply is lost or asked for again, and caps hold."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from arena.cli.main import main
from arena.runs.directory import read_state
from arena.runs.spent import spent_in
from arena.runs.verify import verify
from tests.e2e.matches import calls, model
from tests.mock_server import serve
from tests.noting import Noted, noting
from tests.runs.killing import CONNECTIONS, MATCHES, configured, essence, process, recorded, unkilled, until_asked

TWO = ("--workers", 2)
STUCK = f"{Path(__file__).parents[1] / 'runs' / 'called.py'}:stuck"


@pytest.fixture(scope="module")
def noted() -> Iterator[Noted]:
    """A mock endpoint that takes its time, and a server before it that notes down what it is asked."""
    with serve(seed=11, latency="0.01-0.04") as upstream, noting(upstream) as found:
        yield found


@pytest.fixture(scope="module")
def whole(noted: Noted, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The same run by one process, when nothing stops it."""
    return essence(unkilled(tmp_path_factory.mktemp("whole") / "run", noted))


def workers_of(started: subprocess.Popen[str]) -> list[int]:
    """The processes that this one has started."""
    found = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text()
    return [int(pid) for pid in found.split()]


def is_there(pid: int) -> bool:
    """Whether a process lives, and is not one that is dead and waits to be asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_that_is_killed_is_replaced_and_nothing_recorded_is_asked_again(
    noted: Noted, whole: dict[str, Any], tmp_path: Path
) -> None:
    config = configured(tmp_path, noted)
    noted.prompts.clear()
    with process(tmp_path, "run", config, "--quiet", "--out", "out", *TWO) as started:
        until_asked(started, noted, 2 * CONNECTIONS)
        workers = workers_of(started)
        assert len(workers) == 2
        os.kill(workers[0], signal.SIGKILL)
        told = started.communicate(timeout=60)[1]
    assert (started.returncode, told) == (0, "")
    (run,) = (tmp_path / "out").iterdir()
    answered = recorded(run)
    assert len(noted.prompts) - len(answered) <= CONNECTIONS, "more was lost than was in flight"
    assert set(answered) == set(noted.prompts), "what was in flight was asked again, and recorded"
    assert len(answered) == len(set(answered))
    assert read_state(run)["status"] == "complete"
    assert all(verify(path).ok for path in (run / "matches").iterdir())
    assert essence(run) == whole


def test_a_coordinator_that_is_killed_takes_its_workers_along_and_two_go_on(
    noted: Noted, whole: dict[str, Any], tmp_path: Path
) -> None:
    config = configured(tmp_path, noted)
    noted.prompts.clear()
    with process(tmp_path, "run", config, "--quiet", "--out", "out", *TWO) as started:
        until_asked(started, noted, 2 * CONNECTIONS)
        orphans = workers_of(started)
        started.send_signal(signal.SIGKILL)
        started.wait()
    assert len(orphans) == 2
    gone_by = time.monotonic() + 10
    while any(is_there(pid) for pid in orphans):
        assert time.monotonic() < gone_by
        time.sleep(0.01)
    (run,) = (tmp_path / "out").iterdir()
    known = set(recorded(run))
    noted.prompts.clear()
    with process(tmp_path, "resume", run, "--quiet", *TWO) as started:
        assert started.wait(60) == 0
    assert not known & set(noted.prompts), "what was recorded was asked again"
    assert sorted(recorded(run)) == sorted([*known, *noted.prompts])
    assert essence(run) == whole
    assert len(essence(run)) == MATCHES


def test_ctrl_c_once_finishes_what_is_in_flight_in_every_worker(
    noted: Noted, whole: dict[str, Any], tmp_path: Path
) -> None:
    config = configured(tmp_path, noted)
    noted.prompts.clear()
    with process(tmp_path, "run", config, "--quiet", "--out", "out", *TWO) as started:
        until_asked(started, noted, 8)
        started.send_signal(signal.SIGINT)
        told = started.communicate(timeout=60)[1]
    (run,) = (tmp_path / "out").iterdir()
    assert started.returncode == 130
    assert "Finishing what is in flight" in told
    assert sorted(noted.prompts) == sorted(recorded(run)), "all that was asked was recorded"
    assert read_state(run)["status"] == "interrupted"
    command = told.rpartition("go on with: ")[2].strip()
    known = set(noted.prompts)
    noted.prompts.clear()
    with process(tmp_path, *shlex.split(command.partition("arena ")[2]), "--quiet", *TWO) as started:
        assert started.wait(60) == 0
    assert not known & set(noted.prompts)
    assert essence(run) == whole


def test_ctrl_c_twice_stops_every_worker_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agents answer once; their second answer does not come within a day."""
    asked = tmp_path / "asked"
    monkeypatch.setenv("ASKED", str(asked))
    config = tmp_path / "c.yaml"
    config.write_text(
        f"agents: {{a: {{call: '{STUCK}'}}}}\ndesign: self_play\nscenarios: [{{use: bargain, instances: 4}}]\n"
    )
    with process(tmp_path, "run", config, "--quiet", "--out", "out", *TWO) as started:
        while not asked.exists() or asked.read_text().count(" 1\n") < 4:
            assert started.poll() is None
            time.sleep(0.01)
        workers = workers_of(started)
        started.send_signal(signal.SIGINT)
        time.sleep(0.3)
        started.send_signal(signal.SIGINT)
        told = started.communicate(timeout=20)[1]
    assert started.returncode == 130
    assert "Traceback" not in told, told
    assert "not played: 4 matches" in told
    assert not any(is_there(pid) for pid in workers)
    (run,) = (tmp_path / "out").iterdir()
    assert read_state(run)["status"] == "interrupted"
    answered = [path.read_bytes().count(b'"kind":"replied"') for path in (run / "matches").iterdir()]
    assert len(answered) == 4
    assert min(answered) >= 1, "what was answered is recorded"


PRICED = {"in": 10, "cached": 1, "out": 50}


def capped(folder: Path, base_url: str, **limits: Any) -> Path:
    """A configuration of eight matches of two models, as many calls at once as there are seats, and caps."""
    config = {
        "agents": {"m": model(base_url, price=PRICED, max_output_tokens=900)},
        "design": "self_play",
        "scenarios": [{"use": "bargain", "params": {"seats": 2, "issues": 3, "rounds": 3}, "instances": 8}],
        "limits": {"connections": 8} | limits,
    }
    path = folder / "capped.yaml"
    path.write_text(yaml.safe_dump(config))
    return path


@pytest.mark.parametrize(("limits", "why"), [({"calls": 15}, "15 of 15 calls"), ({"usd": 0.3}, "$0.3")])
def test_a_cap_holds_over_all_workers_and_the_rest_is_played_with_more(
    limits: dict[str, float], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(seed=3, latency="0.005-0.02") as base_url:
        config = capped(tmp_path, base_url, **limits)
        assert main(["run", str(config), "--quiet", "--out", str(tmp_path / "out"), "--workers", "2"]) == 5
        assert why in capsys.readouterr().err
        (run,) = (tmp_path / "out").iterdir()
        assert read_state(run)["status"] == "stopped by its budget"
        spent = [spent_in(path)[0] for path in (run / "matches").iterdir()]
        assert calls(base_url)["200"] == sum(each.calls for each in spent)
        assert sum(each.usd for each in spent) <= limits.get("usd", 1000)
        assert sum(each.calls for each in spent) <= limits.get("calls", 1000)
        if "calls" in limits:
            assert calls(base_url) == {"200": limits["calls"]}, "and it is used up"
        more = [word for name in limits for word in ("--set", f"limits.{name}=null")]
        assert main(["resume", str(run), "--quiet", "--workers", "2", *more]) == 0
        replies = sum(spent_in(path)[0].calls for path in (run / "matches").iterdir())
        assert calls(base_url) == {"200": replies}, "nothing was asked twice"
