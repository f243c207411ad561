"""The messages of a request: as they are sent, and the hash by which a transcript refers to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Protocol


class ChatMessage(Protocol):
    """One message of a chat."""

    @property
    def role(self) -> str: ...
    @property
    def content(self) -> str: ...


def as_sent(messages: Sequence[ChatMessage]) -> list[dict[str, str]]:
    """The messages as a request holds them."""
    return [{"role": message.role, "content": message.content} for message in messages]


def prompt_hash(messages: Sequence[ChatMessage]) -> str:
    """BLAKE2b-128 of the canonical JSON of the messages as they are sent, as 32 hex digits.

    Canonical: keys sorted, no spaces, characters unescaped, UTF-8.
    """
    text = json.dumps(as_sent(messages), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return blake2b(text.encode(), digest_size=16).hexdigest()
