"""Drawing strings and numbers within a schema's limits."""

import math
from random import Random

from arena.mock.schemas.limits import integer_bounds, number_bounds
from arena.mock.schemas.phrases import text
from arena.mock.schemas.schema import Schema, Unsatisfiable

SPAN = 100
LONGEST = 100_000
EXACT = 2**53


def draw_string(schema: Schema, rng: Random, place: str) -> str:
    """Filler talk of a permitted length; raises Unsatisfiable where no length is, or more than LONGEST is asked for."""
    least, most = schema.min_length, schema.max_length
    if most is not None and least > most:
        raise Unsatisfiable(f"no string fits {place}: minLength {least} is above maxLength {most}")
    if least > LONGEST:
        raise Unsatisfiable(f"no string fits {place}: minLength {least} is above the mock server's limit of {LONGEST}")
    return text(rng, least, most)


def draw_integer(schema: Schema, rng: Random, place: str) -> int:
    """Uniform over the permitted integers; an open low side is 0 where it may be, else SPAN below; high, SPAN above."""
    low, high = integer_bounds(schema)
    if low is None:
        low = 0 if high is None or high >= 0 else high - SPAN
    if high is None:
        high = low + SPAN
    if low > high:
        raise Unsatisfiable(f"no integer fits {place}: the least permitted is {low}, the greatest {high}")
    return rng.randint(low, high)


def draw_number(schema: Schema, rng: Random, place: str) -> int | float:
    """Uniform over the permitted range, to two decimals where the range leaves room for them."""
    low, high = number_bounds(schema)
    if low is None:
        low = 0 if high is None or high > 0 else high - SPAN
    if high is None:
        high = low + SPAN
    if max(abs(low), abs(high)) > EXACT:
        # Past 2**53 doubles are spaced wider than the integers, which are numbers too.
        return draw_integer(schema, rng, place)
    u = rng.random()
    raw = low * (1 - u) + high * u
    for drawn in (round(raw, 2), raw, low, high, math.nextafter(low, high)):
        if schema.permits(drawn):
            return drawn
    raise Unsatisfiable(f"no number fits {place}: nothing lies between {low} and {high} as the limits demand")
