"""The cache of replies: what a model said to the very same request, at the same place of the same match.

It is opt-in, and a file of its own: SQLite, shared by processes. An entry is known by a digest of everything that was
asked and where; neither a request nor a key is stored, only the reply, with the name of the model and its address, for
listing. A file that cannot be used is told once, and the run goes on without it.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any

import msgspec
from msgspec import Struct

from arena.core.usage import Usage
from arena.errors import StorageError
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard

VARIABLE = "ARENA_CACHE"
FILE = "cache.sqlite"
FORMAT = "arena-cache/1"
PATIENCE = 5.0  # seconds that another process may hold the file
UNUSABLE = (sqlite3.Error, OSError, ValueError)  # ValueError: no file has such a name
_LOG = logging.getLogger(__name__)
_TABLE = """CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY, model TEXT NOT NULL, place TEXT NOT NULL, made REAL NOT NULL, reply BLOB NOT NULL
) WITHOUT ROWID"""


class Kept(Struct, frozen=True):
    """A reply as it is kept: what was heard, and the usage of its first time."""

    heard: Heard
    usage: Usage


class Entries(Struct, frozen=True):
    """The entries of one model: how many, their bytes, and when the oldest and the newest was made (Unix time)."""

    model: str
    place: str
    replies: int
    bytes: int
    oldest: float
    newest: float


def cache_file(runs: Path) -> Path:
    """Where the cache of the runs in a directory lies: there, or where ARENA_CACHE says."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else runs / FILE


def cache_key(endpoint: Endpoint, request: Mapping[str, Any], place: Sequence[str | int]) -> str:
    """The digest of a request as it is sent, of where it goes, and of its place in the match."""
    asked = [FORMAT, endpoint.base_url, request, list(place)]
    return sha256(msgspec.json.encode(asked, order="sorted")).hexdigest()


class Cache:
    """The replies in a file, which is made when the first is kept.

    Reading and writing never raise: what cannot be had is a miss, and said once in the log. One that cannot be written
    is read all the same.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base: sqlite3.Connection | None = None
        self._broken = self._fixed = False

    def get(self, key: str) -> Kept | None:
        """What is kept for this key."""
        if self._broken:
            return None
        try:
            if self._base is None and not self.path.exists():
                return None
            row = self._open().execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
            return None if row is None else msgspec.json.decode(row[0], type=Kept)
        except (*UNUSABLE, msgspec.MsgspecError, TypeError) as error:
            self._broken = True
            self._tell(error, "cannot be used", "going on without it")
            return None

    def put(self, key: str, endpoint: Endpoint, kept: Kept) -> None:
        """Keep a reply; one that another process kept meanwhile stays."""
        if self._broken or self._fixed:
            return
        row = (key, endpoint.model, endpoint.place, time(), msgspec.json.encode(kept))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as base:
                base.execute("INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?, ?)", row)
        except UNUSABLE as error:
            self._fixed = True
            self._tell(error, "cannot be written", "no more replies are kept there")

    def close(self) -> None:
        """Close the file; using the cache again opens it."""
        base, self._base = self._base, None
        if base is not None:
            base.close()

    def _open(self) -> sqlite3.Connection:
        if self._base is None:
            self._base = _connected(self.path)
        return self._base

    def _tell(self, error: Exception, what: str, then: str) -> None:
        self.close()
        _LOG.warning("the cache %s %s (%s): %s; %s", self.path, what, error, then, _advice(error))


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=PATIENCE)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute(_TABLE)
    except sqlite3.Error as error:
        base.close()
        if not _is_read_only(error):
            raise
        # Beside such a file none can be made, as a second reader would need; so it is taken as it stands.
        return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    return base


def _is_read_only(error: Exception) -> bool:
    code: int = getattr(error, "sqlite_errorcode", 0)  # which errors of the module itself lack
    return code & 0xFF == sqlite3.SQLITE_READONLY


def _advice(error: Exception) -> str:
    if _is_read_only(error):
        return "make it writable, or name another in ARENA_CACHE"
    busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
    return "another process holds it" if busy else "remove the file if it is broken, or name another in ARENA_CACHE"


def entries(path: Path) -> list[Entries]:
    """What a cache holds, by model and address; nothing where there is no file. Raises StorageError."""
    sql = """SELECT model, place, count(*), sum(length(reply)), min(made), max(made) FROM replies
             GROUP BY model, place ORDER BY model, place"""
    return [Entries(*row) for row in _asked(path, sql, {})]


def clear(path: Path, model: str | None = None, before: float | None = None, dry: bool = False) -> int:
    """Remove entries: of a model, made before a moment (Unix time), or all; `dry` only counts them.

    Returns how many. Raises StorageError.
    """
    chosen = "(:model IS NULL OR model = :model) AND (:before IS NULL OR made < :before)"
    values = {"model": model, "before": before}
    found = int(next(iter(_asked(path, f"SELECT count(*) FROM replies WHERE {chosen}", values)), (0,))[0])
    if found and not dry:
        _asked(path, f"DELETE FROM replies WHERE {chosen}", values)
        _asked(path, "VACUUM", {})
    return found


def _asked(path: Path, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    try:
        if not path.exists():
            return []
        with closing(_connected(path)) as base:
            rows = base.execute(sql, values).fetchall()
            base.commit()
            return rows
    except UNUSABLE as error:
        what = "changed" if _is_read_only(error) else "read as a cache"
        raise StorageError(f"{path}: it cannot be {what}: {error}; {_advice(error)}") from None
