"""What a reply cost, as the endpoint counted it."""

from __future__ import annotations

from typing import Any

from arena.core.usage import Usage

MOST = 1_000_000_000  # tokens; a count beyond it is none


def read_usage(response: object, attempts: int) -> Usage:
    """The tokens that a completion or a response reports, 0 where it reports none, and how often it was asked for.

    Of a prompt no more can have been cached than there was.
    """
    usage = _object(response, "usage")
    sent = _object(usage, "prompt_tokens_details") or _object(usage, "input_tokens_details")
    prompt = _count(usage, "prompt_tokens") or _count(usage, "input_tokens")
    # DeepSeek reports cache hits beside the prompt, not inside its details.
    cached = _count(sent, "cached_tokens") or _count(usage, "prompt_cache_hit_tokens")
    return Usage(
        prompt=prompt,
        cached=min(cached, prompt),
        output=_count(usage, "completion_tokens") or _count(usage, "output_tokens"),
        reasoning=reasoning_tokens(response),
        attempts=attempts,
    )


def reasoning_tokens(response: object) -> int:
    """How many tokens a response spent on reasoning, 0 where it does not say."""
    usage = _object(response, "usage")
    written = _object(usage, "completion_tokens_details") or _object(usage, "output_tokens_details")
    return _count(written, "reasoning_tokens")


def _object(value: object, key: str) -> dict[str, Any]:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _count(value: dict[str, Any], key: str) -> int:
    count = value.get(key)
    return count if isinstance(count, int) and not isinstance(count, bool) and 0 < count <= MOST else 0
