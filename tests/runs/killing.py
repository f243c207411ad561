"""A run against a mock endpoint that notes what it is asked, played by processes that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from msgspec import structs

from arena.configs.load import load
from arena.configs.resolve import resolve
from arena.core.events import Replied
from arena.runs.run import run
from arena.transcripts.read import Transcript, read
from tests.noting import Noted
from tests.runs.trials import Seen

CHECKOUT = Path(__file__).parents[2]
MATCHES, CONNECTIONS = 5, 4


def configured(folder: Path, noted: Noted) -> Path:
    """A configuration of instances that differ, so that no two matches ask the same."""
    model = {"model": "openai-api/lab/mock", "base_url": noted.url, "max_retries": 0}
    params = {"seats": 2, "issues": 3, "options": 3, "rounds": 3}
    config = {
        "agents": {"a": model},
        "design": "self_play",
        "scenarios": [{"use": "bargain", "params": params, "instances": MATCHES}],
        "limits": {"connections": CONNECTIONS},
        "seed": 40,
    }
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config))
    return path


@contextmanager
def process(folder: Path, *words: object) -> Iterator[subprocess.Popen[str]]:
    """`arena WORDS` in a folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "arena", *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def until_asked(started: subprocess.Popen[str], noted: Noted, calls: int) -> None:
    """Wait until so many calls have come, or the process has ended by itself."""
    while started.poll() is None and len(noted.prompts) < calls:
        time.sleep(0.0005)


def transcripts(run: Path) -> dict[str, Transcript]:
    """The transcripts of a run that were begun."""
    files = [file for file in sorted((run / "matches").iterdir()) if b"\n" in file.read_bytes()]
    return {file.stem: read(file) for file in files}


def recorded(run: Path) -> list[str]:
    """The prompts whose replies are in the transcripts."""
    found = [a.e for transcript in transcripts(run).values() for line in transcript.lines for a in line.es]
    return [event.prompt or "" for event in found if isinstance(event, Replied)]


def essence(run: Path) -> dict[str, Any]:
    """What was played: headers and lines without time offsets, usage and what follows from them."""

    def told(event: Any) -> Any:
        return structs.replace(event, usage=None) if isinstance(event, Replied) else event

    return {
        name: (transcript.header, [[(a.to, told(a.e)) for a in line.es] for line in transcript.lines])
        for name, transcript in transcripts(run).items()
    }


def unkilled(folder: Path, noted: Noted) -> Path:
    """The same run when nothing stops it."""
    folder.mkdir()
    config = configured(folder, noted)
    noted.prompts.clear()
    result = run(resolve(load(config), folder), folder / "out", Seen())
    assert len(set(noted.prompts)) == len(noted.prompts), "no two calls of a run are the same"
    assert sorted(noted.prompts) == sorted(recorded(result.path))
    return result.path
