"""From a schema as JSON to a `Schema`: every keyword is known and well formed, or the schema is refused by name."""

from collections.abc import Callable
from types import MappingProxyType
from typing import TypeVar

from arena.mock.json_value import Json, same
from arena.mock.schemas.schema import ALL_KINDS, ANYTHING, NOTHING, Schema, UnsupportedSchema

T = TypeVar("T")

# "discriminator" is OpenAPI's hint that msgspec and pydantic write beside a tagged union; it demands nothing.
ANNOTATIONS = frozenset(
    {"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"}
    | {"$schema", "$comment", "$defs", "definitions", "discriminator"}
)
DEMANDS = frozenset(
    {"type", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"}
    | {"properties", "required", "additionalProperties", "items", "minItems", "maxItems"}
    | {"minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
DEEPEST = 64
LARGEST = 10.0**300


def read_schema(source: Json, place: str, depth: int = 0) -> Schema:
    """The `Schema` that `source` states; `place` is its JSON pointer, for messages.

    Raises UnsupportedSchema for a keyword outside ANNOTATIONS and DEMANDS, a keyword whose value has the wrong shape,
    and nesting beyond DEEPEST levels.
    """
    if isinstance(source, bool):
        return ANYTHING if source else NOTHING
    if not isinstance(source, dict):
        raise UnsupportedSchema(f"{place} is {_shown(source)}; a schema is an object, true or false")
    if depth > DEEPEST:
        raise UnsupportedSchema(f"{place} lies more than {DEEPEST} levels deep; use $defs and $ref")
    _known_keywords(source, place)

    def read(key: str, reader: Callable[[Json, str, int], T], default: T) -> T:
        return reader(source[key], f"{place}/{key}", depth + 1) if key in source else default

    return Schema(
        kinds=read("type", _kinds, ALL_KINDS),
        choices=_choices(source, place),
        properties=read("properties", _named, MappingProxyType({})),
        required=read("required", _names, frozenset()),
        additional=read("additionalProperties", read_schema, None),
        items=read("items", read_schema, None),
        min_items=read("minItems", _count, 0),
        max_items=read("maxItems", _count, None),
        min_length=read("minLength", _count, 0),
        max_length=read("maxLength", _count, None),
        minimum=read("minimum", _number, None),
        maximum=read("maximum", _number, None),
        exclusive_minimum=read("exclusiveMinimum", _number, None),
        exclusive_maximum=read("exclusiveMaximum", _number, None),
        ref=read("$ref", _text, None),
        all_of=read("allOf", _several, ()),
        any_of=read("anyOf", _several, ()),
        one_of=read("oneOf", _several, ()),
    )


def _known_keywords(source: dict[str, Json], place: str) -> None:
    # $id elsewhere than at the root would move what "#" means to the references below it.
    known = ANNOTATIONS | DEMANDS | ({"$id"} if place == "#" else set())
    unknown = sorted(source.keys() - known)
    if unknown:
        names = ", ".join(repr(k) for k in unknown)
        raise UnsupportedSchema(
            f"keyword {names} at {place} is not supported by the mock server; "
            f"leave it out, or say it with: {', '.join(sorted(DEMANDS))}"
        )


def _kinds(value: Json, place: str, depth: int) -> frozenset[str]:
    names = value if isinstance(value, list) else [value]
    kinds = frozenset(k for k in names if isinstance(k, str))
    if not names or len(kinds) != len(names) or not kinds <= ALL_KINDS:
        raise UnsupportedSchema(f"{place} is {_shown(value)}; expected one or more of {', '.join(sorted(ALL_KINDS))}")
    return kinds | {"integer"} if "number" in kinds else kinds


def _choices(source: dict[str, Json], place: str) -> tuple[Json, ...] | None:
    if "enum" not in source:
        return (source["const"],) if "const" in source else None
    listed = source["enum"]
    if not isinstance(listed, list) or not listed:
        raise UnsupportedSchema(f"{place}/enum is {_shown(listed)}; expected a list of at least one value")
    return tuple(c for c in listed if "const" not in source or same(c, source["const"]))


def _named(value: Json, place: str, depth: int) -> MappingProxyType[str, Schema]:
    if not isinstance(value, dict):
        raise UnsupportedSchema(f"{place} is {_shown(value)}; expected an object of schemas")
    return MappingProxyType({k: read_schema(v, f"{place}/{k}", depth) for k, v in value.items()})


def _several(value: Json, place: str, depth: int) -> tuple[Schema, ...]:
    if not isinstance(value, list) or not value:
        raise UnsupportedSchema(f"{place} is {_shown(value)}; expected a list of at least one schema")
    return tuple(read_schema(v, f"{place}/{i}", depth) for i, v in enumerate(value))


def _names(value: Json, place: str, depth: int) -> frozenset[str]:
    names = value if isinstance(value, list) else [None]
    found = frozenset(n for n in names if isinstance(n, str))
    if len(found) != len(names):
        raise UnsupportedSchema(f"{place} is {_shown(value)}; expected a list of different property names")
    return found


def _count(value: Json, place: str, depth: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or value != int(value):
        raise UnsupportedSchema(f"{place} is {_shown(value)}; expected a whole number, 0 or more")
    return int(value)


def _number(value: Json, place: str, depth: int) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST:
        raise UnsupportedSchema(f"{place} is {_shown(value)}; expected a number from -{LARGEST:g} to {LARGEST:g}")
    return value


def _text(value: Json, place: str, depth: int) -> str:
    if not isinstance(value, str):
        raise UnsupportedSchema(f"{place} is {_shown(value)}; expected a string")
    return value


def _shown(value: Json) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
