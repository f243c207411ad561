"""A whole schema with every reference resolved, and how deep the smallest value of each is."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from arena.mock.json_value import Json
from arena.mock.schemas.reading import read_schema
from arena.mock.schemas.schema import Schema, UnsupportedSchema

ROOT = "#"
LONGEST_CHAIN = 24


@dataclass(frozen=True, slots=True)
class Document:
    """A compiled schema: what each reference ("#", "#/$defs/Offer") means, and the least height of each.

    Height: 0 for a scalar, 1 for an empty array or object, one more than its tallest necessary member otherwise;
    infinite where no finite value exists.
    """

    targets: Mapping[str, Schema]
    heights: Mapping[str, float]

    @property
    def root(self) -> Schema:
        return self.targets[ROOT]

    def height(self, schema: Schema) -> float:
        """The least height of a value that `schema` accepts; a lower bound where its parts contradict each other."""
        return _height(schema, self.heights)

    def excludes(self, schema: Schema) -> bool:
        """Whether a oneOf is laid over the values of `schema`, so that fitting one branch is not enough."""
        referred = schema.ref is not None and self.excludes(self.targets[schema.ref])
        return bool(schema.one_of) or referred or any(map(self.excludes, schema.in_place()))


def compile_schema(source: Json) -> Document:
    """The document that `source` states, reading only what its root can reach.

    Raises UnsupportedSchema as `read_schema` does, for references that leave the document or find nothing in it, and
    for references that lead back to themselves without going into a member or an item.
    """
    targets: dict[str, Schema] = {}
    pending = [ROOT]
    while pending:
        ref = pending.pop()
        if ref not in targets:
            targets[ref] = read_schema(_pointed(source, ref), ref)
            pending += _references(targets[ref])
    clear: set[str] = set()
    for ref in targets:
        _refuse_circle(ref, targets, (), clear)
    return Document(targets, _least_heights(targets))


def kind_height(kind: str, schema: Schema, heights: Mapping[str, float]) -> float:
    """The least height of a value of one kind, by `schema`'s own demands (nothing laid over it)."""
    if kind == "array":
        return 1 + (_height(schema.items, heights) if schema.items and schema.min_items else 0)
    if kind == "object":
        members = (schema.properties.get(name, schema.additional) for name in schema.required)
        return 1 + max((_height(m, heights) for m in members if m is not None), default=0)
    return 0


def _height(schema: Schema, heights: Mapping[str, float]) -> float:
    kinds = (kind_height(k, schema, heights) for k in schema.kinds)
    own = min(kinds, default=math.inf) if schema.choices is None or not schema.kinds else 0
    return max(
        own,
        heights.get(schema.ref, math.inf) if schema.ref is not None else 0,
        max((_height(s, heights) for s in schema.all_of), default=0),
        min((_height(s, heights) for s in schema.any_of), default=0),
        min((_height(s, heights) for s in schema.one_of), default=0),
    )


def _least_heights(targets: Mapping[str, Schema]) -> dict[str, float]:
    # A smallest value never passes through one reference twice on its way down, so that this settles within
    # as many rounds as there are references.
    heights = dict.fromkeys(targets, math.inf)
    for _ in targets:
        found = {ref: _height(schema, heights) for ref, schema in targets.items()}
        if found == heights:
            break
        heights = found
    return heights


def _references(schema: Schema) -> Iterator[str]:
    if schema.ref is not None:
        yield schema.ref
    for part in (*schema.in_place(), *schema.nested()):
        yield from _references(part)


def _references_in_place(schema: Schema) -> Iterator[str]:
    if schema.ref is not None:
        yield schema.ref
    for part in schema.in_place():
        yield from _references_in_place(part)


def _refuse_circle(ref: str, targets: Mapping[str, Schema], trail: tuple[str, ...], clear: set[str]) -> None:
    if ref in trail:
        raise UnsupportedSchema(f"$ref {' -> '.join((*trail, ref))} leads back to itself without going deeper")
    if len(trail) >= LONGEST_CHAIN:
        raise UnsupportedSchema(f"$ref {trail[0]} leads through more than {LONGEST_CHAIN} others; refer more directly")
    if ref not in clear:
        for onward in _references_in_place(targets[ref]):
            _refuse_circle(onward, targets, (*trail, ref), clear)
        clear.add(ref)


def _pointed(source: Json, ref: str) -> Json:
    if ref != ROOT and not ref.startswith("#/"):
        raise UnsupportedSchema(f"$ref {ref!r} leaves the schema; only local references such as '#/$defs/Name' work")
    here = source
    for part in ref.split("/")[1:]:
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict) and key in here:
            here = here[key]
        elif isinstance(here, list) and key.isdecimal() and int(key) < len(here):
            here = here[int(key)]
        else:
            raise UnsupportedSchema(f"$ref {ref!r} finds nothing in the schema: there is no {key!r} on its way")
    return here
