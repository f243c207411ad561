"""Faults: why a reply cannot be understood, as a code to count by and words that tell its author what to do instead.

the reply as a whole   empty, only_reasoning, refused, truncated, oversize, several, unknown_tool
its JSON               no_object, not_json, duplicate_key, not_finite, too_deep
the object             not_object, unknown_key, missing_key, wrong_type, bad_text
moves and claims       unknown_kind, unknown_option, out_of_range
who is addressed       unknown_seat, own_seat, no_seat
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from arena.core.events import Fault

SHOWN = 60  # characters of the model's own text that a fault repeats at most
LISTED = 24  # options that a fault names at most
LARGE = 10**18


class Malformed(Exception):
    """A reply that cannot be understood; it never leaves the reading of one, which returns the fault."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.fault = Fault(code, detail)


def malformed(code: str, place: str, value: object, expected: str, do: str) -> Malformed:
    """The fault of one place in a reply: what was found there, what was expected, what to do."""
    return Malformed(code, f"{place}: found {found(value)}; expected {expected}. {do}")


def found(value: object) -> str:
    """A JSON value in words, with at most SHOWN characters of the model's text; of a list or an object its size."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case int() | float():
            return f"the number {value}" if abs(value) < LARGE else "a number that is out of all bounds"
        case list() | tuple():
            return f"a list of {len(value)}"
        case dict():
            return f"an object with {len(value)} key{'' if len(value) == 1 else 's'}"
    return f"a {type(value).__name__}"


def quoted(text: str) -> str:
    """A text as JSON spells it, cut to SHOWN characters."""
    spelt = json.dumps(text[: SHOWN + 1], ensure_ascii=False).encode("utf-8", "replace").decode()
    return spelt if len(spelt) <= SHOWN + 2 else spelt[: SHOWN - 2] + '..."'


def listed(options: Iterable[str | int]) -> str:
    """Options as JSON spells them, at most LISTED of them."""
    spelt = [json.dumps(option, ensure_ascii=False) for option in dict.fromkeys(options)]
    rest = f" and {len(spelt) - LISTED} more" if len(spelt) > LISTED else ""
    return ", ".join(spelt[:LISTED]) + rest if spelt else "nothing"


def check_keys(value: dict[object, object], place: str, required: Sequence[str], optional: Sequence[str] = ()) -> None:
    """Raises Malformed where an object has a key that it may not have, or lacks one that it must."""
    allowed = (*required, *optional)
    for key in value:
        if key not in allowed:
            shown = quoted(str(key))
            expected = f"expected only {listed(allowed)}"
            raise Malformed("unknown_key", f"{place}: found the key {shown}; {expected}. Leave the other out.")
    for key in required:
        if key not in value:
            raise Malformed(
                "missing_key", f"{place}: found no key {quoted(key)}; expected {listed(required)}. Write it as well."
            )
