"""A legal move by lot: what the floor `random` and the scripted agent of that name do."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, assert_never

import msgspec

from arena.core.view import Choice, Field, MoveSpec, Record, Whole


def any_move(specs: Sequence[MoveSpec], types: Any, rng: Random) -> Any:
    """A kind of legal move with equal chances, then its values with equal chances; None where none is legal.

    types: the family's closed union of moves, which the values are made into.
    """
    legal = [spec for spec in specs if spec.legal]
    if not legal:
        return None
    spec = rng.choice(legal)
    return msgspec.convert(
        {"kind": spec.kind, **{field.name: any_value(field, rng) for field in spec.fields}}, type=types
    )


def any_value(field: Field, rng: Random) -> object:
    """A value of a field, all with equal chances."""
    match field:
        case Choice(options=options):
            return rng.choice(options)
        case Whole(low=low, high=high):
            return rng.randint(low, high)
        case Record(fields=fields):
            return tuple(any_value(each, rng) for each in fields)
    assert_never(field)
