"""The wire form of a reply: schemas, reading, rendering, strict JSON."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs

from arena.core.board import Board, Posting
from arena.core.events import Body, Claim, Fault, Message
from arena.core.view import Allowance, Ask, Choice, Field, MoveSpec, Reach, Record, Whole
from arena.core.wire import Malformed, exact_schema_text, parse, read_json, render, schema
from arena.mock.schemas.document import compile_schema
from arena.mock.schemas.sampling import sample
from arena.scenarios.bargain.terms import Accept, Intends, Points, Propose, Reserve, Synergy, WalkAway
from tests.models.bargain_asks import BID, CALL, CLAIMS, DEAL, FACTS, MOVES, SEATS, an_ask, forms


def understood(obj: object, ask: Ask) -> Body[Any, Any] | Fault:
    return parse(obj, ask, SEATS, MOVES, FACTS)


# What may be drawn ----------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
deals = st.tuples(st.sampled_from(("low", "mid", "high")), st.sampled_from(("June", "July")))
labels = st.sampled_from(("Price: low", "Price: mid", "Price: high", "Date: June", "Date: July"))
facts = st.one_of(
    st.builds(Reserve, st.integers(0, 1000).map(float)),
    st.builds(Intends, deals),
    st.builds(Points, st.just("Price"), st.tuples(*[st.integers(0, 1000).map(float)] * 3)),
    st.builds(Points, st.just("Date"), st.tuples(*[st.integers(0, 1000).map(float)] * 2)),
    st.builds(Synergy, labels, labels, st.integers(-1000, 1000).map(float)),
)
allowances = st.builds(
    Allowance,
    st.none() | st.integers(0, 3),
    st.none() | st.sampled_from((0, 5, 80)),
    st.none() | st.sampled_from((0, 5, 80)),
)


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    seat = draw(st.integers(0, 2))
    others = [s for s in range(3) if s != seat]
    every = forms(*draw(st.lists(st.integers(1, 9), unique=True, max_size=3)))
    moves = tuple(m for m in every if m.legal and draw(st.booleans()))
    return Ask(
        seat,
        draw(st.sampled_from(("speak", "call"))),
        draw(st.integers(0, 5)),
        moves,
        draw(st.sampled_from((CLAIMS, CLAIMS[2:3], ()))),
        every,
        Reach(draw(st.booleans()), tuple(s for s in others if draw(st.booleans()))),
        draw(allowances),
        bool(moves) and draw(st.booleans()),
        tuple(others),
        notes=draw(st.booleans()),
        board=draw(st.none() | st.builds(Board, st.integers(0, 9), texts, st.sampled_from((0, 5, 80)))),
    )


@st.composite
def legal_bodies(draw: st.DrawFn, ask: Ask) -> Body[Any, Any]:
    """A body that the exact schema of the ask allows."""
    everyone = tuple(s for s in range(3) if s != ask.seat)
    audiences = [everyone] if ask.reach.public else []
    audiences += [ask.reach.to] if ask.reach.to else []
    audiences += [(s,) for s in ask.reach.to]
    left = ask.left
    speaks = bool(audiences) and 0 not in (left.messages, left.characters, left.total)
    longest = min([n for n in (left.characters, left.total, 20) if n is not None])
    said = st.builds(Message, st.sampled_from(audiences), texts.map(lambda t: t[:longest])) if speaks else st.nothing()
    told = st.builds(Claim, st.sampled_from(audiences), facts) if speaks and ask.claims == CLAIMS else st.nothing()
    most = 3 if left.messages is None else left.messages
    made = [move_of(spec) for spec in ask.moves]
    return Body(
        tuple(draw(st.lists(said, max_size=most if speaks else 0))),
        tuple(draw(st.lists(told, max_size=2 if speaks and ask.claims == CLAIMS else 0))),
        draw(st.one_of(*made, *([] if ask.must and made else [st.none()]))),
        draw(st.none() | texts) if ask.notes else None,
        call=draw(st.sampled_from(ask.callable)) if ask.kind == "call" else None,
        board=None if ask.board is None else draw(st.none() | postings(ask.board)),
    )


def postings(board: Board) -> st.SearchStrategy[Posting]:
    return st.builds(Posting, st.just(board.version), texts.map(lambda text: text[: board.room]))


def move_of(spec: MoveSpec) -> st.SearchStrategy[Any]:
    kinds = {kind.__struct_config__.tag: kind for kind in MOVES.__args__}
    return st.builds(kinds[spec.kind], *[value_of(field) for field in spec.fields])


def value_of(field: Field) -> st.SearchStrategy[Any]:
    match field:
        case Choice(options=options):
            return st.sampled_from(options)
        case Whole(low=low, high=high):
            return st.integers(low, high)
        case Record(fields=fields):
            return st.tuples(*[value_of(part) for part in fields])


scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
words = st.sampled_from(
    [
        "messages",
        "claims",
        "move",
        "notes",
        "board",
        "version",
        "summary",
        "next",
        "bid",
        "to",
        "text",
        "claim",
        "kind",
        "deal",
        "offer",
        "Price",
    ]
)
anything = st.recursive(
    scalars | st.sampled_from(["all", "Ann", "Bob", "propose", "accept", "points", "low", "June"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | texts, inner, max_size=5),
    max_leaves=20,
)


# Properties -----------------------------------------------------------------------------------------------------------


@given(st.data())
def test_what_is_rendered_is_read_back_as_the_same_body(data: st.DataObject) -> None:
    ask = data.draw(asks())
    body = data.draw(legal_bodies(ask))
    written = json.dumps(render(body, ask, SEATS))
    assert understood(read_json(written), ask) == body


@given(st.data())
def test_a_legal_body_as_rendered_fits_the_exact_schema(data: st.DataObject) -> None:
    ask = data.draw(asks())
    wire = render(data.draw(legal_bodies(ask)), ask, SEATS)
    assert list(jsonschema.Draft202012Validator(schema(ask, SEATS)).iter_errors(wire)) == []


@given(st.data())
def test_where_a_seat_may_speak_a_legal_body_fits_the_stable_schema_too(data: st.DataObject) -> None:
    ask = structs.replace(data.draw(asks()), left=Allowance(), reach=Reach(True, ()), claims=CLAIMS)
    wire = render(data.draw(legal_bodies(ask)), ask, SEATS)
    assert list(jsonschema.Draft202012Validator(schema(ask, SEATS, exact=False)).iter_errors(wire)) == []


@given(asks(), st.integers(0, 2**32))
@settings(max_examples=200)
def test_whatever_the_exact_schema_allows_is_understood(ask: Ask, seed: int) -> None:
    drawn = sample(compile_schema(json.loads(exact_schema_text(ask, SEATS))), Random(seed))
    body = understood(drawn, ask)
    assert isinstance(body, Body), body
    assert body.move is not None or not ask.must


@given(anything, asks())
def test_reading_any_json_value_gives_a_body_or_a_coded_fault(obj: object, ask: Ask) -> None:
    result = understood(obj, ask)
    assert isinstance(result, Body) or (result.code.islower() and result.detail.endswith("."))


@given(asks(), asks())
def test_the_stable_schema_is_the_same_on_every_turn(one: Ask, other: Ask) -> None:
    # Of one seat, one kind of ask, one set of claims and one memory: that is what a match holds fixed.
    board = None if one.board is None else other.board or one.board
    same = structs.replace(other, seat=one.seat, kind=one.kind, claims=one.claims, notes=one.notes, board=board)
    assert schema(one, SEATS, exact=False) == schema(same, SEATS, exact=False)


STRICT = {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs"}
STRICT |= {"minItems", "maxItems", "minimum", "maximum"}


def parts_of(part: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [*part.get("properties", {}).values(), *part.get("anyOf", ()), *part.get("$defs", {}).values()]
    inner += [part["items"]] if "items" in part else []
    return [part, *[found for i in inner for found in parts_of(i)]]


@given(asks())
def test_the_stable_schema_keeps_to_strict_mode(ask: Ask) -> None:
    root = schema(ask, SEATS, exact=False)
    assert root["type"] == "object"
    for part in parts_of(root):
        assert part.keys() <= STRICT
        assert len(part) == 1 or "$ref" not in part
        if part.get("type") == "object":
            assert part["required"] == list(part["properties"])
            assert part["additionalProperties"] is False


# Schemas --------------------------------------------------------------------------------------------------------------


def test_the_exact_schema_offers_what_is_legal_now_and_nothing_else() -> None:
    ask = an_ask(3, 5, moves=forms(3, 5)[1:2], must=True, reach=Reach(False, (2,)), claims=())
    assert schema(ask, SEATS) == {
        "type": "object",
        "properties": {
            "messages": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "to": {
                            "type": "array",
                            "items": {"type": "string", "enum": ["Cho"]},
                            "minItems": 1,
                            "maxItems": 1,
                        },
                        "text": {"type": "string"},
                    },
                    "required": ["to", "text"],
                    "additionalProperties": False,
                },
            },
            "move": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": ["accept"]},
                    "offer": {"type": "integer", "enum": [3, 5]},
                },
                "required": ["kind", "offer"],
                "additionalProperties": False,
            },
            "notes": {"type": ["string", "null"]},
        },
        "required": ["messages", "move", "notes"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"reach": Reach(False, ())},
        {"left": Allowance(messages=0)},
        {"left": Allowance(characters=0)},
        {"left": Allowance(total=0)},
    ],
)
def test_a_seat_that_can_say_nothing_has_neither_messages_nor_claims(changes: dict[str, Any]) -> None:
    assert list(schema(an_ask(**changes), SEATS)["properties"]) == ["move", "notes"]


def test_limits_of_talk_stand_in_the_exact_schema() -> None:
    messages = schema(an_ask(left=Allowance(2, 80, 50)), SEATS)["properties"]["messages"]
    assert messages["maxItems"] == 2
    assert messages["items"]["properties"]["text"] == {"type": "string", "maxLength": 50}


def test_a_move_that_is_not_owed_may_be_null() -> None:
    exits = forms()[3:]
    move = schema(an_ask(moves=exits), SEATS)["properties"]["move"]
    assert move["anyOf"][-1] == {"type": "null"}
    assert schema(an_ask(moves=exits, must=True), SEATS)["properties"]["move"]["properties"].keys() == {"kind"}
    assert schema(an_ask(moves=()), SEATS)["properties"]["move"] == {"type": "null"}


def test_a_bid_asks_for_a_number_from_0_to_10_alone() -> None:
    for exact in (True, False):
        assert schema(BID, SEATS, exact)["properties"] == {"bid": {"type": "integer", "minimum": 0, "maximum": 10}}


def test_a_call_names_the_next_speaker() -> None:
    assert schema(CALL, SEATS)["properties"]["next"] == {"type": "string", "enum": ["Bob", "Cho"]}


def test_a_changing_choice_is_widened_in_the_stable_schema() -> None:
    stable = schema(an_ask(3), SEATS, exact=False)
    assert stable == schema(an_ask(), SEATS, exact=False)
    accept = stable["properties"]["move"]["anyOf"][1]
    assert accept["properties"]["offer"] == {"type": ["string", "integer"]}


def test_what_a_schema_says_twice_is_defined_once() -> None:
    root = schema(an_ask(), SEATS)
    assert set(root["$defs"]) == {"to", "deal", "first"}
    assert root["$defs"]["deal"]["required"] == ["Price", "Date"]
    assert exact_schema_text(an_ask(), SEATS).count('"Price: low"') == 1


def test_a_definition_gets_a_safe_name_whatever_the_field_is_called() -> None:
    long = tuple(f"option number {i}" for i in range(9))
    spec = MoveSpec("pair", "act", (Choice("a/b ~c", long), Choice("d%e", long)))
    root = schema(an_ask(moves=(spec,), claims=()), SEATS)
    assert list(root["$defs"]) == ["to", "part"] or list(root["$defs"]) == ["part"]
    jsonschema.validate(
        {"messages": [], "move": {"kind": "pair", "a/b ~c": long[0], "d%e": long[8]}, "notes": None}, root
    )


def test_the_exact_schema_is_one_line_of_compact_json() -> None:
    text = exact_schema_text(an_ask(1), SEATS)
    assert "\n" not in text
    assert ": " not in text.replace("Price: ", "").replace("Date: ", "")
    assert json.loads(text) == schema(an_ask(1), SEATS)


# Reading --------------------------------------------------------------------------------------------------------------


def test_every_part_of_a_reply_is_read() -> None:
    reply = {
        "messages": [{"to": "all", "text": "Hello."}, {"to": ["Cho"], "text": "Psst."}],
        "claims": [
            {"to": "all", "claim": {"kind": "points", "issue": "Date", "points": {"July": 0, "June": 9}}},
            {"to": ["Bob"], "claim": {"kind": "reserve", "points": 40}},
        ],
        "move": {"kind": "propose", "deal": {"Date": "July", "Price": "mid"}},
        "notes": "Cho is flexible.",
    }
    assert understood(reply, an_ask()) == Body(
        (Message((1, 2), "Hello."), Message((2,), "Psst.")),
        (Claim((1, 2), Points("Date", (9.0, 0.0))), Claim((1,), Reserve(40.0))),
        Propose(("mid", "July")),
        "Cho is flexible.",
    )


def test_what_is_left_out_is_nothing() -> None:
    assert understood({}, an_ask()) == Body()
    assert understood({"move": None, "notes": None}, an_ask()) == Body()


def test_a_bid_and_a_call_are_read() -> None:
    assert understood({"bid": 10}, BID) == Body(bid=10)
    assert understood({"next": "Cho"}, CALL) == Body(call=2)


def test_a_number_with_nothing_behind_the_point_is_the_whole_number() -> None:
    assert understood({"bid": 3.0}, BID) == Body(bid=3)
    assert understood({"move": {"kind": "accept", "offer": 2.0}}, an_ask(2)) == Body(move=Accept(2))


def test_an_option_that_changes_is_read_whether_it_is_there_now_or_not() -> None:
    assert understood({"move": {"kind": "accept", "offer": 9}}, an_ask()) == Body(move=Accept(9))


def test_a_name_given_twice_counts_once_and_order_does_not_matter() -> None:
    reply = {"messages": [{"to": ["Cho", "Bob", "Cho"], "text": "x"}]}
    assert understood(reply, an_ask()) == Body((Message((1, 2), "x"),))


def test_claims_among_the_forms_go_before_those_of_the_moment() -> None:
    ask = an_ask(forms=(*forms(), *CLAIMS), claims=())
    assert "claims" in schema(ask, SEATS, exact=False)["properties"]
    reply = {"claims": [{"to": "all", "claim": {"kind": "reserve", "points": 1}}]}
    assert understood(reply, ask) == Body(claims=(Claim((1, 2), Reserve(1.0)),))
    assert understood({"move": {"kind": "reserve", "points": 1}}, ask).code == "unknown_kind"  # type: ignore[union-attr]


def message(**changes: object) -> dict[str, object]:
    return {"messages": [{"to": "all", "text": "Hi.", **changes}]}


def move(**fields: object) -> dict[str, object]:
    return {"move": fields}


def claim(**fields: object) -> dict[str, object]:
    return {"claims": [{"to": "all", "claim": fields}]}


DEAL_WIRE = {"Price": "low", "Date": "June"}
TABLE: list[tuple[str, object, Ask, str]] = [
    ("not_object", [], an_ask(), "a list of 0"),
    ("not_object", "hello", an_ask(), '"hello"'),
    ("not_object", None, an_ask(), "null"),
    ("not_object", 3, an_ask(), "the number 3"),
    ("not_object", True, BID, "true"),
    ("unknown_key", {"mesages": []}, an_ask(), '"mesages"'),
    ("unknown_key", {"bid": 3}, an_ask(), '"bid"'),
    ("unknown_key", {"next": "Bob"}, an_ask(), '"next"'),
    ("unknown_key", {"bid": 3, "notes": None}, BID, '"notes"'),
    ("unknown_key", message(why="because"), an_ask(), '"why"'),
    ("unknown_key", move(kind="walk_away", offer=1), an_ask(), '"offer"'),
    ("unknown_key", move(kind="propose", deal={**DEAL_WIRE, "Place": "here"}), an_ask(), '"Place"'),
    ("missing_key", {}, BID, '"bid"'),
    ("missing_key", {"messages": []}, CALL, '"next"'),
    ("missing_key", {"messages": [{"to": "all"}]}, an_ask(), '"text"'),
    ("missing_key", {"claims": [{"to": "all"}]}, an_ask(), '"claim"'),
    ("missing_key", move(deal=DEAL_WIRE), an_ask(), '"kind"'),
    ("missing_key", move(kind="accept"), an_ask(1), '"offer"'),
    ("missing_key", move(kind="propose", deal={"Price": "low"}), an_ask(), '"Date"'),
    ("missing_key", claim(kind="points", points={"low": 1, "mid": 2, "high": 3}), an_ask(), '"issue"'),
    ("wrong_type", {"messages": None}, an_ask(), "null"),
    ("wrong_type", {"messages": {"to": "all", "text": "Hi."}}, an_ask(), "an object with 2 keys"),
    ("wrong_type", {"messages": ["Hi."]}, an_ask(), "messages[0]"),
    ("wrong_type", message(text=7), an_ask(), "messages[0].text"),
    ("wrong_type", message(to="Bob"), an_ask(), '["<name>"]'),
    ("wrong_type", message(to=None), an_ask(), "null"),
    ("wrong_type", {"notes": ["a"]}, an_ask(), "notes"),
    ("wrong_type", {"move": "walk_away"}, an_ask(), '"walk_away"'),
    ("wrong_type", {"move": [{"kind": "walk_away"}]}, an_ask(), "a list of 1"),
    ("wrong_type", move(kind="propose", deal=["low", "June"]), an_ask(), "a list of 2"),
    ("wrong_type", move(kind="accept", offer="1"), an_ask(1), '"1"'),
    ("wrong_type", move(kind="accept", offer="1"), an_ask(), "move"),
    ("wrong_type", move(kind="accept", offer=True), an_ask(1), "true"),
    ("wrong_type", move(kind="accept", offer=1.5), an_ask(1), "1.5"),
    ("wrong_type", move(kind="accept", offer=None), an_ask(1), "null"),
    ("wrong_type", {"bid": True}, BID, "true"),
    ("wrong_type", {"bid": "7"}, BID, '"7"'),
    ("wrong_type", {"bid": float("nan")}, BID, "out of all bounds"),
    ("wrong_type", {"bid": float("inf")}, BID, "bid"),
    ("wrong_type", claim(kind="reserve", points=2.5), an_ask(), "2.5"),
    ("unknown_kind", move(kind="surrender"), an_ask(), '"walk_away"'),
    ("unknown_kind", move(kind=None), an_ask(), "null"),
    ("unknown_kind", move(kind="reserve", points=3), an_ask(), '"reserve"'),
    ("unknown_kind", claim(kind="propose", deal=DEAL_WIRE), an_ask(), '"propose"'),
    ("unknown_kind", claim(kind="reserve", points=3), an_ask(claims=()), "nothing"),
    ("unknown_option", move(kind="propose", deal={**DEAL_WIRE, "Price": "LOW"}), an_ask(), '"low", "mid", "high"'),
    ("unknown_option", move(kind="propose", deal={**DEAL_WIRE, "Price": None}), an_ask(), "null"),
    ("unknown_option", claim(kind="points", issue="Place", points={}), an_ask(), '"Price", "Date"'),
    ("out_of_range", {"bid": 11}, BID, "from 0 to 10"),
    ("out_of_range", {"bid": -1}, BID, "-1"),
    ("out_of_range", claim(kind="reserve", points=1001), an_ask(), "1001"),
    ("out_of_range", claim(kind="reserve", points=10**30), an_ask(), "out of all bounds"),
    ("unknown_seat", message(to=["Bobby"]), an_ask(), '"Bobby"'),
    ("unknown_seat", message(to=[1]), an_ask(), "the number 1"),
    ("unknown_seat", message(to=["all"]), an_ask(), '"Bob", "Cho"'),
    ("unknown_seat", {"next": "everyone"}, CALL, '"everyone"'),
    ("own_seat", message(to=["Bob", "Ann"]), an_ask(), '"Ann"'),
    ("no_seat", message(to=[]), an_ask(), "a list of 0"),
    ("bad_text", message(text="\ud83d"), an_ask(), "Unicode"),
    ("bad_text", {"notes": "a\udc00b"}, an_ask(), "notes"),
]


@pytest.mark.parametrize(("code", "obj", "ask", "shown"), TABLE)
def test_a_reply_that_is_not_understood_is_a_coded_fault_that_says_why(
    code: str, obj: object, ask: Ask, shown: str
) -> None:
    fault = understood(obj, ask)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert shown in fault.detail
    fault.detail.encode()  # can be written down, whatever the model wrote


LONG = "Z" * 5000


@pytest.mark.parametrize(
    "obj",
    [
        LONG,
        {LONG: 1},
        {"notes": {LONG: LONG}},
        {"move": {"kind": LONG}},
        {"move": {"kind": "propose", "deal": {"Price": LONG, "Date": "June"}}},
        {"move": {"kind": "propose", "deal": {LONG: "low"}}},
        {"messages": [{"to": [LONG], "text": "x"}]},
        {"messages": [{"to": LONG, "text": "x"}]},
        {"claims": [{"to": "all", "claim": {"kind": "points", "issue": LONG}}]},
        {"messages": [{"to": "all", "text": LONG + "\ud800"}]},
    ],
)
def test_a_fault_repeats_little_of_what_the_model_wrote(obj: object) -> None:
    fault = understood(obj, an_ask(1))
    assert isinstance(fault, Fault)
    assert fault.detail.count("Z") <= 80


# Rendering ------------------------------------------------------------------------------------------------------------


def test_a_body_is_written_with_the_properties_that_were_asked_for() -> None:
    ask = an_ask()
    assert render(Body(move=WalkAway()), ask, SEATS) == {
        "messages": [],
        "claims": [],
        "move": {"kind": "walk_away"},
        "notes": None,
    }
    silent = structs.replace(ask, reach=Reach(False, ()))
    assert render(Body(), silent, SEATS) == {"move": None, "notes": None}
    assert render(Body(bid=4), BID, SEATS) == {"bid": 4}
    assert render(Body(call=1), CALL, SEATS)["next"] == "Bob"


def test_a_whisper_to_everyone_is_a_list_of_names_where_no_public_word_is_allowed() -> None:
    body: Body[Any, Any] = Body((Message((1, 2), "x"),))
    closed = an_ask(reach=Reach(False, (1, 2)))
    assert render(body, closed, SEATS)["messages"] == [{"to": ["Bob", "Cho"], "text": "x"}]
    assert render(body, an_ask(), SEATS)["messages"] == [{"to": "all", "text": "x"}]


class Odd(Struct, frozen=True, tag="odd", tag_field="kind"):
    size: int


def test_what_fits_no_form_is_written_as_it_is() -> None:
    body: Body[Any, Any] = Body((Message((7,), "x"),), (Claim((1,), Reserve(2.5)),), Propose(("free", "June", "more")))
    assert render(body, an_ask(), SEATS) == {
        "messages": [{"to": ["7"], "text": "x"}],
        "claims": [{"to": ["Bob"], "claim": {"kind": "reserve", "points": 2.5}}],
        "move": {"kind": "propose", "deal": ["free", "June", "more"]},
        "notes": None,
    }
    assert render(Body(move=Odd(3)), an_ask(), SEATS)["move"] == {"kind": "odd", "size": 3}


# Strict JSON ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("not_json", "{"),
        ("not_json", '{"a": 1} tail'),
        ("not_json", "{'a': 1}"),
        ("not_json", '{"a": 1,}'),
        ("not_finite", '{"a": ' + "9" * 5000 + "}"),
        ("not_json", '{"a": "tab\there"}'),
        ("duplicate_key", '{"a": {"b": 1, "b": 1}}'),
        ("not_finite", '{"a": NaN}'),
        ("not_finite", '{"a": -Infinity}'),
        ("not_finite", '{"a": 1e999}'),
        ("too_deep", "[" * 33 + "]" * 33),
        ("too_deep", "[" * 100_000),
    ],
)
def test_json_is_read_strictly(code: str, text: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_json(text)
    assert caught.value.fault.code == code


def test_brackets_inside_strings_do_not_count_as_depth() -> None:
    assert read_json('["' + "[" * 50 + '\\"["]') == ["[" * 50 + '"[']


@given(anything.filter(lambda v: v == v))
def test_strict_json_reads_what_any_json_writer_writes(value: object) -> None:
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        return
    assert read_json(text) == json.loads(text)


def test_a_record_s_values_stand_in_the_order_of_its_fields() -> None:
    assert [field.name for field in DEAL.fields] == ["Price", "Date"]
    reply = {"move": {"kind": "propose", "deal": {"Date": "June", "Price": "high"}}}
    assert understood(reply, an_ask()) == Body(move=Propose(("high", "June")))


# Memory and summaries -------------------------------------------------------------------------------------------------

SUMMARISE = Ask(0, "summarise", 4, (), (), (), Reach(False, ()), Allowance(characters=30), covers=2)
WITH_BOARD = structs.replace(an_ask(), board=Board(3, "so far", 40))


def test_a_summary_is_an_object_with_a_text_and_nothing_else() -> None:
    body: Body[Any, Any] = Body(summary="It went well.")
    assert render(body, SUMMARISE, SEATS) == {"summary": "It went well."}
    assert understood({"summary": "It went well."}, SUMMARISE) == body
    for exact, most in ((True, {"maxLength": 30}), (False, {})):
        assert schema(SUMMARISE, SEATS, exact)["properties"] == {"summary": {"type": "string", **most}}
    for wrong, code in (({}, "missing_key"), ({"summary": None}, "wrong_type"), ({"notes": "x"}, "unknown_key")):
        fault = understood(wrong, SUMMARISE)
        assert isinstance(fault, Fault)
        assert fault.code == code


def test_notes_are_offered_and_read_only_where_they_are_kept() -> None:
    forgets = structs.replace(an_ask(), notes=False)
    assert "notes" in schema(an_ask(), SEATS)["properties"]
    assert "notes" not in schema(forgets, SEATS)["properties"]
    fault = understood({"move": None, "notes": "Mine."}, forgets)
    assert isinstance(fault, Fault)
    assert fault.code == "unknown_key"
    assert "notes" not in render(Body(), forgets, SEATS)


def test_a_board_is_offered_in_the_version_that_stands_and_read_in_any() -> None:
    assert "board" not in schema(an_ask(), SEATS)["properties"]
    exact, stable = (
        schema(WITH_BOARD, SEATS, e)["properties"]["board"]["anyOf"][0]["properties"] for e in (True, False)
    )
    assert exact == {"version": {"type": "integer", "enum": [3]}, "text": {"type": "string", "maxLength": 40}}
    assert stable == {"version": {"type": "integer"}, "text": {"type": "string"}}
    assert understood({"board": {"version": 2, "text": "Late."}}, WITH_BOARD) == Body(board=Posting(2, "Late."))
    assert understood({"board": None}, WITH_BOARD) == Body()
    assert render(Body(), WITH_BOARD, SEATS)["board"] is None


@pytest.mark.parametrize(
    ("board", "code"),
    [
        ("All of it.", "wrong_type"),
        ({"text": "x"}, "missing_key"),
        ({"version": 3}, "missing_key"),
        ({"version": "3", "text": "x"}, "wrong_type"),
        ({"version": 3.5, "text": "x"}, "wrong_type"),
        ({"version": True, "text": "x"}, "wrong_type"),
        ({"version": 3, "text": None}, "wrong_type"),
        ({"version": 3, "text": "x", "by": "Ann"}, "unknown_key"),
    ],
)
def test_a_board_of_another_form_is_a_fault_of_the_whole_reply(board: Any, code: str) -> None:
    fault = understood({"messages": [], "board": board}, WITH_BOARD)
    assert isinstance(fault, Fault)
    assert fault.code == code


def test_a_board_is_a_fault_where_there_is_none() -> None:
    fault = understood({"board": {"version": 0, "text": "x"}}, an_ask())
    assert isinstance(fault, Fault)
    assert fault.code == "unknown_key"


def test_a_schema_is_made_once_for_asks_that_differ_in_their_number_alone() -> None:
    ask = an_ask()
    first = exact_schema_text(ask, SEATS)
    assert exact_schema_text(structs.replace(ask, nth=7), SEATS) is first
    assert exact_schema_text(structs.replace(ask, must=True), SEATS) != first
    assert exact_schema_text(ask, SEATS[::-1]) != first
    stable = schema(ask, SEATS, exact=False)
    assert schema(structs.replace(ask, nth=7, must=True, moves=()), SEATS, exact=False) is stable
    assert schema(structs.replace(ask, seat=1), SEATS, exact=False) != stable
    later = structs.replace(WITH_BOARD, board=Board(9, "more", 2))
    assert schema(later, SEATS, exact=False) is schema(WITH_BOARD, SEATS, exact=False) != stable
    assert schema(structs.replace(ask, notes=False), SEATS, exact=False) != stable
