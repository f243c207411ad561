"""What servers say of a prompt that does not fit: whether an error is that, and the numbers that it tells.

The sentences are those of OpenAI, vLLM, llama.cpp, Anthropic, Gemini, Mistral, SGLang, TGI and LM Studio, and of
gateways in front of them; a server that says the same in other words is mostly caught by "context" and "exceed".
"""

from __future__ import annotations

import re

from msgspec import Struct

CODES = frozenset(
    {"context_length_exceeded", "exceed_context_size_error", "context_window_exceeded", "string_above_max"}
)
LIMITED = frozenset({"rate_limit_exceeded", "tokens", "rate_limit_error"})  # too large for a minute, not for the model
SAID = re.compile(
    r"context (?:length|window|size|limit)s?\b.{0,80}(?:exceed|only|is \d|overflow|full)"
    r"|(?:exceed|overflow|longer than|larger than|beyond).{0,60}context"
    r"|maximum (?:context|model|prompt) length|prompt is too long|input is too long|too many (?:input )?tokens"
    r"|input tokens? (?:count )?.{0,30}exceed|max_new_tokens.{0,5} must be <="
    r"|reduce the length of (?:the|your) (?:messages|prompt|input)",
    re.IGNORECASE | re.DOTALL,
)
_N = r"(?<!\d)(\d[\d,_]{0,14})"  # from its beginning and no longer than any, so that no message takes long
SIZES = (
    rf"context limit: {_N} \+ {_N} > {_N}",
    rf"> {_N} maximum",
    rf"{_N} maximum context length",
    rf"context (?:length|window|size|limit)\D{{0,40}}?{_N}",
    rf"(?:maximum|configured limit|allowed|cannot exceed|must be <=|maximum model length of)\D{{0,40}}?{_N}",
)
COUNTS = (
    rf"{_N} (?:tokens )?(?:in the messages|from the input messages|in your prompt|input tokens|`inputs` tokens)",
    rf"(?:prompt is too long|context limit|in|Given): {_N}",
    rf"(?:requested|request|input|prompt)(?: tokens?)?(?: count)? ?\((?:length )?{_N}",
    rf"(?:resulted in|contains|has|requested|passed|first) (?:about )?{_N}(?: input)? tokens",
)


class TooLong(Struct, frozen=True):
    """A prompt was refused as too long: the tokens that the model takes, and those that it was; None: not told."""

    context: int | None = None
    prompt: int | None = None


def too_long(status: int, code: object, message: str, body: object = None) -> TooLong | None:
    """What an error of this HTTP status says of a prompt that is too long; None where it is about something else.

    code: the error's code or type. body: the decoded response, which of llama.cpp tells the numbers apart.
    """
    if status in (401, 403, 404, 429) or code in LIMITED:
        return None
    if status != 413 and code not in CODES and not SAID.search(message):
        return None
    error = body.get("error", body) if isinstance(body, dict) else None
    told = error if isinstance(error, dict) else {}
    return TooLong(
        _count(told.get("n_ctx")) or _first(SIZES, message),
        _count(told.get("n_prompt_tokens")) or _first(COUNTS, message),
    )


def _first(patterns: tuple[str, ...], message: str) -> int | None:
    """The last number of the first pattern that is found."""
    for pattern in patterns:
        found = re.search(pattern, message, re.IGNORECASE)
        if found is not None:
            return _count(int(re.sub(r"[,_]", "", found[found.lastindex or 1])))
    return None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
