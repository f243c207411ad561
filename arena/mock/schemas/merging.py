"""Two schemas laid over the same value, as one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from arena.mock.json_value import Json, same
from arena.mock.schemas.limits import impossible_kinds
from arena.mock.schemas.schema import Schema, kind_of

N = TypeVar("N", int, int | float)


def merge(a: Schema, b: Schema) -> Schema:
    """The schema that accepts what both `a` and `b` accept.

    Reads their own demands only: references, allOf, anyOf and oneOf are the caller's to resolve first. A member that
    both speak of is merged where it is as plain, else left as an allOf of the two. Where their limits contradict each
    other, no kind is left.
    """
    merged = Schema(
        kinds=a.kinds & b.kinds,
        choices=_common(a.choices, b.choices),
        properties=_properties(a, b),
        required=a.required | b.required,
        additional=_both(a.additional, b.additional),
        items=_both(a.items, b.items),
        min_items=max(a.min_items, b.min_items),
        max_items=_tighter(min, a.max_items, b.max_items),
        min_length=max(a.min_length, b.min_length),
        max_length=_tighter(min, a.max_length, b.max_length),
        minimum=_tighter(max, a.minimum, b.minimum),
        maximum=_tighter(min, a.maximum, b.maximum),
        exclusive_minimum=_tighter(max, a.exclusive_minimum, b.exclusive_minimum),
        exclusive_maximum=_tighter(min, a.exclusive_maximum, b.exclusive_maximum),
    )
    return _possible(merged)


def _possible(schema: Schema) -> Schema:
    """The same demands, without the kinds and the choices that they rule out between them."""
    kinds = schema.kinds - impossible_kinds(schema)
    if schema.choices is None:
        return replace(schema, kinds=kinds)
    choices = tuple(c for c in schema.choices if kind_of(c) in kinds)
    return replace(schema, kinds=kinds & {kind_of(c) for c in choices}, choices=choices)


def _both(a: Schema | None, b: Schema | None) -> Schema | None:
    if a is None or b is None:
        return a or b
    if _plain(a) and _plain(b):
        return merge(a, b)
    return Schema(all_of=(a, b))


def _plain(schema: Schema) -> bool:
    return schema.ref is None and not any(schema.in_place())


def _properties(a: Schema, b: Schema) -> Mapping[str, Schema]:
    # A member that one side does not name falls under that side's additionalProperties.
    merged: dict[str, Schema] = {}
    for name in sorted(a.properties.keys() | b.properties.keys()):
        member = _both(a.properties.get(name, a.additional), b.properties.get(name, b.additional))
        if member is not None:
            merged[name] = member
    return MappingProxyType(merged)


def _common(a: tuple[Json, ...] | None, b: tuple[Json, ...] | None) -> tuple[Json, ...] | None:
    if a is None or b is None:
        return b if a is None else a
    return tuple(x for x in a if any(same(x, y) for y in b))


def _tighter(pick: Callable[[N, N], N], a: N | None, b: N | None) -> N | None:
    if a is None or b is None:
        return b if a is None else a
    return pick(a, b)
