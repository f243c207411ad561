"""A model endpoint as data: everything about it but the key."""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from msgspec import Struct

from arena.errors import UsageError
from arena.models.keys import is_name, looks_like_a_key, must_be_named

Api = Literal["chat", "responses"]
Dialect = Literal["tools", "json_schema", "json_object", "text"]
Roles = Literal["strict", "merged", "system-first"]
TokenParam = Literal["max_tokens", "max_completion_tokens", "max_output_tokens"]

# What Arena itself says in a request: the record of a match would be wrong if something else were sent.
RESERVED = frozenset(
    {"model", "messages", "stream", "n", "input", "instructions", "conversation", "previous_response_id", "background"}
)


class Endpoint(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a model is asked and how. It holds the name of the variable with the key, never a key.

    `api_key_env`: None sends no key; `key_optional`: the variable may be unset, and then none is sent. `dialect`: auto
    tries them out. `temperature`, `top_p` and `max_output_tokens` are sent only where they are set, the last as
    `token_param`. `context` is how many tokens the model takes, prompt and answer together; None: what it says when it
    is too much. `timeout` is in seconds for one attempt, `max_retries` how often a failed one is repeated. `rpm`,
    `tpm`: requests and tokens a minute at most. A value of `headers` that begins with `$` names a variable.
    `extra_body` is added to every request. Raises UsageError for what cannot be, and for a key where its name belongs.
    """

    model: str
    base_url: str
    api_key_env: str | None = None
    key_optional: bool = False
    api: Api = "chat"
    dialect: Dialect | Literal["auto"] = "text"
    roles: Roles = "strict"
    temperature: float | None = None
    top_p: float | None = None
    max_output_tokens: int | None = None
    token_param: TokenParam = "max_tokens"
    context: int | None = None
    timeout: float = 300.0
    max_retries: int = 4
    rpm: float | None = None
    tpm: float | None = None
    headers: dict[str, str] = {}
    extra_body: dict[str, Any] = {}

    def __post_init__(self) -> None:
        parts = _split(self.base_url)
        self._expect(parts.scheme in ("http", "https") and bool(parts.netloc), "base_url", "http://HOST/v1 or https")
        self._expect("@" not in parts.netloc, "base_url", "no user or password in it: name a variable in api_key_env")
        extra = parts.query or parts.fragment or ";" in parts.path
        self._expect(not extra, "base_url", "no ?query in it: a key goes in api_key_env")
        self._expect(
            not looks_like_a_key(unquote(parts.path)), "base_url", "no key in it: name a variable in api_key_env"
        )
        self._expect(bool(self.model), "model", "the name of a model")
        self._expect(self.timeout > 0, "timeout", "seconds above 0")
        self._expect(self.max_retries >= 0, "max_retries", "0 or more")
        self._expect(self.max_output_tokens is None or self.max_output_tokens > 0, "max_output_tokens", "1 or more")
        self._expect(
            self.context is None or self.context > (self.max_output_tokens or 0),
            "context",
            "more tokens than max_output_tokens",
        )
        self._expect(self.rpm is None or self.rpm > 0, "rpm", "requests a minute, above 0")
        self._expect(self.tpm is None or self.tpm > 0, "tpm", "tokens a minute, above 0")
        self._expect_no_key()
        taken = sorted(RESERVED & self.extra_body.keys())
        if taken:
            raise UsageError(f"extra_body sets {', '.join(taken)}, which Arena sets itself; leave it out")

    def _expect(self, holds: bool, name: str, expected: str) -> None:
        if not holds:
            shown = _shown(self.base_url) if name == "base_url" else repr(getattr(self, name))
            raise UsageError(f"endpoint of {self.model!r}: {name} is {shown}; expected {expected}")

    def _expect_no_key(self) -> None:
        """All of this is written into transcripts and saved configurations."""
        who = f"endpoint of {self.model!r}"
        if self.api_key_env is not None and not is_name(self.api_key_env):
            raise UsageError(f"{who}: api_key_env holds what is no variable's name; write the name, as in LAB_API_KEY")
        for name, value in self.headers.items():
            if must_be_named(name, value):
                raise UsageError(f"{who}: headers.{name} holds a key; write the name of its variable, as in $LAB_TOKEN")
        if looks_like_a_key(self.extra_body):
            raise UsageError(f"{who}: extra_body holds a key; name its variable in api_key_env or headers instead")

    @property
    def place(self) -> str:
        """The address as it may be shown: without a user, a password or a query."""
        parts = _split(self.base_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def is_openai(self) -> bool:
        """Whether this is OpenAI's own service."""
        host = _split(self.base_url).hostname or ""
        return host == "openai.com" or host.endswith(".openai.com")

    def parameters(self) -> dict[str, Any]:
        """What a request says besides the model and the messages."""
        chosen = {
            "temperature": self.temperature,
            "top_p": self.top_p,
            self.token_param: self.max_output_tokens,
        }
        return {name: value for name, value in chosen.items() if value is not None} | self.extra_body


def _split(url: str) -> SplitResult:
    """The parts of an address; none of one that cannot be read."""
    try:
        parts = urlsplit(url)
        readable = parts.port is None or parts.port > 0  # a port that is no number raises
    except ValueError:
        readable = False
    return parts if readable else SplitResult("", "", "", "", "")


def _shown(url: str) -> str:
    """An address that will not do, as it may be shown: where it may hold a user, a password or a key, not at all."""
    parts = _split(url)
    path = unquote(parts.path)
    if not (parts.scheme and parts.netloc) or "@" in path or looks_like_a_key(path):
        telling = re.search(r"[@?#;]|\w:(?!//|\d)", url) is not None or looks_like_a_key(url)
        return "not shown, since it may hold a key" if telling else repr(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.partition(";")[0], "", ""))
