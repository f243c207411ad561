"""Writing: one writer, nothing overwritten, whole lines only, and a clear word when a disk will not have it."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from arena.core.events import Addressed, AnyAddressed, Said
from arena.errors import StorageError
from arena.transcripts.log import Log, discard
from arena.transcripts.read import read
from arena.transcripts.sync import Syncer
from tests.runs.matches import bargain, example, played, resumed, rows, timeless

LINE: tuple[AnyAddressed, ...] = (Addressed((0, 1, 2), Said(0, (1, 2), "x" * 100)),)


def created(path: Path) -> Log:
    return Log.create(path, bargain(), lambda: 0)


def reopened(path: Path) -> Log:
    found = read(path)
    return Log.reopen(path, found.size + found.torn, found.size, len(found.lines) + 1, found.digest, lambda: 0)


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file of this process may grow beyond this size: a disk that is full, as a process sees it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_transcript_is_created_exclusively(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text("something of yours")
    with pytest.raises(StorageError, match=f"{path}: it is there already and is never overwritten"):
        created(path)
    assert path.read_text() == "something of yours"


def test_a_second_writer_is_refused_until_the_first_is_done(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    log = created(path)
    for _ in range(2):
        with pytest.raises(StorageError, match="another process is writing this transcript; wait for it"):
            reopened(path)
        log.append(LINE)
        log.flush()
    log.close()
    with closing(reopened(path)) as second:
        second.append(LINE)
    assert len(read(path).lines) == 3


def test_a_second_process_is_refused_too_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(b"".join(rows(example())[:6]) + b"{torn")
    with in_another_process(path), pytest.raises(StorageError, match="another process is writing"):
        resumed(path)
    assert path.read_bytes() == b"".join(rows(example())[:6]) + b"{torn"
    resumed(path)
    assert timeless(path.read_bytes()) == timeless(example())


@contextmanager
def in_another_process(path: Path) -> Iterator[None]:
    """Another process has this transcript open for writing."""
    code = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_WRONLY), fcntl.LOCK_EX); print(); input()"
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.communicate(b"\n")


def test_lines_that_another_wrote_between_reading_and_opening_are_never_cut(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(b"".join(rows(example())[:6]))
    found = read(path)
    resumed(path)
    with pytest.raises(StorageError, match="another process has written to it since it was read; try again"):
        Log.reopen(path, found.size, found.size, 6, found.digest, lambda: 0)
    assert timeless(path.read_bytes()) == timeless(example())
    with closing(Log.reopen(path, path.stat().st_size, path.stat().st_size, 32, "", lambda: 0)):
        pass  # the refused one holds no lock


def test_what_is_flushed_is_in_the_file_and_what_is_closed_is_flushed(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    log = created(path)
    log.append(LINE)
    assert read(path).lines == ()
    log.flush()
    assert len(read(path).lines) == 1
    log.append(LINE)
    log.append(LINE)
    log.close()
    log.close()
    assert [line.n for line in read(path).lines] == [2, 3, 4]


@pytest.mark.parametrize("room", [0, 1, 100])
def test_a_disk_too_full_for_the_header_leaves_no_file(room: int, tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    with files_up_to(room), pytest.raises(StorageError, match="what was written is kept"):
        created(path)
    assert list(tmp_path.iterdir()) == []
    created(path).close()


def test_a_full_disk_leaves_whole_lines_only_and_the_match_goes_on_from_them(tmp_path: Path) -> None:
    whole = example()
    ends = [sum(map(len, rows(whole)[:n])) for n in range(1, len(rows(whole)))]
    for room in (*ends[::5], *[end + 1 for end in ends[::5]], *[end + 60 for end in ends[::5]]):
        path = tmp_path / f"{room}.jsonl"
        path.write_bytes(rows(whole)[0])
        with files_up_to(room), pytest.raises(StorageError, match=f"{path}: it may not grow further"):
            resumed(path)
        assert timeless(path.read_bytes()) in {timeless(whole[:end]) for end in ends if end <= room}
        resumed(path)
        assert timeless(path.read_bytes()) == timeless(whole)


def test_after_a_failed_write_nothing_more_is_written(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    log = created(path)
    log.append(LINE)
    with files_up_to(path.stat().st_size + 10), pytest.raises(StorageError):
        log.flush()
    log.append(LINE)
    with pytest.raises(StorageError, match="what was written is kept"):
        log.close()
    assert read(path).lines == ()
    reopened(path).close()  # the lock is free


def test_a_sync_that_fails_is_told_to_the_writer_at_its_next_line(tmp_path: Path) -> None:
    log = created(tmp_path / "m.jsonl")
    reading, writing = os.pipe()
    kept = os.dup(log._fd)
    os.dup2(writing, log._fd)  # a pipe can be written to and not synced
    with Syncer() as syncer:
        syncer.add(log)
        while log._failed is None:
            log._dirty = True
    log.append(LINE)
    with pytest.raises(StorageError, match=r"m\.jsonl: Invalid argument"):
        log.flush()
    with pytest.raises(StorageError):
        log.close()
    for fd in (reading, writing, kept):
        os.close(fd)


def test_the_syncer_leaves_a_log_clean_that_nobody_closed(tmp_path: Path) -> None:
    log = created(tmp_path / "m.jsonl")
    with Syncer() as syncer:
        syncer.add(log)
        log.append(LINE)
        log.flush()
        while log._dirty:
            pass
    assert len(read(tmp_path / "m.jsonl").lines) == 1
    log.close()


AS_NOBODY = """
import json, os, sys
from pathlib import Path
from arena.errors import ArenaError
from arena.transcripts.log import Log
from arena.transcripts.read import read
from tests.runs.matches import bargain, resumed
header, path, told = bargain(), Path(sys.argv[1]), []
# All that is imported or listed later, while it can still be read: nobody may be kept out of the checkout.
import arena.scenarios.bargain.policies as policies
import arena.scenarios.find as find
families = find._families()
find._families = lambda: families
[policies.find(name) for name in policies.names()]
header.game()
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
for act in (read, resumed, lambda path: Log.create(path.with_name("new.jsonl"), header, lambda: 0)):
    try:
        act(path)
        told.append("no error")
    except ArenaError as error:
        told.append(f"{type(error).__name__}: {error}")
print(json.dumps(told))
"""


@pytest.mark.parametrize(
    ("file", "folder", "told"),
    [
        (
            0o000,
            0o555,
            [
                "TranscriptError: {m}: Permission denied",
                "TranscriptError: {m}: Permission denied",
                "{new}: no permission",
            ],
        ),
        (0o444, 0o555, ["no error", "StorageError: {m}: no permission", "{new}: no permission"]),
    ],
)
def test_what_may_not_be_read_or_written_is_said_so_and_stays(file: int, folder: int, told: list[str]) -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / "m.jsonl"
        path.write_bytes(b"".join(rows(example())[:6]))
        path.chmod(file)
        path.parent.chmod(folder)
        command = [sys.executable, "-c", AS_NOBODY, str(path)]
        ran = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
        path.parent.chmod(0o755)
        assert ran.returncode == 0, ran.stderr
        for found, expected in zip(json.loads(ran.stdout), told, strict=True):
            assert expected.format(m=path, new=path.with_name("new.jsonl")) in found
        assert [each.name for each in path.parent.iterdir()] == ["m.jsonl"]


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"it is there already|Not a directory"):
        created(tmp_path / "file" / "m.jsonl")
    with pytest.raises(StorageError, match="Not a directory"):
        created(tmp_path / "file" / "deeper" / "m.jsonl")


def test_what_died_in_its_header_is_discarded_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(b'{"schema":"arena-tr')
    with in_another_process(path), pytest.raises(StorageError, match="another process is writing"):
        discard(path)
    discard(path)
    assert not path.exists()
    played(bargain(), path)
    before = path.read_bytes()
    discard(path)
    assert path.read_bytes() == before


def test_a_transcript_that_was_removed_while_it_was_written_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    log = created(tmp_path / "m.jsonl")
    (tmp_path / "m.jsonl").unlink()
    with pytest.raises(StorageError, match="removed while it was being written"):
        log.close()
    log.close()
    assert not (tmp_path / "m.jsonl").exists()
