"""Files that commands write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from arena.errors import StorageError


@contextmanager
def replaced(out: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `out` once it is whole; nothing of it is left otherwise. Raises StorageError."""
    fresh = out.with_name(f".{out.name}.new")
    try:
        with fresh.open("wb") as file:
            yield file
        fresh.replace(out)
    except OSError as error:
        raise StorageError(f"{out}: {error.strerror or error}") from None
    finally:
        with suppress(OSError):  # it is not there any more, or never was
            fresh.unlink()
