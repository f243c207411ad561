"""Keys: taken from the environment when a client is opened, kept out of every text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from arena.errors import UsageError
from arena.models.endpoint import Endpoint

HIDDEN = "[hidden]"
SHORTEST = 4  # a "key" of fewer characters would black out ordinary words
# What looks like a key in a provider's message, also where it is shown in part: sk-abc***xyz, Bearer abc.
_LIKE_A_KEY = re.compile(r"\bsk-[\w*.-]+|\bBearer\s+\S+", re.IGNORECASE)


class Secrets:
    """The key and the secret headers of one endpoint. Its repr shows neither.

    Raises UsageError where a variable that is needed is not set, or holds what cannot be sent in a header.
    """

    def __init__(self, endpoint: Endpoint, environ: Mapping[str, str]) -> None:
        self.key: str | None = None
        if endpoint.api_key_env is not None:
            self.key = _read(endpoint.api_key_env, environ, endpoint, endpoint.key_optional)
        self.headers = {
            name: (_read(value[1:], environ, endpoint, False) or "") if value.startswith("$") else value
            for name, value in endpoint.headers.items()
        }
        named = [self.headers[name] for name, value in endpoint.headers.items() if value.startswith("$")]
        self._hidden = [secret for secret in (self.key, *named) if secret and len(secret) >= SHORTEST]

    def scrub(self, text: str) -> str:
        """The text without the secrets, and without anything else that looks like a key."""
        for secret in self._hidden:
            text = text.replace(secret, HIDDEN)
        return _LIKE_A_KEY.sub(HIDDEN, text)


def _read(variable: str, environ: Mapping[str, str], endpoint: Endpoint, optional: bool) -> str | None:
    value = environ.get(variable, "").strip()
    if not value and not optional:
        who = f"endpoint of {endpoint.model!r} at {endpoint.place}"
        raise UsageError(f"{who} needs the variable {variable}, which is not set; set it to the key")
    if not (value.isascii() and value.isprintable()):
        raise UsageError(f"the variable {variable} holds characters that a header cannot; set it to the key alone")
    return value or None
