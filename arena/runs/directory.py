"""A run's directory: what was run, when, by what, and how it stands.

    transcripts/2026-11-22T0750_duel_ab12/
      run.json            what, when, versions, git state, status, totals
      config.yaml         resolved: nothing later depends on another file
      plan.jsonl          every match: id, block, scenario, seed, rotation, seating, repeat
      matches/<id>.jsonl  one transcript each
      scores/             one file a scorer
      retried/            transcripts of matches that were played again
      surplus/            of those that were under way when all they could tell was decided
      run.lock            while a process plays it: which

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
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from arena.errors import StorageError, UsageError
from arena.models.spending import NOTHING
from arena.runs.spent import spent_in
from arena.transcripts.ending import ending

if TYPE_CHECKING:
    from arena.configs.resolve import Resolved
    from arena.planning.plan import Planned
    from arena.runs.pool import Outcome


def create(out: Path, resolved: Resolved, planned: Iterable[Planned]) -> Path:
    """A new directory for a run under `out`, with its configuration and plan. Raises StorageError."""
    config = plain(resolved)
    path = make(out, resolved.config.name, {"configuration": config})
    matches = 0
    try:
        (path / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True))
        # Whole or not at all: a part of a plan would be taken for the plan.
        with (path / "plan.jsonl.new").open("wb") as file:
            for match in planned:
                file.write(msgspec.json.encode(match) + b"\n")
                matches += 1
        (path / "plan.jsonl.new").replace(path / "plan.jsonl")
    except OSError as error:
        raise _storage(path, error) from None
    write_state(path, read_state(path) | {"planned": matches})
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
        fresh.write_text(json.dumps(state, indent=2, ensure_ascii=False, default=str) + "\n")
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


def again(path: Path, how: str) -> None:
    """Write down that a run goes on: `how` is `resumed` or `retried`. Raises StorageError."""
    state = read_state(path)
    write_state(path, state | {"status": "running", how: [*state.get(how, []), now()]})


def finish(path: Path, outcome: Outcome, saved: int | None = None) -> None:
    """Write down how a run stands, by its transcripts; `saved`: the matches of its plan that were not needed,
    by default as many as before.

    Raises StorageError, TranscriptError.
    """
    state = read_state(path)
    saved = state.get("totals", {}).get("saved", 0) if saved is None else saved
    files, over = 0, 0
    for file in (path / "matches").glob("*.jsonl"):
        files, over = files + 1, over + ending(file).over
    planned, failed = max(state.get("planned", 0), files), outcome.tally.failed
    status = "complete with void matches" if not failed else "complete with matches that failed"
    if over == planned - saved:
        status = "complete"
    elif outcome.ended is not None:
        status = "stopped by its budget"
    elif outcome.interrupted or outcome.error is not None or files + failed < planned - saved:
        status = "interrupted"
    totals: dict[str, Any] = {"planned": planned, "played": files, "void": files - over, "failed": failed}
    totals |= {"saved": saved} if saved else {}
    more = {"status": status, "ended": now(), "totals": totals | _cost(path, state)}
    if failed:
        more["failures"] = {each.match: each.why for each in outcome.tally.failures}
    write_state(path, {key: value for key, value in state.items() if key != "failures"} | more)


def _cost(path: Path, state: dict[str, Any]) -> dict[str, Any]:
    """What the calls of a run's models have come to, as far as it had any."""
    agents = state.get("configuration", {}).get("agents")
    if agents is not None and not any("model" in agent for agent in agents.values()):
        return {}
    spent = NOTHING
    for file in (path / "matches").glob("*.jsonl"):
        spent = spent.plus(spent_in(file)[0])
    usd = None if spent.unpaid else spent.usd
    return {"calls": spent.calls, "tokens": spent.tokens, "usd": usd} if spent.calls else {}


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
