"""Which fault a request meets, and what becomes of an answer that has one."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.core.draw import Draw
from arena.mock.answer import compose
from arena.mock.asked import read_asked
from arena.mock.chat_request import read_chat_request
from arena.mock.faults import FAULTS, NO_FAULTS, Rates, read_option, read_rates
from arena.mock.request import Request
from arena.mock.spoiling import GIANT, spoilt

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"], "additionalProperties": False}
FORMS = {
    "text": {"messages": [{"role": "user", "content": f"```schema\n{json.dumps(SCHEMA)}\n```"}]},
    "json": {"response_format": {"type": "json_schema", "json_schema": {"name": "r", "schema": SCHEMA}}},
    "tools": {"tools": [{"type": "function", "function": {"name": "reply", "parameters": SCHEMA}}]},
}
ANSWERS = [name for name, fault in FAULTS.items() if fault.stage == "answer"]


def asked(form: str, **more: object) -> Request:
    body = {"model": "mock", "messages": [{"role": "user", "content": "x"}], **FORMS[form], **more}
    return read_chat_request(json.dumps(body).encode())


def met(rates: Rates, n: int = 4000) -> Counter[str | None]:
    draw = Draw.root(1, "some requests")
    faults = [rates.draw(draw.at(i), 0) for i in range(n)]
    return Counter(None if fault is None else fault.name for fault in faults)


@given(st.lists(st.sampled_from(list(FAULTS)), unique=True, max_size=4), st.floats(0, 0.25))
def test_faults_come_at_their_rates_and_all_else_is_answered(names: list[str], rate: float) -> None:
    found = met(read_rates((name, rate) for name in names), 1000)
    assert set(found) <= {*names, None}
    for name in names:
        assert abs(found[name] / 1000 - rate) < 0.06  # four standard deviations


def test_without_rates_there_are_no_faults_and_with_a_rate_of_1_there_is_nothing_else() -> None:
    assert met(NO_FAULTS) == {None: 4000}
    assert met(read_rates([("hang", 1)])) == {"hang": 4000}
    assert met(read_rates([("hang", "0.5"), ("429", 0.5)])).keys() == {"hang", "429"}


def test_which_fault_it_is_does_not_hang_on_the_order_in_which_the_rates_were_given() -> None:
    one, other = [("hang", 0.2), ("429", 0.2), ("empty", 0.2)], [("empty", 0.2), ("hang", 0.2), ("429", 0.2)]
    assert read_rates(one) == read_rates(other)


def test_every_attempt_has_a_draw_of_its_own_and_the_same_one_every_time() -> None:
    rates, draw = read_rates([("500", 0.5)]), Draw.root(0, "a request")
    first = [rates.draw(draw, attempt) is None for attempt in range(60)]
    assert first == [rates.draw(draw, attempt) is None for attempt in range(60)]
    assert 10 < sum(first) < 50


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ([("42", 0.1)], "there is no fault '42'"),
        ([("refused", 0.1)], "did you mean 'refusal'"),
        ([("429", 1.5)], "expected a number from 0 to 1"),
        ([("429", -0.1)], "expected a number from 0 to 1"),
        ([("429", "often")], "the rate of '429' is 'often'"),
        ([("429", True)], "expected a number"),
        ([("429", "nan")], "expected a number"),
        ([("429", 0.1), ("429", 0.2)], "given twice"),
        ([("429", 0.6), ("500", 0.6)], "add up to 1.2"),
    ],
)
def test_rates_that_cannot_be_are_told_apart(named: list[tuple[str, object]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_rates(named)


def test_an_option_names_a_fault_and_its_rate() -> None:
    assert read_option("429-bare=0.1") == ("429-bare", "0.1")
    with pytest.raises(ValueError, match="expected NAME=RATE"):
        read_option("429")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ANSWERS)
def test_a_spoilt_answer_is_spoilt_in_every_form_and_always_alike(name: str, form: str) -> None:
    request = asked(form)
    draw = request.draw(5)
    sound = compose(request, 5)
    answers = [spoilt(FAULTS[name], sound, read_asked(request), draw) for _ in range(2)]
    assert answers[0] == answers[1] != sound
    said = answers[0].said if answers[0].call is None else answers[0].call[1]
    bare = (said or "").partition("```json\n")[2].removesuffix("\n```") if form == "text" else said or ""
    match name:
        case "bad-json" | "truncated":
            with pytest.raises(json.JSONDecodeError):
                json.loads(bare)
            assert (answers[0].finish == "length") == (name == "truncated")
        case "wrong-schema":
            assert json.loads(said or "").keys() == {"answer"}
            assert (answers[0].call is not None) == (form == "tools")
        case "empty":
            assert (answers[0].said, answers[0].call) == ("", None)
        case "refusal":
            assert (answers[0].said, answers[0].finish) == (None, "stop")
            assert answers[0].refusal
        case "content-filter":
            assert (answers[0].said, answers[0].finish) == (None, "content_filter")
        case "thought-only":
            assert (answers[0].said, answers[0].call) == (None, None)
            assert answers[0].thoughts
        case "giant":
            assert len(said or "") > GIANT
            whole = sound.said if sound.call is None else sound.call[1]
            assert (said or "").endswith(whole or "")
        case _:
            pytest.fail(f"nothing is said of {name}")


def test_a_fault_that_is_none_of_the_answer_spoils_none() -> None:
    request = asked("json")
    with pytest.raises(KeyError):
        spoilt(FAULTS["hang"], compose(request, 0), read_asked(request), request.draw(0))
