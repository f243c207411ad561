"""Keys: taken from the environment when a client is opened, kept out of every text."""

from __future__ import annotations

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote, quote_plus

from arena.errors import UsageError
from arena.hiding import HIDDEN, in_use, unlike_a_key
from arena.models.endpoint import Endpoint
from arena.models.spelling import hide, plain

WHOLE = 8  # a secret of fewer characters is hidden where it stands alone; inside words it is no secret
IN_REPLIES = 6  # a "key" of fewer characters, as local servers are given, may be a word that a model says


class Secrets:
    """The key and the secret headers of one endpoint. Its repr shows neither.

    Raises UsageError where a variable that is needed is not set, or holds what cannot be sent in a header, or what the
    address holds as well, which is written down.
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
        # Of a header such as "Bearer abc", what stands behind the word as well.
        secrets = [part for secret in (self.key, *named) if secret for part in {secret, secret.split()[-1]}]
        address = plain(endpoint.base_url).lower()
        if any(len(secret) >= 2 * WHOLE and plain(secret).lower() in address for secret in secrets):
            raise UsageError(f"the address of {endpoint.model!r} holds its key; leave it out, it is sent in a header")
        begun = [rf"{re.escape(secret[:WHOLE])}[^\s\"']*" for secret in secrets if len(secret) >= 2 * WHOLE]
        self._everywhere = _patterns(secrets, begun)
        self._in_replies = _patterns([secret for secret in secrets if len(secret) >= IN_REPLIES])
        in_use(self)

    def scrub(self, text: str) -> str:
        """A message without the secrets, however they are spelt, and without anything else that looks like a key."""
        return unlike_a_key(_without(self._everywhere, text))

    def scrub_reply(self, text: str) -> str:
        """What a model said, without the secrets; all else is its own and stays."""
        return _without(self._in_replies, text)


Patterns = tuple[re.Pattern[str], re.Pattern[str]]


def _patterns(secrets: Sequence[str], also: Sequence[str] = ()) -> Patterns:
    """What finds these secrets in a text as it stands, and in one whose escapes are undone."""
    spelt = [spelling for secret in secrets for spelling in _spellings(secret)]
    bare = [undone for spelling in spelt if len(undone := plain(spelling)) >= IN_REPLIES or undone == spelling]
    return _any_of([*map(_one, spelt), *also]), _any_of([*map(_one, dict.fromkeys(bare)), *also])


def _any_of(found: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(found) if found else r"(?!)", re.IGNORECASE)


def _without(patterns: Patterns, text: str) -> str:
    standing, undone = patterns
    return hide(undone, standing.sub(HIDDEN, text), HIDDEN)


def _spellings(secret: str) -> list[str]:
    once = json.dumps(secret)[1:-1]
    escaped = [secret, once, json.dumps(once)[1:-1], repr(secret)[1:-1], escape(secret)]
    for whole in (secret, f"Bearer {secret}"):
        escaped += [quote(whole, safe=""), quote_plus(whole), b64encode(whole.encode()).decode().rstrip("=")]
        escaped.append(urlsafe_b64encode(whole.encode()).decode().rstrip("="))
    return sorted(dict.fromkeys(escaped), key=len, reverse=True)


def _one(spelling: str) -> str:
    pattern = re.escape(spelling)
    return pattern if len(spelling) >= WHOLE else rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"


def _read(variable: str, environ: Mapping[str, str], endpoint: Endpoint, optional: bool) -> str | None:
    value = environ.get(variable, "").strip()
    if not value and not optional:
        who = f"endpoint of {endpoint.model!r} at {endpoint.place}"
        raise UsageError(f"{who} needs the variable {variable}, which is not set; set it to the key, or put it in .env")
    if not (value.isascii() and value.isprintable()):
        raise UsageError(f"the variable {variable} holds characters that a header cannot; set it to the key alone")
    return value or None
