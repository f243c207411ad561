from typing import Any

import pytest

from arena.mock.schemas.document import LONGEST_CHAIN, compile_schema
from arena.mock.schemas.schema import UnsupportedSchema


def nested(levels: int) -> Any:
    schema: Any = {"type": "null"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


@pytest.mark.parametrize(
    ("schema", "named"),
    [
        ({"properties": {"x": {"type": "string", "pattern": "^a"}}}, "keyword 'pattern' at #/properties/x "),
        ({"type": "string", "format": "date", "multipleOf": 2}, "keyword 'format', 'multipleOf' at # "),
        ({"items": {"$id": "x"}}, "keyword '$id' at #/items "),
        ({"anyOf": [{"type": "null"}, {"not": {}}]}, "keyword 'not' at #/anyOf/1 "),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"pattern": "x"}}}, "keyword 'pattern' at #/$defs/a "),
        ({"type": "text"}, "#/type is 'text'"),
        ({"type": []}, "#/type is []"),
        ({"type": ["string", "string"]}, "#/type is ['string', 'string']"),
        ({"enum": []}, "#/enum is []"),
        ({"properties": []}, "#/properties is []"),
        ({"properties": {"x": 3}}, "#/properties/x is 3; a schema is an object"),
        ({"required": "x"}, "#/required is 'x'"),
        ({"minItems": -1}, "#/minItems is -1; expected a whole number"),
        ({"maxLength": 1.5}, "#/maxLength is 1.5; expected a whole number"),
        ({"minimum": "3"}, "#/minimum is '3'; expected a number"),
        ({"maximum": 10**301}, "expected a number from -1e+300"),
        ({"allOf": []}, "#/allOf is []"),
        ({"$ref": 1}, "#/$ref is 1; expected a string"),
        ({"$ref": "other.json"}, "'other.json' leaves the schema"),
        ({"$ref": "#/$defs/none"}, "there is no '$defs' on its way"),
        ({"$ref": "#"}, "# -> # leads back to itself"),
        (
            {"anyOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"allOf": [{"$ref": "#"}]}}},
            "leads back to itself without going deeper",
        ),
        (nested(70), "more than 64 levels deep"),
        ([], "# is []; a schema is an object"),
    ],
)
def test_a_schema_that_cannot_be_honoured_is_refused_by_name_and_place(schema: Any, named: str) -> None:
    with pytest.raises(UnsupportedSchema) as refused:
        compile_schema(schema)
    assert named in str(refused.value)


def test_a_chain_of_references_too_long_to_follow_is_refused() -> None:
    links: Any = {str(i): {"$ref": f"#/$defs/{i + 1}"} for i in range(LONGEST_CHAIN + 2)}
    with pytest.raises(UnsupportedSchema, match="leads through more than"):
        compile_schema({"$ref": "#/$defs/0", "$defs": {**links, str(LONGEST_CHAIN + 2): {}}})


def test_references_are_json_pointers() -> None:
    schema: Any = {"$ref": "#/$defs/a~1b%20c/anyOf/1", "$defs": {"a/b c": {"anyOf": [True, {"const": 5}]}}}
    document = compile_schema(schema)
    assert document.targets["#/$defs/a~1b%20c/anyOf/1"].choices == (5,)


def test_definitions_that_nothing_refers_to_are_not_read() -> None:
    document = compile_schema({"type": "null", "$defs": {"unused": {"pattern": "x"}}})
    assert list(document.targets) == ["#"]


def test_heights_count_the_levels_of_the_smallest_value() -> None:
    leaf_or_node = {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}
    node: Any = {"type": "object", "properties": {"next": leaf_or_node}, "required": ["next"]}
    document = compile_schema({"$ref": "#/$defs/node", "$defs": {"node": node}})
    assert document.heights["#/$defs/node"] == 1
    assert document.height(compile_schema({"type": "array", "items": {"type": "array"}, "minItems": 1}).root) == 2
