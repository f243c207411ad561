"""What servers say of a prompt that does not fit, as they say it."""

from __future__ import annotations

from typing import Any

import pytest

from arena.models.endpoint import Endpoint
from arena.models.failures import of_response, of_status
from arena.models.too_long import TooLong, too_long

OPENAI = "This model's maximum context length is 8192 tokens. However, your messages resulted in 8545 tokens. "
SAID: list[tuple[str, TooLong]] = [
    (OPENAI + "Please reduce the length of the messages.", TooLong(8192, 8545)),
    (("This model's maximum context length is 4097 tokens. However, you requested 4203 tokens (3703 in the messages, "
     "500 in the completion). Please reduce the length of the messages or completion."), TooLong(4097, 3703)),
    (("Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300123 tokens. Please "
     "reduce the length of the messages."), TooLong(272000, 300123)),
    ("Your input exceeds the context window of this model. Please adjust your input and try again.", TooLong()),
    (("'max_tokens' or 'max_completion_tokens' is too large: 2000. This model's maximum context length is 4096 tokens "
     "and your request has 3000 input tokens (2000 > 4096 - 3000)."), TooLong(4096, 3000)),
    (("The decoder prompt (length 5000) is longer than the maximum model length of 4096. Make sure that "
     "`max_model_len` is no smaller than the number of text tokens."), TooLong(4096, 5000)),
    (("You passed 4097 input tokens and requested 1024 output tokens. However, the model's context length is only 4096 "
     "tokens, resulting in a maximum input length of 3072 tokens."), TooLong(4096, 4097)),
    ("the request exceeds the available context size. try increasing the context size or enable context shift",
     TooLong()),
    ("request (5111 tokens) exceeds the available context size (4096 tokens), try increasing it", TooLong(4096, 5111)),
    ("Requested tokens (2285) exceed context window of 2048", TooLong(2048, 2285)),
    ("prompt is too long: 205,000 tokens > 200,000 maximum", TooLong(200000, 205000)),
    (("input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or "
     "`max_tokens` and try again"), TooLong(200000, 190000)),
    ("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
     TooLong(1048576, 1200000)),
    ("Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
     TooLong(32768, 40000)),
    ("The input (5000 tokens) is longer than the model's context length (4096 tokens).", TooLong(4096, 5000)),
    (("Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 5000 "
     "tokens: 4000 tokens from the input messages and 1000 tokens for the completion."), TooLong(4096, 4000)),
    (("Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and 200 "
     "`max_new_tokens`"), TooLong(4096, 4000)),
    (("This endpoint's maximum context length is 128000 tokens. However, you requested about 130250 tokens (129250 of "
     "text input, 1000 in the output). Please reduce the length of either one."), TooLong(128000, 130250)),
    (("Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context "
     "length of only 4096 tokens, which is not enough."), TooLong(4096, 5000)),
    ("too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4550.", TooLong(4081, None)),
]  # fmt: skip


@pytest.mark.parametrize(("message", "told"), SAID, ids=[message[:40] for message, _ in SAID])
def test_a_sentence_that_says_that_a_prompt_is_too_long_is_understood_with_its_numbers(
    message: str, told: TooLong
) -> None:
    assert too_long(400, None, message) == told
    failure = of_status(Endpoint("m", "http://h/v1"), 400, {"error": {"message": message}}, {})
    assert (failure.too_long, failure.again) == (told, False)
    # vLLM has no `error` around it, and a gateway may answer with 200 or 500.
    assert of_status(Endpoint("m", "http://h/v1"), 500, {"object": "error", "message": message}, {}).too_long == told
    assert of_response(Endpoint("m", "http://h/v1"), {"error": {"message": message, "code": 400}}, "").too_long == told


def test_llama_cpp_tells_the_numbers_beside_the_sentence() -> None:
    body = {"error": {"code": 400, "message": "the request exceeds the available context size", "n_ctx": 8192,
                      "type": "exceed_context_size_error", "n_prompt_tokens": 14429}}  # fmt: skip
    assert of_status(Endpoint("m", "http://h/v1"), 400, body, {}).too_long == TooLong(8192, 14429)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, {"message": "no", "code": "context_length_exceeded"}),
        (413, {"message": "Request Entity Too Large"}),
        (413, "<html>413</html>"),
    ],
)
def test_a_code_or_a_status_is_enough(status: int, error: Any) -> None:
    assert of_status(Endpoint("m", "http://h/v1"), status, {"error": error}, {}).too_long == TooLong()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, {"message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}),
        (400, {"message": "max_tokens is too large: 50000. This model supports at most 16384 completion tokens."}),
        (400, {"message": "Conversation roles must alternate user/assistant."}),
        (400, {"message": "Invalid schema for response_format 'reply'."}),
        (413, {"message": "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 7000",
               "code": "rate_limit_exceeded"}),
        (429, {"message": "Rate limit reached: 9000 tokens requested. Please reduce the length of the messages."}),
        (401, {"message": "context length exceeded"}),
        (500, {"message": "the model crashed"}),
    ],
)  # fmt: skip
def test_other_errors_are_not_taken_for_it(status: int, error: dict[str, str]) -> None:
    assert of_status(Endpoint("m", "http://h/v1"), status, {"error": error}, {}).too_long is None
