"""The published JSON Schema of a transcript: up to date, and true of what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from arena import assets
from arena.core.events import Event, address
from arena.scenarios.bargain.terms import Fact, Move
from arena.scenarios.find import find
from arena.transcripts.codec import line_bytes
from arena.transcripts.schema import transcript_schema
from tests.report.recorded import record
from tests.report.scene import ALL, MATCH
from tests.toy import Pool

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "transcript.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = transcript_schema(find("bargain"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def lines(file: Path) -> Iterator[Any]:
    for line in file.read_bytes().splitlines():
        yield json.loads(line)


def test_the_published_schema_is_the_one_of_this_version() -> None:
    """To bring it up to date: `arena show schema transcript > docs/schema/transcript.schema.json`."""
    assert json.loads(PUBLISHED.read_text()) == json.loads(json.dumps(transcript_schema(find("bargain"))))


def test_a_match_fits_it_from_the_header_to_the_last_line(tmp_path: Path, validator: Draft202012Validator) -> None:
    file = record(tmp_path / "match.jsonl", ("planner", "garbage", "tit-for-tat"), discount=[0.9, 1], goals=2)
    for line in lines(file):
        assert [error.message for error in validator.iter_errors(line)] == []


def test_every_sample_fits_it(validator: Draft202012Validator) -> None:
    files = [assets.path("samples", f"{name}.jsonl") for name in assets.names("samples", ".jsonl")]
    assert [file.name for file in files for line in lines(file) if not validator.is_valid(line)] == []


def test_every_kind_of_event_fits_it(validator: Draft202012Validator) -> None:
    for events in MATCH:
        line = json.loads(line_bytes(2, 0, "", address(events, ALL))[0])
        assert [error.message for error in validator.iter_errors(line)] == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("n",), "2"),
        (("es", 0, "to"), "all"),
        (("es", 0, "e", "kind"), "shouted"),
        (("es", 0, "e", "seats"), [1]),
        (("es", 1, "e", "fact", "kind"), "rumour"),
        (("es", 1, "e", "fact", "acceptance"), "whoever is loudest"),
    ],
)
def test_what_no_transcript_holds_does_not_fit_it(
    validator: Draft202012Validator, place: tuple[str | int, ...], value: object
) -> None:
    line = json.loads(line_bytes(2, 0, "", address(MATCH[0], ALL))[0])
    assert validator.is_valid(line)
    inner = line
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert not validator.is_valid(line)


def test_a_header_of_another_schema_or_family_does_not_fit_it(tmp_path: Path, validator: Draft202012Validator) -> None:
    header = next(lines(record(tmp_path / "match.jsonl")))
    assert validator.is_valid(header)
    assert not validator.is_valid({**header, "schema": "arena-transcript/2"})
    assert not validator.is_valid({**header, "scenario": "market"})
    assert not validator.is_valid({**header, "task": {}})


def test_unknown_fields_are_tolerated_as_the_reader_does(tmp_path: Path, validator: Draft202012Validator) -> None:
    for line in lines(record(tmp_path / "match.jsonl")):
        assert validator.is_valid({**line, "later": 1})


def test_it_has_every_kind_of_event_move_and_fact_under_its_plain_name() -> None:
    defs = transcript_schema(find("bargain"))["$defs"]
    kinds = [*get_args(Event), *get_args(Move), *get_args(Fact)]
    assert {getattr(kind, "__origin__", kind).__name__ for kind in kinds} <= set(defs)
    assert not [name for name in defs if "." in name or "[" in name]


def test_every_family_has_its_own() -> None:
    schema = transcript_schema(Pool())
    Draft202012Validator.check_schema(schema)
    assert "Pledge" in schema["$defs"]
    assert "Propose" not in schema["$defs"]
