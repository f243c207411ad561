"""Matches from the command line to the file: configurations, what `arena` says of them, what the transcripts hold."""

from __future__ import annotations

import json
import socket
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import Struct

from arena.cli.main import main
from arena.core.events import AnyEvent
from arena.runs.verify import verify
from arena.transcripts.read import Transcript, read
from tests.told import ended

PARAMS: dict[str, Any] = {"seats": 3, "issues": 3, "options": 3, "rounds": 2, "acceptance": "majority"}


class Ended(Struct, frozen=True):
    """What a command left: its exit code, its scorecards, where its run lies, and what it said on stderr."""

    code: int
    cards: list[dict[str, Any]]
    run: Path | None
    err: str

    @property
    def paths(self) -> list[Path]:
        """The transcripts of the run."""
        assert self.run is not None
        return sorted((self.run / "matches").glob("*.jsonl"))

    @property
    def path(self) -> Path:
        """The one transcript of the run."""
        (found,) = self.paths
        return found


def model(base_url: str | None = None, dialect: str | None = None, **settings: Any) -> dict[str, Any]:
    """An agent that is a model; it gives up at the first failure, so that tests need not wait."""
    given = {"base_url": base_url, "dialect": dialect, "max_retries": 0, **settings}
    return {"model": "openai-api/lab/mock"} | {name: value for name, value in given.items() if value is not None}


def configured(
    folder: Path,
    agents: Mapping[str, Any],
    seating: Sequence[str],
    params: Mapping[str, Any] = PARAMS,
    protocol: Mapping[str, Any] | None = None,
    **more: Any,
) -> Path:
    """A configuration file with these agents in these seats."""
    scenario = {"use": "bargain", "params": {**params, "seats": len(seating)}, "protocol": dict(protocol or {})}
    config = {"agents": dict(agents), "seating": list(seating), "scenarios": [scenario], "seed": 5, **more}
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config))
    return path


def arena(capsys: pytest.CaptureFixture[str], *words: object) -> Ended:
    """A command with `--json`, in this process."""
    capsys.readouterr()
    code = main([*(str(word) for word in words), "--json"])
    said = capsys.readouterr()
    found = ended(said.out) if said.out.startswith('{"event"') else json.loads(said.out or "{}")
    run = found.get("run")
    return Ended(code, found.get("matches", []), None if run is None else Path(run), said.err)


def calls(base_url: str) -> dict[str, int]:
    """The calls that a mock server has answered, by status."""
    found: dict[str, int] = stats(base_url)["by_status"]
    return found


def stats(base_url: str) -> dict[str, Any]:
    """All that a mock server has counted."""
    with urllib.request.urlopen(base_url.removesuffix("/v1") + "/stats") as response:
        found: dict[str, Any] = json.load(response)
    return found


def events(transcript: Transcript | Path, kind: type, seat: int | None = None) -> list[AnyEvent]:
    """The events of a kind in a transcript, of one seat where that is given."""
    found = read(transcript) if isinstance(transcript, Path) else transcript
    every = [a.e for line in found.lines for a in line.es if isinstance(a.e, kind)]
    return [event for event in every if seat is None or getattr(event, "seat", None) == seat]


def assert_verified(path: Path) -> None:
    """A match that is over, in which nothing differs and nothing was left unchecked."""
    verdict = verify(path)
    assert (verdict.ok, verdict.why) == (True, "the match is over"), verdict


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port
