"""Reading files that other people wrote: strictly, and with the place of whatever cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from arena.importing.record import Misread

T = TypeVar("T")
LARGEST: Final = 2**28  # bytes of a file: 40 times the largest of these corpora, a few GB of memory
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
_UNNAMED = re.compile(r"[^\w.-]")
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


def text_of(path: Path) -> str:
    """The text of a file. Raises Misread where it cannot be read, is empty, too large, or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Misread(path.name, getattr(error, "strerror", None) or str(error)) from None
    if len(raw) > LARGEST:
        raise Misread(path.name, f"the file is larger than {LARGEST >> 20} MiB; split it")
    if not raw.strip():
        raise Misread(path.name, "the file is empty")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Misread(path.name, f"line {line} is not UTF-8 text; convert the file first") from None


def listed(text: str) -> Sequence[msgspec.Raw | str]:
    """The members of a JSON list, unread. Raises Misread where it is none, or is cut off."""
    try:
        return msgspec.json.decode(text, type=list[msgspec.Raw])
    except UNREADABLE as error:
        members = _one_by_one(text)
        if members is None:
            raise Misread("the file", f"it is no JSON list: {said(error)}") from None
        return members


def _one_by_one(text: str) -> list[str] | None:
    """The members by a reader that takes what another refuses, such as half of a surrogate pair; None where it cannot.

    So one member that will not do does not stand for all of them.
    """
    try:
        found = json.loads(text)
        return [json.dumps(member) for member in found] if isinstance(found, list) else None
    except UNREADABLE:
        return None


def named(stem: str) -> str:
    """What a match may be called that is made of a file of this name: letters, digits, and what a name may hold."""
    return (_UNNAMED.sub("_", stem).lstrip(".-") or "_")[:100]


def shaped(raw: msgspec.Raw | str, kind: type[T], place: str) -> T:
    """A JSON value as what it has to be. Raises Misread with what is missing or wrong, and where."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except UNREADABLE as error:
        raise Misread(place, said(error)) from None


def said(error: BaseException) -> str:
    """What a decoder says, as one line; nesting without end has no words of its own."""
    return "it is nested too deep" if isinstance(error, RecursionError) else " ".join(str(error).split())


def whole(value: Any, place: str, what: str) -> int:
    """A whole number of 0 or more, that may be written as text. Raises Misread."""
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
        return value
    raise Misread(place, f"found {value!r:.40} of {what}, expected a whole number")
