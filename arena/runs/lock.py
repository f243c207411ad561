"""The lock of a run's directory: one process plays it at a time. It dies with its process."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from arena.errors import StorageError

NAME = "run.lock"


@contextmanager
def locked(run: Path) -> Iterator[None]:
    """Hold the lock of a run's directory. Raises StorageError where another process does, and says which."""
    path = run / NAME
    fd = _taken(run, path)
    try:
        with suppress(OSError):  # who it is helps, and is not needed
            os.ftruncate(fd, 0)
            os.write(fd, f"process {os.getpid()} on {socket.gethostname()}\n".encode())
        yield
    finally:
        path.unlink(missing_ok=True)  # while it is held, so that nobody's but our own is removed
        os.close(fd)


def held(run: Path) -> bool:
    """Whether a process plays this run just now."""
    try:
        fd = os.open(run / NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(fd)
    return False


def _taken(run: Path, path: Path) -> int:
    """The open lock file, locked, and still the one that is there."""
    while True:
        try:
            fd = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise StorageError(f"{path}: {error.strerror or error}") from None
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = os.pread(fd, 200, 0).decode(errors="replace").strip() or "another process"
            os.close(fd)
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise StorageError(f"{path}: {error.strerror or error}") from None
            raise StorageError(f"{run}: {who} is playing this run; wait for it, or stop it first") from None
        if _same(fd, path):
            return fd
        os.close(fd)  # who held it has removed it since it was opened


def _same(fd: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False
