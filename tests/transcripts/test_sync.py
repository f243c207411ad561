"""Group commit: many files at once, complete ones closed, what fails told."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from arena.errors import Removed, StorageError
from arena.transcripts import sync as syncing
from arena.transcripts.log import Log
from arena.transcripts.sync import MANY, WAITING, Syncer, sync
from tests.runs.matches import bargain

LINE = ()


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[list[Log]]:
    """More open logs than are synced one by one, each with something to be synced."""
    header = bargain()
    made = [Log.create(tmp_path / f"{k}.jsonl", header, lambda: 0) for k in range(MANY)]
    yield made
    for log in made:
        log.close()


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()) if Path("/proc/self/fd").exists() else [])


def test_many_files_are_synced_by_one_call_and_few_one_by_one(logs: list[Log], monkeypatch: pytest.MonkeyPatch) -> None:
    each: list[int] = []
    together: list[int] = []
    monkeypatch.setattr("arena.transcripts.log._datasync", each.append)
    sync(logs, lambda fd: bool(together.append(fd)) or True)
    assert (each, together) == ([], [logs[0].fileno()])
    sync(logs, lambda fd: bool(together.append(fd)) or True)
    assert len(together) == 1, "nothing was written since"
    for log in logs[:3]:
        log.append(LINE)
        log.flush()
    sync(logs, lambda fd: bool(together.append(fd)) or True)
    assert (each, len(together)) == ([log.fileno() for log in logs[:3]], 1)


def test_where_one_call_will_not_do_each_file_is_synced(logs: list[Log], monkeypatch: pytest.MonkeyPatch) -> None:
    each: list[int] = []
    monkeypatch.setattr("arena.transcripts.log._datasync", each.append)
    sync(logs, lambda fd: False)
    assert each == [log.fileno() for log in logs]


def test_files_of_several_file_systems_are_synced_one_by_one(logs: list[Log], monkeypatch: pytest.MonkeyPatch) -> None:
    each: list[int] = []
    monkeypatch.setattr("arena.transcripts.log._datasync", each.append)
    logs[0].device = -1
    sync(logs, lambda fd: pytest.fail("the other file system would be left out"))
    assert len(each) == len(logs)


def test_the_system_syncs_all_of_them_for_real(logs: list[Log]) -> None:
    sync(logs)
    assert not any(log.take() for log in logs)


def test_a_complete_log_is_synced_and_closed_within_a_period_and_holds_no_file(logs: list[Log]) -> None:
    before = descriptors()
    with Syncer() as syncer:
        for log in logs:
            syncer.add(log)
            log.append(LINE)
            syncer.close(log)
        while any(log.fileno() >= 0 for log in logs):
            time.sleep(0.005)
        assert descriptors() <= before - len(logs) or before == 0
    assert all(log.path.read_bytes().count(b"\n") == 2 for log in logs), "its last line is written"


def test_leaving_closes_what_is_complete_and_leaves_open_what_is_not(logs: list[Log]) -> None:
    with Syncer() as syncer:
        for log in logs:
            syncer.add(log)
        for log in logs[:3]:
            syncer.close(log)
    assert [log.fileno() >= 0 for log in logs] == [False] * 3 + [True] * (len(logs) - 3)


def test_more_complete_logs_than_may_wait_are_closed_at_once(logs: list[Log], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "WAITING", 2)
    monkeypatch.setattr(syncing, "PERIOD", 60.0)
    assert WAITING == 256
    with Syncer() as syncer:
        for log in logs[:5]:
            syncer.close(log)
        assert [log.fileno() >= 0 for log in logs[:5]] == [True, True, False, False, False]


def test_a_removed_file_is_told_when_its_log_is_complete(logs: list[Log]) -> None:
    with Syncer() as syncer:
        syncer.add(logs[0])
        logs[0].path.unlink()
        with pytest.raises(Removed, match="removed while it was being written; play the match again"):
            syncer.close(logs[0])
    assert logs[0].fileno() == -1


def test_what_fails_when_a_complete_log_is_synced_is_told_at_the_end(
    logs: list[Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(fd: int) -> None:
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr("arena.transcripts.log._datasync", broken)
    with pytest.raises(StorageError, match=r"0\.jsonl: Input/output error"), Syncer() as syncer:
        syncer.close(logs[0])
    assert logs[0].fileno() == -1
