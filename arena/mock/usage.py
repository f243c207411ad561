"""Token counts, estimated: a tokenizer would tie the mock server to one model family."""

from __future__ import annotations

from dataclasses import dataclass

from arena.mock.answer import Answer
from arena.mock.json_value import Json
from arena.mock.request import Request

CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens: of the prompt, of those the cached ones, of the answer, and of those the ones that were thought."""

    prompt: int
    cached: int
    output: int
    reasoning: int

    @classmethod
    def on(cls, request: Request, answer: Answer, cached: int) -> Spent:
        """What an answer to a request cost, where `cached` tokens of the prompt came from the prefix cache."""
        thought = tokens(answer.thoughts)
        return cls(tokens(request.prompt + request.extras), cached, tokens(answer.written) + thought, thought)


def tokens(text: str) -> int:
    """About how many tokens `text` is: one for every 4 code points, rounded up (OpenAI's rule of thumb for English)."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def chat_usage(spent: Spent) -> dict[str, Json]:
    """The usage object of chat completions."""
    return {
        "prompt_tokens": spent.prompt,
        "completion_tokens": spent.output,
        "total_tokens": spent.prompt + spent.output,
        "prompt_tokens_details": {"cached_tokens": spent.cached},
        "completion_tokens_details": {"reasoning_tokens": spent.reasoning},
    }


def response_usage(spent: Spent) -> dict[str, Json]:
    """The usage object of the Responses API."""
    return {
        "input_tokens": spent.prompt,
        "input_tokens_details": {"cached_tokens": spent.cached, "cache_write_tokens": 0},
        "output_tokens": spent.output,
        "output_tokens_details": {"reasoning_tokens": spent.reasoning},
        "total_tokens": spent.prompt + spent.output,
    }
