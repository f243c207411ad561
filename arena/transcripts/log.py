"""Writing a transcript. A line is on its way to the disk, past this process, before anyone acts on it."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from arena.core.events import AnyAddressed
from arena.errors import StorageError
from arena.transcripts.codec import encode, line_bytes, sealed
from arena.transcripts.header import Header

Clock = Callable[[], int]  # milliseconds since the match began


class Log:
    """A transcript open for appending, by this process alone.

    Survives the death of the process at every line, and of the machine where `sync` is called (see `transcripts.sync`).
    """

    def __init__(self, path: Path, fd: int, size: int, n: int, digest: str, clock: Clock) -> None:
        self.path, self._fd, self._size, self._n, self._digest, self.clock = path, fd, size, n, digest, clock
        self.dirty = False

    @classmethod
    def create(cls, path: Path, header: Header, clock: Clock) -> Log:
        """A new transcript, created exclusively. Raises StorageError where the file exists or cannot be made."""
        header = sealed(header)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o644)
        except OSError as error:
            raise _storage(path, error) from error
        log = cls(path, fd, 0, 1, header.digest, clock)
        log._lock()
        log._write(encode(header) + b"\n")
        return log

    @classmethod
    def reopen(cls, path: Path, size: int, n: int, digest: str, clock: Clock) -> Log:
        """Go on with a transcript whose first `size` bytes hold `n` good lines;

        what follows them (a torn line) is cut.
        """
        try:
            fd = os.open(path, os.O_WRONLY | os.O_APPEND)
        except OSError as error:
            raise _storage(path, error) from error
        log = cls(path, fd, size, n, digest, clock)
        log._lock()
        os.ftruncate(fd, size)
        return log

    def append(self, events: Sequence[AnyAddressed]) -> None:
        """Write one line. Raises StorageError; the file then ends with the last whole line."""
        line, digest = line_bytes(self._n + 1, self.clock(), self._digest, events)
        self._write(line)
        self._n += 1
        self._digest = digest

    def sync(self) -> None:
        """Make what was written survive the death of the machine."""
        if self.dirty:
            self.dirty = False
            os.fdatasync(self._fd)

    def close(self) -> None:
        """Sync and close; closing twice does nothing."""
        if self._fd >= 0:
            self.sync()
            os.close(self._fd)
            self._fd = -1

    def _lock(self) -> None:
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._fd)
            raise StorageError(f"{self.path}: another process is writing this transcript; wait for it") from None

    def _write(self, line: bytes) -> None:
        try:
            written = os.write(self._fd, line)
            if written != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            os.ftruncate(self._fd, self._size)
            raise _storage(self.path, error) from error
        self._size += written
        self.dirty = True


def _storage(path: Path, error: OSError) -> StorageError:
    hints = {
        errno.EEXIST: "it is there already and is never overwritten; choose another place",
        errno.ENOSPC: "the disk is full; what was written is kept: make room, then `arena resume` it",
        errno.EROFS: "the file system is read-only; choose another place with --out",
        errno.EACCES: "no permission; choose another place with --out",
        errno.ENOENT: "there is no such file",
    }
    return StorageError(f"{path}: {hints.get(error.errno or 0, error.strerror or str(error))}")
