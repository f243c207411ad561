"""The values of a move's or a claim's fields, read by its form.

A text matches an option only if it is the same text. A number with nothing behind the point is the whole number that
it equals, as JSON Schema has it (2020-12, validation, 6.1.1): 3.0 is 3. true and false are not numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

from arena.core.view import Choice, Field, MoveSpec, Record, Whole
from arena.core.wire.faults import Malformed, check_keys, found, listed, malformed

EXACT = 2**53  # floats are whole numbers without gaps up to here

Value = str | int | tuple[str | int, ...]


def whole(value: object) -> int | None:
    """The whole number that a JSON value is, None where it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= EXACT else None
    return value if isinstance(value, int) else None


def free_text(value: object, place: str) -> str:
    """A text of the model's own. Raises Malformed where it is none, or holds half of a surrogate pair."""
    if not isinstance(value, str):
        raise malformed("wrong_type", place, value, "a text", 'Write a text in quotes: "...".')
    try:
        value.encode()
    except UnicodeEncodeError:
        expected = "a text that is valid Unicode"
        raise malformed("bad_text", place, value, expected, "Leave out the broken \\u escape.") from None
    return value


def read_spec(specs: tuple[MoveSpec, ...], value: object, place: str) -> dict[str, object]:
    """A move or a claim as `{"kind": ..., field: value}`, read by the one of `specs` that it is meant to be.

    Several may have its kind; then their single-option choices tell them apart. Raises Malformed.
    """
    if not isinstance(value, dict):
        raise malformed("wrong_type", place, value, 'an object with a "kind"', "Write an object as the schema has it.")
    if "kind" not in value:
        check_keys({}, place, ("kind",))
    kind = value["kind"]
    same = [spec for spec in specs if isinstance(kind, str) and spec.kind == kind]
    if not same:
        kinds = listed(spec.kind for spec in specs)
        raise malformed("unknown_kind", f"{place}.kind", kind, f"one of {kinds}", "Choose one of these.")
    spec = same[0] if len(same) == 1 else _meant(same, value, place)
    check_keys(value, place, ("kind", *[field.name for field in spec.fields]))
    return {"kind": kind, **{f.name: _read(f, value[f.name], f"{place}.{f.name}") for f in spec.fields}}


def _meant(specs: list[MoveSpec], value: dict[str, object], place: str) -> MoveSpec:
    """Of several forms of one kind, the one whose fixed choices the value makes."""
    for spec in specs:
        if all([_option(field.options, value.get(field.name)) is not None for field in _fixed(spec)]):
            return spec
    for field in _fixed(specs[0]):
        options = [o for spec in specs for f in _fixed(spec) if f.name == field.name for o in f.options]
        if field.name not in value:
            check_keys({}, place, (field.name,))
        if _option(options, value[field.name]) is None:
            raise _unknown_option(f"{place}.{field.name}", value[field.name], options)
    return specs[0]


def _fixed(spec: MoveSpec) -> list[Choice]:
    return [f for f in spec.fields if isinstance(f, Choice) and len(f.options) == 1 and not f.changing]


def _read(field: Field, value: object, place: str) -> Value:
    match field:
        case Choice():
            return _read_choice(field, value, place)
        case Whole():
            return _read_whole(field, value, place)
        case Record():
            return _read_record(field, value, place)


def _read_choice(field: Choice, value: object, place: str) -> str | int:
    if field.changing:
        return _read_changing(field, value, place)
    option = _option(field.options, value)
    if option is None:
        raise _unknown_option(place, value, field.options)
    return option


def _read_changing(field: Choice, value: object, place: str) -> str | int:
    # Which options there are now is the moderator's business; here only what kind of thing they are, where one is seen.
    kinds = {type(option) for option in field.options} or {str, int}
    number = whole(value)
    if number is not None and int in kinds:
        return number
    if isinstance(value, str) and str in kinds:
        return free_text(value, place)
    words = " or ".join([word for kind, word in ((str, "a text"), (int, "a whole number")) if kind in kinds])
    raise malformed("wrong_type", place, value, words, "Write one of the options that you were shown.")


def _read_whole(field: Whole, value: object, place: str) -> int:
    number = whole(value)
    expected = f"a whole number from {field.low} to {field.high}"
    if number is None:
        raise malformed("wrong_type", place, value, expected, "Write it as a number, without quotes.")
    if not field.low <= number <= field.high:
        raise malformed("out_of_range", place, value, expected, "Write a number within these limits.")
    return number


def _read_record(field: Record, value: object, place: str) -> tuple[str | int, ...]:
    names = [part.name for part in field.fields]
    if not isinstance(value, dict):
        expected = f"an object with the keys {listed(names)}"
        raise malformed("wrong_type", place, value, expected, "Write an object that has all of them.")
    check_keys(value, place, names)
    parts: list[str | int] = []
    for part in field.fields:
        read = _read(part, value[part.name], f"{place}.{part.name}")
        assert not isinstance(read, tuple), "a record's fields are single values"
        parts.append(read)
    return tuple(parts)


def _option(options: Iterable[str | int], value: object) -> str | int | None:
    number = whole(value)
    for option in options:
        if (option == number) if isinstance(option, int) else (isinstance(value, str) and option == value):
            return option
    return None


def _unknown_option(place: str, value: object, options: Iterable[str | int]) -> Malformed:
    return Malformed(
        "unknown_option",
        f"{place}: found {found(value)}; expected one of {listed(options)}. Write one of these, exactly.",
    )
