"""From a seat's settings to the endpoint of its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arena.models.address import resolve
from arena.models.endpoint import Endpoint

DECLARED = (
    "api",
    "dialect",
    "roles",
    "temperature",
    "top_p",
    "max_output_tokens",
    "token_param",
    "context",
    "timeout",
    "max_retries",
    "rpm",
    "tpm",
    "headers",
    "extra_body",
)


def endpoint_of(settings: Mapping[str, Any], environ: Mapping[str, str]) -> Endpoint:
    """The endpoint that these settings declare. Raises NotFound and UsageError; looks at no key."""
    address = resolve(settings["model"], environ, settings.get("base_url"), settings.get("api_key_env"))
    declared = {name: settings[name] for name in DECLARED if name in settings}
    token_param = "max_output_tokens" if settings.get("api") == "responses" else address.token_param
    return Endpoint(
        model=address.model,
        base_url=address.base_url,
        api_key_env=address.api_key_env,
        key_optional=address.key_optional,
        **{"token_param": token_param} | declared,
    )
