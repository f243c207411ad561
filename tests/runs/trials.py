"""A small run on disk, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from arena.cli.live import Quiet
from arena.runs.plan import plan
from arena.runs.run import Result, run
from tests.runs.matches import settled, timeless

SMALL = {"seats": 3, "issues": 3, "options": 3, "rounds": 2}
CONFIG: dict[str, Any] = {
    "name": "trial",
    "agents": {"a": {"scripted": "conceder"}, "b": {"scripted": "planner"}, "c": {"scripted": "boulware"}},
    "scenarios": [
        {"use": "bargain", "params": SMALL, "instances": 2},
        {"use": "bargain", "params": {"game": "veto"}, "protocol": {"turns": "random"}},
    ],
    "repeats": 2,
    "seed": 3,
}


def ran(folder: Path, config: dict[str, Any] = CONFIG, limit: int | None = None) -> Result:
    resolved = settled(config, folder)
    return run(resolved, list(plan(resolved, limit)), folder / "out", Quiet())


def contents(run: Path) -> dict[str, bytes]:
    return {path.name: timeless(path.read_bytes()) for path in (run / "matches").iterdir()}
