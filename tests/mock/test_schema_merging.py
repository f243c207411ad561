from typing import Any

import pytest

from arena.mock.schemas.document import compile_schema
from arena.mock.schemas.merging import merge
from arena.mock.schemas.schema import NOTHING, Schema


def schema(source: Any) -> Schema:
    return compile_schema(source).root


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ({"type": ["string", "null"]}, {"type": ["integer", "null"]}, {"type": "null"}),
        ({"type": "number"}, {"type": "integer"}, {"type": "integer"}),
        ({"enum": [1, 2, 3]}, {"type": "integer", "enum": [3, 2]}, {"type": "integer", "enum": [2, 3]}),
        ({"minItems": 1, "maxItems": 5}, {"minItems": 3}, {"minItems": 3, "maxItems": 5}),
        ({"minLength": 4}, {"minLength": 2, "maxLength": 9}, {"minLength": 4, "maxLength": 9}),
        ({"minimum": 1, "maximum": 9}, {"minimum": 0, "maximum": 5}, {"minimum": 1, "maximum": 5}),
        ({"exclusiveMinimum": 1}, {"exclusiveMinimum": 3}, {"exclusiveMinimum": 3}),
        ({"required": ["a"]}, {"required": ["b"]}, {"required": ["a", "b"]}),
        ({"items": {"minimum": 1}}, {"items": {"maximum": 2}}, {"items": {"minimum": 1, "maximum": 2}}),
        (
            {"properties": {"a": {"minimum": 1}, "b": {"const": 2}}},
            {"properties": {"a": {"maximum": 3}}},
            {"properties": {"a": {"minimum": 1, "maximum": 3}, "b": {"const": 2}}},
        ),
    ],
)
def test_two_schemas_merge_into_the_demands_of_both(one: Any, other: Any, both: Any) -> None:
    for merged in (merge(schema(one), schema(other)), merge(schema(other), schema(one))):
        expected = merge(schema(both), Schema())
        assert set(merged.choices or ()) == set(expected.choices or ())
        assert _without_choices(merged) == _without_choices(expected)


def test_what_one_side_does_not_name_falls_under_its_additional_properties() -> None:
    closed = {"properties": {"a": True}, "additionalProperties": False}
    merged = merge(schema(closed), schema({"properties": {"b": {"type": "null"}}}))
    assert merged.properties["b"].kinds == NOTHING.kinds
    assert merged.properties["a"] == Schema()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": "string"}, {"type": "null"}),
        ({"type": "string", "minLength": 3}, {"maxLength": 2}),
        ({"type": "array", "minItems": 3}, {"maxItems": 2}),
        ({"type": "integer", "minimum": 3}, {"exclusiveMaximum": 3}),
        ({"type": "number", "minimum": 3}, {"exclusiveMaximum": 3}),
        ({"const": "a"}, {"const": "b"}),
        ({"const": "a"}, {"type": "boolean"}),
    ],
)
def test_demands_that_contradict_each_other_leave_no_kind(one: Any, other: Any) -> None:
    assert merge(schema(one), schema(other)).kinds == frozenset()


def _without_choices(merged: Schema) -> tuple[Any, ...]:
    return tuple(getattr(merged, name) for name in Schema.__slots__ if name != "choices")
