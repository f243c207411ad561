"""JSON values as Python holds them: a type, strict reading, one canonical spelling, and JSON's own equality."""

import json
import math
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def read_json(text: str | bytes) -> Json:
    """The value that `text` spells.

    Stricter than `json.loads`: NaN, Infinity and numbers beyond a double's range are refused, since no JSON may hold
    them. Raises ValueError for anything that is not JSON, and for nesting too deep to read.
    """
    try:
        value: Json = json.loads(text, parse_float=_finite, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply to read") from None
    return value


def canonical(value: Json) -> str:
    """The one spelling of `value`: keys sorted, no spaces, characters unescaped; equal values spell alike."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def same(a: Json, b: Json) -> bool:
    """JSON Schema's equality: 1 equals 1.0, but true is not 1, at any depth."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return a == b


def _finite(spelling: str) -> float:
    number = float(spelling)
    if math.isinf(number):
        raise ValueError(f"the number {spelling[:40]} is out of range")
    return number


def _no_constant(spelling: str) -> float:
    raise ValueError(f"{spelling} is not JSON")
