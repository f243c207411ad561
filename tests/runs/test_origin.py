"""What a run writes down of where it comes from, and that looking there leaves no trace."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from arena.runs.directory import make, read_state


def test_the_git_state_is_noted_and_the_repository_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `git status` that refreshed the index would take a lock, and a run that is killed then would leave it there."""
    repository = tmp_path / "repository"
    repository.mkdir()
    monkeypatch.chdir(repository)
    note = repository / "note.txt"
    note.write_text("one\n")
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "One")):
        subprocess.run(["git", *words], check=True, capture_output=True)
    os.utime(note, (1, 1))  # what the index has of the file is out of date, and would be refreshed
    index = repository / ".git" / "index"
    before = index.read_bytes()
    state = read_state(make(tmp_path / "runs", "noted", {}))
    assert (len(state["git"]["commit"]), state["git"]["clean"]) == (40, True)
    assert index.read_bytes() == before
    subprocess.run(["git", "status"], check=True, capture_output=True)
    assert index.read_bytes() != before
