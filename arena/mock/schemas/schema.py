"""One JSON Schema as a frozen fact, and the two ways in which a schema can be refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from arena.mock.json_value import Json

ALL_KINDS = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})


class UnsupportedSchema(Exception):
    """The schema is malformed, or uses a keyword that cannot be honoured; the message names it and its place."""


class Unsatisfiable(Exception):
    """No value was found that the schema accepts; the message names the place and the reason."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What one schema object demands; every default means "no demand".

    `kinds` holds "integer" wherever it holds "number". `choices` joins `enum` and `const`. The schema `false` has no
    kinds; `true` is `Schema()`. Counts are code points (strings), items (arrays).
    """

    kinds: frozenset[str] = ALL_KINDS
    choices: tuple[Json, ...] | None = None
    properties: Mapping[str, "Schema"] = field(default_factory=lambda: MappingProxyType({}))
    required: frozenset[str] = frozenset()
    additional: "Schema | None" = None
    items: "Schema | None" = None
    min_items: int = 0
    max_items: int | None = None
    min_length: int = 0
    max_length: int | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    ref: str | None = None
    all_of: tuple["Schema", ...] = ()
    any_of: tuple["Schema", ...] = ()
    one_of: tuple["Schema", ...] = ()

    def permits(self, number: int | float) -> bool:
        """Whether `number` lies within the four limits."""
        return (
            (self.minimum is None or number >= self.minimum)
            and (self.maximum is None or number <= self.maximum)
            and (self.exclusive_minimum is None or number > self.exclusive_minimum)
            and (self.exclusive_maximum is None or number < self.exclusive_maximum)
        )

    def in_place(self) -> Iterator["Schema"]:
        """The schemas laid over the same value as this one (not what it refers to)."""
        yield from self.all_of
        yield from self.any_of
        yield from self.one_of

    def nested(self) -> Iterator["Schema"]:
        """The schemas of this value's members and items."""
        yield from self.properties.values()
        if self.additional is not None:
            yield self.additional
        if self.items is not None:
            yield self.items


ANYTHING = Schema()
NOTHING = Schema(kinds=frozenset())


def kind_of(value: Json) -> str:
    """The narrowest JSON Schema type of `value`: 2.0 is an integer, true is a boolean."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case int() | float():
            return "integer" if value == int(value) else "number"
        case list():
            return "array"
        case dict():
            return "object"
