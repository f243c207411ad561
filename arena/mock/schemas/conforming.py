"""Whether a value is one that a schema accepts (JSON Schema 2020-12, the keywords of `reading.DEMANDS`)."""

from arena.mock.json_value import Json, same
from arena.mock.schemas.document import Document
from arena.mock.schemas.schema import ANYTHING, Schema, kind_of


def conforms(value: Json, schema: Schema, document: Document) -> bool:
    """True where `schema`, whose references `document` resolves, accepts `value`."""
    return _own_demands(value, schema, document) and _laid_over(value, schema, document)


def _own_demands(value: Json, schema: Schema, document: Document) -> bool:
    if kind_of(value) not in schema.kinds:
        return False
    if schema.choices is not None and not any(same(value, c) for c in schema.choices):
        return False
    match value:
        case bool() | None:
            return True
        case str():
            return _within(len(value), schema.min_length, schema.max_length)
        case int() | float():
            return schema.permits(value)
        case list():
            items = schema.items or ANYTHING
            counted = _within(len(value), schema.min_items, schema.max_items)
            return counted and all(conforms(v, items, document) for v in value)
        case dict():
            return schema.required <= value.keys() and all(
                conforms(v, schema.properties.get(k, schema.additional or ANYTHING), document) for k, v in value.items()
            )


def _laid_over(value: Json, schema: Schema, document: Document) -> bool:
    return (
        (schema.ref is None or conforms(value, document.targets[schema.ref], document))
        and all(conforms(value, s, document) for s in schema.all_of)
        and (not schema.any_of or any(conforms(value, s, document) for s in schema.any_of))
        and (not schema.one_of or sum(conforms(value, s, document) for s in schema.one_of) == 1)
    )


def _within(count: int, least: int, most: int | None) -> bool:
    return least <= count and (most is None or count <= most)
