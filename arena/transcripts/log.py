"""Writing a transcript.

What was appended is handed to the system by `flush`: before anyone is asked anything, and at once after a reply that
could not be had again for nothing. So the death of the process loses no reply that was paid for, and nothing that
anyone acted on.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from arena.core.events import AnyAddressed
from arena.errors import Removed, StorageError
from arena.transcripts.codec import encode, line_bytes, sealed
from arena.transcripts.header import Header

Clock = Callable[[], int]  # milliseconds since the match began

_datasync = getattr(os, "fdatasync", os.fsync)  # macOS has the latter only


class Log:
    """A transcript open for appending, by this process alone.

    Flushed lines survive the death of the process, and that of the machine once `sync` was called (`transcripts.sync`).
    """

    def __init__(self, path: Path, fd: int, size: int, n: int, digest: str, clock: Clock) -> None:
        self.path, self._fd, self._size, self._n, self._digest, self.clock = path, fd, size, n, digest, clock
        self._dirty, self._syncing = False, Lock()
        self._failed: StorageError | None = None
        self._waiting: list[bytes] = []
        self.device = os.fstat(fd).st_dev

    @classmethod
    def create(cls, path: Path, header: Header, clock: Clock) -> Log:
        """A new transcript, created exclusively. Raises StorageError where the file exists or cannot be made."""
        header = sealed(header)
        first = encode(header) + b"\n"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o644)
        except OSError as error:
            raise _storage(path, error) from error
        log = cls(path, fd, 0, 1, header.digest, clock)
        _lock(path, fd)
        try:
            log._write(first)
        except StorageError:
            path.unlink(missing_ok=True)  # without its header it is nothing, and would stand in the way
            os.close(fd)
            raise
        return log

    @classmethod
    def reopen(cls, path: Path, read: int, size: int, n: int, digest: str, clock: Clock) -> Log:
        """Go on with a transcript of which `read` bytes were read and the first `size` hold `n` good lines.

        What follows them (a torn line) is cut. Raises StorageError where another process writes it, or did since.
        """
        fd = _opened(path)
        try:
            if os.fstat(fd).st_size != read:
                raise StorageError(f"{path}: another process has written to it since it was read; try again")
            os.ftruncate(fd, size)
        except OSError as error:
            os.close(fd)
            raise _storage(path, error) from error
        except StorageError:
            os.close(fd)
            raise
        return cls(path, fd, size, n, digest, clock)

    def append(self, events: Sequence[AnyAddressed]) -> int:
        """Add one line; `flush` writes it. Returns its time offset, in milliseconds."""
        self._n += 1
        at = self.clock()
        line, self._digest = line_bytes(self._n, at, self._digest, events)
        self._waiting.append(line)
        return at

    def flush(self) -> None:
        """Write what was appended. Raises StorageError; the file then ends with the last flush, and stays as it is."""
        if self._waiting:
            lines = b"".join(self._waiting)
            self._waiting.clear()
            self._write(lines)

    def sync(self) -> None:
        """Make what was written survive the death of the machine. Raises StorageError, and so does every later write.

        A system says only once that it could not keep what it was given.
        """
        with self._syncing:
            if not self._dirty or self._fd < 0:
                return
            self._dirty = False
            try:
                _datasync(self._fd)
            except OSError as error:
                self._failed = _storage(self.path, error)
                raise self._failed from error

    def take(self) -> bool:
        """Whether there is something to be synced, for one who syncs many files at once; it counts as done now."""
        with self._syncing:
            dirty, self._dirty = self._dirty and self._fd >= 0, False
            return dirty

    def give_back(self) -> None:
        """What was taken could not be synced: it is to be tried again."""
        self._dirty = True

    def fileno(self) -> int:
        """The descriptor; -1 once it is closed."""
        return self._fd

    def finish(self) -> None:
        """Flush the last lines, for one who syncs and closes it later.

        Raises Removed where the file is gone, StorageError also where an earlier line could not be kept.
        """
        if self._fd >= 0:
            self.flush()
            if self._failed is not None:
                raise self._failed
            if os.fstat(self._fd).st_nlink == 0:
                raise Removed(f"{self.path}: it was removed while it was being written; play the match again")

    def close(self) -> None:
        """Flush, sync and close; closing twice does nothing. Raises StorageError; Removed where the file is gone."""
        if self._fd < 0:
            return
        try:
            self.finish()
            self.sync()
        finally:
            with self._syncing:
                os.close(self._fd)
                self._fd = -1

    def _write(self, lines: bytes) -> None:
        if self._failed is not None:
            raise self._failed
        try:
            written = os.write(self._fd, lines)
            while written < len(lines):  # the disk is nearly full; going on says how it stands
                written += os.write(self._fd, lines[written:])
        except OSError as error:
            with suppress(OSError):  # what stays is a torn line, which reading leaves out
                os.ftruncate(self._fd, self._size)
            self._failed = _storage(self.path, error)  # a later line would not follow from those in the file
            raise self._failed from error
        self._size += written
        self._dirty = True


def discard(path: Path) -> None:
    """Remove a transcript that died in its header. Raises StorageError where a process is writing it just now."""
    fd = _opened(path)
    try:
        if b"\n" not in path.read_bytes():  # now that nobody writes it
            path.unlink()
    except OSError as error:
        raise _storage(path, error) from error
    finally:
        os.close(fd)


def being_written(path: Path) -> bool:
    """Whether a process has this transcript open for writing just now; False where there is none."""
    try:
        os.close(_opened(path))
    except StorageError as error:
        return isinstance(error.__cause__, BlockingIOError)
    return False


def _opened(path: Path) -> int:
    try:
        fd = os.open(path, os.O_WRONLY | os.O_APPEND)
    except OSError as error:
        raise _storage(path, error) from error
    _lock(path, fd)
    return fd


def _lock(path: Path, fd: int) -> None:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(fd)
        if isinstance(error, BlockingIOError):
            raise StorageError(f"{path}: another process is writing this transcript; wait for it") from error
        raise _storage(path, error) from error


def _storage(path: Path, error: OSError) -> StorageError:
    full = "the disk is full; what was written is kept: make room, then `arena resume` it"
    hints = {
        errno.EEXIST: "it is there already and is never overwritten; choose another place",
        errno.ENOSPC: full,
        errno.EDQUOT: full,
        errno.EFBIG: "it may not grow further (a limit on the size of files); what was written is kept",
        errno.EROFS: "the file system is read-only; choose another place with --out",
        errno.EACCES: "no permission; choose another place with --out",
        errno.ENOENT: "there is no such file",
        errno.EMFILE: "too many open files; lower --max-connections, or raise `ulimit -n`",
    }
    return StorageError(f"{path}: {hints.get(error.errno or 0, error.strerror or str(error))}")
