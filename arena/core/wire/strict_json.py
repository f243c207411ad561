"""JSON text, read strictly: no key twice, no NaN or Infinity, no number out of range, no nesting beyond DEEPEST."""

from __future__ import annotations

import json
import math
import re

from arena.core.wire.faults import Malformed, quoted

DEEPEST = 32
DIGITS = 308  # of a whole number, as many as a double can have
# A string, or what is left where it is not closed. Possessive, so that a hostile text costs no more than another.
STRING = r'"(?:[^"\\]++|\\.)*+"?'
_STRINGS = re.compile(STRING, re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")


def read_json(text: str) -> object:
    """The value that `text` spells.

    Raises Malformed: not_json, duplicate_key, not_finite, too_deep. The depth is bounded by counting brackets before
    anything is read, so that the answer does not depend on how deep the caller's own stack is.
    """
    _bound_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_float=_finite, parse_int=_bounded, parse_constant=_no_constant
        )
    except json.JSONDecodeError as e:
        # Not the library's own words, which change from one Python to the next: a fault must come out the same again.
        near = quoted(text[max(e.pos - 10, 0) : e.pos + 20])
        where = f"line {e.lineno}, column {e.colno}, near {near}"
        do = "Write one valid JSON object: keys and texts in double quotes, no comments, every bracket closed."
        raise Malformed("not_json", f"The JSON breaks at {where}. {do}") from None


def _bound_depth(text: str) -> None:
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            raise Malformed(
                "too_deep", f"The JSON nests more than {DEEPEST} levels. Write the object that was asked for."
            )


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise Malformed("duplicate_key", f"An object has the key {quoted(key)} twice. Write each key once.")
        members[key] = value
    return members


def _finite(spelling: str) -> float:
    number = float(spelling)
    if math.isinf(number):
        raise _out_of_range(spelling)
    return number


def _bounded(spelling: str) -> int:
    # Python itself reads whole numbers of any length, up to a limit that the environment sets.
    if len(spelling) > DIGITS:
        raise _out_of_range(spelling)
    return int(spelling)


def _out_of_range(spelling: str) -> Malformed:
    return Malformed("not_finite", f"The number {quoted(spelling)} is out of range. Write the number you mean.")


def _no_constant(spelling: str) -> float:
    raise Malformed("not_finite", f"{spelling} is not a JSON value. Write a number, or null where null is allowed.")
