"""Model strings: `openai/MODEL`, and `openai-api/NAME/MODEL` for any OpenAI-compatible endpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from arena.errors import NotFound, UsageError
from arena.models.endpoint import TokenParam

OPENAI = "https://api.openai.com/v1"
PROVIDERS = ("openai", "openai-api")


class Address(Struct, frozen=True):
    """What a model string stands for; the fields are the endpoint's of the same names."""

    model: str
    base_url: str
    api_key_env: str | None
    key_optional: bool
    token_param: TokenParam


def resolve(
    name: str, environ: Mapping[str, str], base_url: str | None = None, api_key_env: str | None = None
) -> Address:
    """Where the model of this string is asked, with the variables of `environ`.

    `openai/MODEL`: OPENAI_BASE_URL or OpenAI's own address, OPENAI_API_KEY (which only the latter insists on).
    `openai-api/NAME/MODEL`: NAME_BASE_URL and NAME_API_KEY, NAME in capitals with _ for what is not a letter or a
    digit; without a key where that variable is unset. MODEL may hold slashes. `base_url` and `api_key_env` go before
    all of them, and a variable that was named must be set. No key is looked at here. Raises NotFound, UsageError.
    """
    provider, _, rest = name.partition("/")
    if provider not in PROVIDERS:
        raise NotFound("model provider", provider, PROVIDERS)
    if provider == "openai":
        if not rest:
            raise UsageError(f"model {name!r} names no model; write openai/MODEL, as in openai/gpt-5-mini")
        url = base_url or environ.get("OPENAI_BASE_URL") or OPENAI
        optional = api_key_env is None and url != OPENAI
        return Address(rest, url, api_key_env or "OPENAI_API_KEY", optional, "max_completion_tokens")
    host, _, model = rest.partition("/")
    if not host or not model:
        raise UsageError(f"model {name!r} lacks a part; write openai-api/NAME/MODEL, as in openai-api/lab/qwen3")
    prefix = re.sub(r"[^A-Z0-9]", "_", host.upper())
    found = base_url or environ.get(f"{prefix}_BASE_URL")
    if not found:
        raise UsageError(f"model {name!r} has no address; set base_url, or the variable {prefix}_BASE_URL")
    return Address(model, found, api_key_env or f"{prefix}_API_KEY", api_key_env is None, "max_tokens")
