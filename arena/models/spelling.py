"""Finding a text however it is spelt: as it stands, or escaped as JSON, a URL or HTML do it, or one inside another."""

from __future__ import annotations

import re
from bisect import bisect_left

DEEPEST = 4  # escapes inside escapes that are undone
_NAMED = {"quot": '"', "apos": "'", "lt": "<", "gt": ">", "amp": "&"}
_ESCAPE = re.compile(
    r"(?:\\(?:u005c)?)+(?:u(?P<json>[0-9a-f]{4})|x(?P<byte>[0-9a-f]{2})|(?P<blank>[nrtbf]))?"
    r"|%(?:25)*(?P<url>[0-9a-f]{2})"
    r"|&(?:amp;)*(?:#0{0,5}(?P<decimal>\d{2,3});|#x0{0,5}(?P<hex>[0-9a-f]{2});|(?P<named>quot|apos|lt|gt|amp);)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text without its escapes, and without backslashes."""
    for _ in range(DEEPEST):
        found, _marks = _undone(text)
        if found == text:
            break
        text = found
    return text


def hide(pattern: re.Pattern[str], text: str, hidden: str) -> str:
    """The text with `hidden` in place of what the pattern finds in it once its escapes are undone.

    What stands around stays as it is spelt: a string of JSON remains one.
    """
    layers: list[tuple[list[int], list[int]]] = []
    bare = text
    for _ in range(DEEPEST):
        found, marks = _undone(bare)
        if found == bare:
            break
        bare = found
        layers.append(marks)
    said, done = list[str](), 0
    for match in pattern.finditer(bare):
        start, end = match.span()
        for marks in reversed(layers):
            start, end = _before(marks, start), _before(marks, end)
        if end > done:
            said += [text[done : max(start, done)], hidden]
            done = end
    return "".join([*said, text[done:]]) if said else text


def _undone(text: str) -> tuple[str, tuple[list[int], list[int]]]:
    """The text with one layer of escapes undone; and the places there where an escape began or ended, in order, each
    with its place in the text."""
    parts, here, there, done, length = list[str](), [0], [0], 0, 0
    for match in _ESCAPE.finditer(text):
        start, end = match.span()
        character = _character(match)
        parts += [text[done:start], character]
        length += start - done
        here += [length, length + len(character)]
        there += [start, end]
        length, done = length + len(character), end
    return "".join([*parts, text[done:]]), (here, there)


def _character(match: re.Match[str]) -> str:
    code = match["json"] or match["byte"] or match["url"] or match["hex"]
    if code is not None:
        return chr(int(code, 16))
    if match["decimal"] is not None:
        return chr(int(match["decimal"]))
    return _NAMED[match["named"].lower()] if match["named"] else " " if match["blank"] else ""


def _before(marks: tuple[list[int], list[int]], place: int) -> int:
    """Where in the text a place of the undone one is; before an escape that stands there."""
    here, there = marks
    found = bisect_left(here, place)
    if found < len(here) and here[found] == place:
        return there[found]
    return there[found - 1] + place - here[found - 1]
