"""What a schema's limits come to, and which kinds of value they leave possible."""

import math

from arena.mock.schemas.schema import Schema


def integer_bounds(schema: Schema) -> tuple[int | None, int | None]:
    """The least and the greatest integer within the four limits; None where that side is open."""
    lows = [math.ceil(schema.minimum)] if schema.minimum is not None else []
    lows += [math.floor(schema.exclusive_minimum) + 1] if schema.exclusive_minimum is not None else []
    highs = [math.floor(schema.maximum)] if schema.maximum is not None else []
    highs += [math.ceil(schema.exclusive_maximum) - 1] if schema.exclusive_maximum is not None else []
    return max(lows, default=None), min(highs, default=None)


def number_bounds(schema: Schema) -> tuple[int | float | None, int | float | None]:
    """The tighter limit on each side, excluded or not; None where that side is open."""
    lows = [limit for limit in (schema.minimum, schema.exclusive_minimum) if limit is not None]
    highs = [limit for limit in (schema.maximum, schema.exclusive_maximum) if limit is not None]
    return max(lows, default=None), min(highs, default=None)


def impossible_kinds(schema: Schema) -> frozenset[str]:
    """The kinds that `schema`'s own limits rule out altogether."""
    ruled_out = {
        "string": _crossed(schema.min_length, schema.max_length),
        "array": _crossed(schema.min_items, schema.max_items),
        "integer": _crossed(*integer_bounds(schema)),
        "number": _empty(schema),
    }
    return frozenset(kind for kind, impossible in ruled_out.items() if impossible)


def _empty(schema: Schema) -> bool:
    low, high = number_bounds(schema)
    return _crossed(low, high) or (low is not None and low == high and not schema.permits(low))


def _crossed(low: int | float | None, high: int | float | None) -> bool:
    return low is not None and high is not None and low > high
