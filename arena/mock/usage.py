"""Token counts, estimated: a tokenizer would tie the mock server to one model family."""

from arena.mock.json_value import Json

CHARACTERS_PER_TOKEN = 4


def tokens(text: str) -> int:
    """About how many tokens `text` is: one for every 4 code points, rounded up (OpenAI's rule of thumb for English)."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def usage(prompt: str, answer: str, cached_tokens: int) -> dict[str, Json]:
    """OpenAI's usage object for a prompt and an answer, of which `cached_tokens` were served from the prefix cache."""
    sent, made = tokens(prompt), tokens(answer)
    return {
        "prompt_tokens": sent,
        "completion_tokens": made,
        "total_tokens": sent + made,
        "prompt_tokens_details": {"cached_tokens": cached_tokens},
    }
