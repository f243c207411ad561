"""What a key looks like, so that none is taken for the name of a variable, kept in a file or repeated in a message."""

from __future__ import annotations

import re

from arena.hiding import SHAPES

_SHAPED = re.compile("|".join(SHAPES))
_RANDOM = re.compile(r"(?=[A-Za-z]*\d)[A-Za-z0-9]{24,}")  # no words and no underscore in so many characters
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_SECRET_HEADER = re.compile(r"(?:authorization|cookie|key|token|secret|password)$", re.IGNORECASE)


def is_name(text: str) -> bool:
    """Whether this is the name of a variable and does not look like a key."""
    return _NAME.fullmatch(text) is not None and not (_SHAPED.search(text) or _RANDOM.search(text))


def must_be_named(header: str, value: str) -> bool:
    """Whether a header's value is a secret that stands there itself, in place of `$NAME`."""
    if value.startswith("$"):
        return not is_name(value[1:])
    return _SECRET_HEADER.search(header) is not None or _SHAPED.search(value) is not None


def looks_like_a_key(value: object) -> bool:
    """Whether any text in a JSON value holds what has the shape of a key."""
    match value:
        case str():
            return _SHAPED.search(value) is not None
        case dict():
            return any(looks_like_a_key(each) for pair in value.items() for each in pair)
        case list() | tuple():
            return any(looks_like_a_key(each) for each in value)
    return False
