"""The file of the index: opened, locked while it is replaced, made anew where it will not do.

Several processes may use it at once. SQLite's own journal is used, and not its write-ahead log, since runs may lie on a
shared disk. Where nothing can be written, the index is made in memory, and forgotten.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from arena.index.tables import TABLES, WRITTEN_BY

T = TypeVar("T")
NAME = "index.sqlite"
WAIT = 20.0  # seconds for another process to finish writing
# The file is sound, and cannot be used from here.
NOT_OURS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


def with_index(folder: Path, use: Callable[[sqlite3.Connection], T]) -> T:
    """What `use` makes of the index of a folder; called again on a new one where it turns out to be damaged."""
    file = folder / NAME
    for _ in range(2):
        seen = _inode(file)
        try:
            with closing(_open(os.fspath(file))) as db:
                return use(db)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in NOT_OURS:  # the low byte is the kind
                break
            if not _removed(file, seen):
                break
    with closing(_open(":memory:")) as db:
        return use(db)


def _open(file: str) -> sqlite3.Connection:
    """The index in a file, empty where there was none, or none of ours. Raises sqlite3.DatabaseError."""
    db = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
    try:
        if _version(db) != WRITTEN_BY:
            with written(db):
                if _version(db) != WRITTEN_BY:  # another process may have been quicker
                    _make(db)
    except BaseException:
        db.close()
        raise
    return db


def _make(db: sqlite3.Connection) -> None:
    for kind, name in db.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall():
        quoted = name.replace('"', '""')
        db.execute(f'DROP {kind} IF EXISTS "{quoted}"')
    for statement in TABLES.split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {WRITTEN_BY}")


def _version(db: sqlite3.Connection) -> int:
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    return found


@contextmanager
def written(db: sqlite3.Connection) -> Iterator[None]:
    """Write all of it or nothing; nobody else writes meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _removed(file: Path, seen: int | None) -> bool:
    """Whether the damaged file is out of the way; another process may have seen to it."""
    try:
        fd = os.open(file.with_name(f"{NAME}.lock"), os.O_CREAT | os.O_RDWR, 0o644)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        if _inode(file) == seen:
            file.unlink(missing_ok=True)
            file.with_name(f"{NAME}-journal").unlink(missing_ok=True)
        file.with_name(f"{NAME}.lock").unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        os.close(fd)
    return True


def _inode(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None
