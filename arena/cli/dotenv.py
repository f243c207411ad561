"""`.env`: variables that stand in a file of the working directory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = Path(".env")


@contextmanager
def dotenv(path: Path = FILE) -> Iterator[None]:
    """Within it, the variables of the file are set, unless they are set already; one that is set to nothing is set.

    Values are taken as they stand: `$` and backquotes mean nothing. What is wrong with the file is said on stderr, by
    its line and never by its words, and nothing else comes of it.
    """
    before = set(os.environ)
    found = _read(path) if path.is_file() else {}
    os.environ.update({name: value for name, value in found.items() if name not in before})
    try:
        yield
    finally:
        for name in found.keys() - before:
            os.environ.pop(name, None)


def _read(path: Path) -> dict[str, str]:
    from dotenv.parser import parse_stream  # only where there is a file: `--help` is to be fast

    found = dict[str, str]()
    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        print(f"Warning: {path} is passed over: {why}", file=sys.stderr)
        return found
    for binding in bindings:
        before, _, _ = binding.original.string.partition(binding.original.string.strip() or "\0")
        line = binding.original.line + before.count("\n")
        wrong = binding.error or (binding.key is not None and binding.value is None)
        if wrong or "\0" in f"{binding.key}{binding.value}":
            print(f"Warning: {path}, line {line}, is passed over; expected NAME=value", file=sys.stderr)
        elif binding.key is not None and binding.value is not None:
            found[binding.key] = binding.value
    return found
