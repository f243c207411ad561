"""A run's directory: what was run, when, by what, and how it stands.

    transcripts/2026-11-22T0750_duel_ab12/
      run.json            what, when, versions, git state, status, totals
      config.yaml         resolved: nothing later depends on another file
      plan.jsonl          every match: id, scenario, seed, repeat
      matches/<id>.jsonl  one transcript each
      scores/             one file a scorer

A directory is made anew for each run and never written over.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
import yaml

from arena.configs.resolve import Resolved
from arena.errors import StorageError, UsageError
from arena.models.budget import Ended
from arena.models.spending import NOTHING
from arena.runs.plan import Planned
from arena.runs.spent import spent_in
from arena.transcripts.read import read


def create(out: Path, resolved: Resolved, planned: Iterable[Planned]) -> Path:
    """A new directory for a run under `out`, with its configuration and plan. Raises StorageError."""
    path = make(out, resolved.config.name, {})
    try:
        (path / "config.yaml").write_text(yaml.safe_dump(plain(resolved), sort_keys=False, allow_unicode=True))
        with (path / "plan.jsonl").open("wb") as file:
            for match in planned:
                file.write(msgspec.json.encode(match) + b"\n")
    except OSError as error:
        raise _storage(path, error) from None
    return path


def make(out: Path, name: str, more: dict[str, Any]) -> Path:
    """A new directory with its run.json. Raises UsageError, StorageError."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M")
    path = out / f"{stamp}_{name}_{secrets.token_hex(2)}"
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: it is a file, not a directory; choose another place with --out")
    try:
        (path / "matches").mkdir(parents=True, exist_ok=False)
    except OSError as error:
        raise _storage(path, error) from None
    write_state(path, {"name": name, "started": now(), "status": "running", **more, **_origin()})
    return path


def _storage(path: Path, error: OSError) -> StorageError:
    return StorageError(f"{path}: {error.strerror or error}; choose another place with --out")


def match_path(path: Path, match: str) -> Path:
    """Where the transcript of a match lies."""
    return path / "matches" / f"{match}.jsonl"


def plain(resolved: Resolved) -> dict[str, Any]:
    """The configuration as plain values, games and scripts read in."""
    config = resolved.config.model_dump(exclude_none=True, exclude_defaults=False)
    for entry, scenario in zip(resolved.entries, config["scenarios"], strict=True):
        scenario |= {"use": entry.use, "params": entry.plain}
    for name, replies in resolved.scripts.items():
        config["agents"][name]["script"] = replies
    return config


def write_state(path: Path, state: dict[str, Any]) -> None:
    """Replace run.json, whole or not at all. Raises StorageError."""
    fresh = path / "run.json.new"
    try:
        fresh.write_text(json.dumps(state, indent=2, ensure_ascii=False) + "\n")
        fresh.replace(path / "run.json")
    except OSError as error:
        raise StorageError(f"{path / 'run.json'}: {error.strerror or error}") from None


def read_state(path: Path) -> dict[str, Any]:
    """What run.json says; empty where it cannot be read."""
    try:
        found = json.loads((path / "run.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def finish(path: Path, interrupted: bool, ended: Ended | None = None) -> None:
    """Write down how a run stands, by its transcripts. Raises StorageError, TranscriptError."""
    state = read_state(path)
    files = sorted((path / "matches").glob("*.jsonl"))
    over = sum([read(file).table().closed is not None for file in files])
    try:
        planned = len((path / "plan.jsonl").read_bytes().splitlines())
    except OSError:  # a fork has no plan
        planned = max(state.get("planned", 0), len(files))
    void = len(files) - over
    cut = interrupted or len(files) < planned
    status = "stopped by its budget" if ended is not None else "interrupted" if cut else "complete with void matches"
    spent = NOTHING
    for file in files:
        spent = spent.plus(spent_in(file)[0])
    usd = None if spent.unpaid else spent.usd
    totals: dict[str, Any] = {"planned": planned, "played": len(files), "void": void}
    totals |= {"calls": spent.calls, "tokens": spent.tokens, "usd": usd} if spent.calls else {}
    more = {"status": "complete" if over == planned else status, "ended": now(), "totals": totals}
    write_state(path, state | more)


def now() -> str:
    """The time, to the second, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _origin() -> dict[str, Any]:
    # Looking takes no lock: one that is left by a run that was killed would stand in the way of whoever commits here.
    git = ("git", "--no-optional-locks", "-C", os.fspath(Path.cwd()))
    try:
        commit = subprocess.run((*git, "rev-parse", "HEAD"), capture_output=True, text=True, timeout=5, check=False)
        status = subprocess.run((*git, "status", "--porcelain"), capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return {"versions": {"arena": version("coordination-arena")}}
    git_state = (
        {"commit": commit.stdout.strip(), "clean": not status.stdout.strip()} if commit.returncode == 0 else None
    )
    return {"versions": {"arena": version("coordination-arena")}, "git": git_state}
