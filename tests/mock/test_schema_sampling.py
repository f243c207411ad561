import json
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from arena.mock.schemas.conforming import conforms
from arena.mock.schemas.document import compile_schema
from arena.mock.schemas.sampling import MOST, sample
from arena.mock.schemas.schema import Unsatisfiable, UnsupportedSchema
from tests.mock.schema_strategies import VALUES, satisfiable, with_definitions

AT_HAND = [
    None,
    True,
    0,
    1,
    -1.25,
    2.5,
    7**21,
    "",
    "a",
    "all",
    "word " * 30,
    [],
    [None],
    {},
    {"kind": "walk"},
    {"to": 1},
]
SEEDS = st.integers(0, 2**32)


def compiled(schema: Any) -> Any:
    """The document, or None where a reference leads back to itself, which no validator can follow either."""
    try:
        return compile_schema(schema)
    except UnsupportedSchema:
        return None


def drawn(schema: Any, seed: int = 0) -> Any:
    return sample(compile_schema(schema), Random(seed))


def drawn_often(schema: Any, times: int = 60) -> list[Any]:
    return [drawn(schema, seed) for seed in range(times)]


@given(satisfiable(), SEEDS)
def test_every_schema_that_can_be_satisfied_is(schema: Any, seed: int) -> None:
    value = drawn(schema, seed)
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(value)
    assert json.loads(json.dumps(value)) == value


@settings(deadline=None)
@given(with_definitions(), SEEDS)
def test_whatever_is_drawn_from_any_schema_validates(schema: Any, seed: int) -> None:
    document = compiled(schema)
    assume(document is not None)
    try:
        value = sample(document, Random(seed))
    except Unsatisfiable:
        reject()
    assert Draft202012Validator(schema).is_valid(value)


@settings(deadline=None)
@given(with_definitions(overlaps=False))
def test_a_schema_that_accepts_a_value_at_hand_is_not_refused(schema: Any) -> None:
    document = compiled(schema)
    assume(document is not None)
    try:
        found = [sample(document, Random(0))]
    except Unsatisfiable:
        found = []
    assert found or not any(Draft202012Validator(schema).is_valid(value) for value in AT_HAND)


@settings(deadline=None)
@given(with_definitions(), VALUES)
def test_conforms_says_what_jsonschema_says(schema: Any, value: Any) -> None:
    document = compiled(schema)
    assume(document is not None)
    assert conforms(value, document.root, document) == Draft202012Validator(schema).is_valid(value)


@given(satisfiable(), SEEDS)
def test_the_order_of_keys_changes_nothing(schema: Any, seed: int) -> None:
    turned = json.loads(json.dumps(schema, sort_keys=True))
    assert json.dumps(drawn(schema, seed)) == json.dumps(drawn(turned, seed))


def test_a_sample_depends_on_nothing_but_the_generator() -> None:
    schema = {"type": "array", "items": {"type": ["string", "number", "null"]}, "minItems": 3}
    assert drawn(schema, 5) == drawn(schema, 5)
    assert len({json.dumps(v) for v in drawn_often(schema)}) > 30


def test_optional_members_come_about_half_of_the_time() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "null"}, "b": {"type": "null"}}, "required": ["b"]}
    values = drawn_often(schema, 400)
    assert all("b" in v for v in values)
    assert 160 < sum("a" in v for v in values) < 240


def test_every_value_of_an_enum_and_every_branch_is_reached() -> None:
    assert set(drawn_often({"enum": ["A1", "A2", "A3"]})) == {"A1", "A2", "A3"}
    assert set(drawn_often({"anyOf": [{"const": 1}, {"const": 2}]})) == {1, 2}
    assert set(drawn_often({"type": "integer", "minimum": 1, "exclusiveMaximum": 4})) == {1, 2, 3}


def test_true_is_not_one_among_the_values_of_an_enum() -> None:
    assert all(v is True for v in drawn_often({"type": "boolean", "enum": [1, True]}))
    assert all(v == 1 and v is not True for v in drawn_often({"type": "integer", "enum": [1, True]}))


def test_overlapping_branches_of_one_of_are_told_apart() -> None:
    values = drawn_often({"oneOf": [{"type": "integer"}, {"type": "number"}]})
    assert all(isinstance(v, float) and v != int(v) for v in values)


def test_overlapping_branches_are_told_apart_at_every_place_of_a_long_list() -> None:
    schema = {"type": "array", "items": {"oneOf": [{"type": "integer"}, {"type": "number"}]}, "minItems": 12}
    assert all(v != int(v) for v in drawn(schema))


def test_free_text_reads_like_talk() -> None:
    for text in drawn_often({"type": "string"}):
        assert text[0].isupper()
        assert text[-1] in ".?"
        assert 3 <= len(text.split()) <= 30


def test_text_keeps_its_limits_and_is_cut_at_words_where_it_can_be() -> None:
    assert all(len(v) == 7 for v in drawn_often({"type": "string", "minLength": 7, "maxLength": 7}))
    assert all(0 < len(v) <= 9 and v[-1] != " " for v in drawn_often({"type": "string", "maxLength": 9}))
    assert all(len(v) >= 500 for v in drawn_often({"type": "string", "minLength": 500}))
    assert drawn({"type": "string", "maxLength": 0}) == ""


def test_a_map_is_given_some_keys() -> None:
    values = drawn_often({"type": "object", "additionalProperties": {"type": "integer"}})
    assert any(values)
    assert all(isinstance(n, int) for v in values for n in v.values())


def test_a_required_member_that_is_not_described_is_drawn_from_additional_properties() -> None:
    schema = {"type": "object", "required": ["x"], "additionalProperties": {"const": 4}}
    assert drawn(schema)["x"] == 4


def test_recursion_ends_and_is_entered() -> None:
    tree = {"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#"}}}, "required": ["kids"]}
    sizes = [len(json.dumps(v)) for v in drawn_often(tree, 200)]
    assert max(sizes) > len('{"kids": [{"kids": []}]}')
    assert max(sizes) < 50_000


def test_a_required_list_that_grows_twofold_at_each_level_ends() -> None:
    pair = {"type": "array", "items": {"$ref": "#/$defs/node"}, "minItems": 2}
    schema = {"$defs": {"node": {"anyOf": [pair, {"type": "null"}]}}, "$ref": "#/$defs/node"}
    assert all(Draft202012Validator(schema).is_valid(v) for v in drawn_often(schema, 20))


@pytest.mark.parametrize(
    ("schema", "named"),
    [
        (False, "accepts nothing"),
        ({"type": "object", "properties": {"x": {"$ref": "#"}}, "required": ["x"]}, "never ends"),
        ({"type": "object", "required": ["x"], "additionalProperties": False}, "accepts nothing"),
        ({"type": "integer", "minimum": 5, "maximum": 3}, "least permitted is 5, the greatest 3"),
        ({"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, "no integer fits $"),
        ({"type": "number", "exclusiveMinimum": 1, "maximum": 1}, "no number fits $"),
        ({"type": "string", "minLength": 3, "maxLength": 2}, "minLength 3 is above maxLength 2"),
        ({"type": "string", "minLength": 10**9}, "limit of 100000"),
        ({"type": "array", "minItems": 3, "maxItems": 2}, "minItems 3 is above maxItems 2"),
        ({"type": "array", "minItems": MOST}, f"{MOST} values"),
        ({"type": "string", "enum": [1, 2]}, "enum or const"),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "contradict"),
        ({"oneOf": [{"type": "string"}, {"type": "string"}]}, "none of 100 draws"),
        (
            {"type": "object", "properties": {"x": {"type": "string", "const": 1}}, "required": ["x"]},
            "nothing fits $.x",
        ),
    ],
)
def test_a_schema_that_nothing_satisfies_is_refused_with_the_reason(schema: Any, named: str) -> None:
    with pytest.raises(Unsatisfiable) as refused:
        drawn(schema)
    assert named in str(refused.value)


def test_numbers_stay_within_limits_beyond_a_doubles_exact_integers() -> None:
    low = 2**60
    assert all(v in (low + 1, low + 2) for v in drawn_often({"type": "number", "minimum": low + 1, "maximum": low + 2}))
    assert all(-1e300 <= v <= 1e300 for v in drawn_often({"type": "number", "minimum": -1e300, "maximum": 1e300}))
    assert all(0 < v < 1e-9 for v in drawn_often({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e-9}))
