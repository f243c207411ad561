"""A context that a prompt may outgrow, and the words of servers that say so."""

from typing import Any

import pytest

from arena.mock.context import Context, Words
from tests.mock.asking import local, post, stats
from tests.mock_server import serve

LONG = "word " * 400  # 2,000 characters, 508 tokens with what stands around them


def refused(words: Words, sent: str = LONG, path: str = "/chat/completions", **more: Any) -> dict[str, Any]:
    with local(context=Context(200, words)) as url:
        assert post(url, "short").status_code == 200
        response = post(url, sent, path=path, **more)
        assert response.status_code == 400
        assert stats(url)["by_kind"] == {"answer": 1, "refused": 1}
        error: dict[str, Any] = response.json()["error"]
        return error


def test_openai_says_what_the_messages_came_to() -> None:
    assert refused("openai") == {
        "message": "This model's maximum context length is 200 tokens. However, your messages resulted in 508 tokens. "
        "Please reduce the length of the messages.",
        "type": "invalid_request_error",
        "param": "messages",
        "code": "context_length_exceeded",
    }


def test_openai_counts_what_is_asked_for_as_well() -> None:
    assert refused("openai", "short", max_tokens=195)["message"] == (
        "This model's maximum context length is 200 tokens. However, you requested 204 tokens (9 in the messages, "
        "195 in the completion). Please reduce the length of the messages or completion."
    )


def test_openais_responses_say_less() -> None:
    assert refused("openai", path="/responses", input=LONG) == {
        "message": "Your input exceeds the context window of this model. Please adjust your input and try again.",
        "type": "invalid_request_error",
        "param": "input",
        "code": "context_length_exceeded",
    }


def test_vllm_has_words_of_its_own_for_each() -> None:
    assert refused("vllm") == {
        "message": "This model's maximum context length is 200 tokens. However, your request has 508 input tokens. "
        "Please reduce the length of the input messages.",
        "type": "BadRequestError",
        "param": None,
        "code": 400,
    }
    assert refused("vllm", "short", max_tokens=195)["message"] == (
        "'max_tokens' or 'max_completion_tokens' is too large: 195. This model's maximum context length is 200 tokens "
        "and your request has 9 input tokens (195 > 200 - 9)."
    )


def test_llama_cpp_says_both_numbers_beside_the_words() -> None:
    assert refused("llama.cpp") == {
        "message": "request (508 tokens) exceeds the available context size (200 tokens), try increasing it",
        "code": 400,
        "type": "exceed_context_size_error",
        "n_prompt_tokens": 508,
        "n_ctx": 200,
    }


def test_llama_cpp_counts_the_prompt_alone() -> None:
    with local(context=Context(200, "llama.cpp")) as url:
        assert post(url, "short", max_tokens=195).status_code == 200


@pytest.mark.parametrize("words", ["openai", "vllm", "llama.cpp"])
def test_what_fits_is_answered_whatever_the_words(words: Words) -> None:
    with local(context=Context(520, words)) as url:
        assert post(url, LONG).status_code == 200


def test_the_command_takes_a_context_and_whose_words_to_use() -> None:
    with serve(context=200, context_words="llama.cpp") as url:
        assert post(url, LONG).json()["error"]["n_ctx"] == 200
