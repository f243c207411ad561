"""What is known of a model's context, and how it becomes known."""

from __future__ import annotations

import pytest

from arena.errors import UsageError
from arena.models.endpoint import Endpoint
from arena.models.too_long import TooLong
from arena.models.window import Window, weight
from arena.prompting import ChatMessage


def window(context: int | None = None, most_output: int | None = None) -> Window:
    return Window(Endpoint("m", "http://h/v1", context=context, max_output_tokens=most_output))


def test_where_nothing_is_known_everything_fits() -> None:
    assert window().holds(10**9)
    assert not window().excludes(10**9)


def test_a_request_weighs_what_its_model_reads_in_bytes() -> None:
    messages = (ChatMessage("system", "abc"), ChatMessage("user", "é漢"))
    assert weight(messages, {}) == 3 + 2 + 3
    assert weight(messages, {"tools": [1]}) == 8 + len('{"tools":[1]}')


def test_before_anything_is_counted_three_bytes_make_a_token() -> None:
    assert window().tokens(3000) == 1000
    assert window().tokens(3001) == 1001


def test_what_the_endpoint_counts_is_believed_the_lowest_ratio_of_all_within_reason() -> None:
    known = window()
    for size, tokens, ratio in ((4000, 1000, 4.0), (8000, 1600, 4.0), (9000, 3000, 3.0), (10, 0, 3.0), (5, 100, 1.0)):
        known.counted(size, tokens)
        assert known.ratio == ratio
    known = window()
    known.counted(50_000, 1)
    assert known.ratio == 6.0


def test_room_for_the_answer_is_kept_the_most_that_was_set_else_a_part_of_the_window() -> None:
    assert window(4000, 1000).holds(9000)
    assert not window(4000, 1000).holds(9001)
    assert window(2000).holds(4500)
    assert not window(2000).holds(4501)
    assert window(100_000).holds(3 * (100_000 - 1024))
    assert not window(100_000).holds(3 * (100_000 - 1024) + 1)


def test_only_what_no_tokenizer_could_make_fit_is_excluded_for_certain() -> None:
    assert not window(1000).excludes(6000)
    assert window(1000).excludes(6001)


@pytest.mark.parametrize(
    ("declared", "told", "context", "ratio"),
    [
        (None, TooLong(4096, 5000), 4096, 2.4),
        (None, TooLong(4096), 4096, 3.0),
        (None, TooLong(None, 5000), 4999, 2.4),
        (None, TooLong(), 3999, 3.0),
        (2048, TooLong(4096, 5000), 2048, 2.4),  # what was declared is less
        (8192, TooLong(4096, 5000), 4096, 2.4),  # what was declared is not true
    ],
)
def test_a_refusal_tells_what_fits_and_afterwards_the_same_prompt_does_not(
    declared: int | None, told: TooLong, context: int, ratio: float
) -> None:
    known = window(declared)
    known.refused(12_000, told)
    assert (known.context, known.ratio) == (context, pytest.approx(ratio))
    assert not known.holds(12_000)


def test_the_answer_that_was_asked_for_counts_where_the_prompt_is_not_told() -> None:
    known = window(None, 1000)
    known.counted(8000, 2000)
    known.refused(12_000, TooLong(8192))
    assert known.ratio == pytest.approx(12_000 / 7193)
    assert not known.holds(12_000)


@pytest.mark.parametrize(("context", "most_output", "room"), [(4096, 800, 1536), (4096, 100, 300), (None, None, 3072)])
def test_a_summary_may_have_an_eighth_of_the_window_and_no_more_than_an_answer(
    context: int | None, most_output: int | None, room: int
) -> None:
    assert window(context, most_output).room() == room


def test_a_context_that_is_no_larger_than_the_answer_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="context is 500; expected more tokens than max_output_tokens"):
        window(500, 500)
    with pytest.raises(UsageError, match="context is 0"):
        window(0)
