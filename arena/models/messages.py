"""The messages of a request: as they are sent, and the hash by which a transcript refers to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

import msgspec

LONG, KEPT = 1000, 1024  # characters of a piece of a message that is worth keeping as it is spelt, and of how many
_encode = msgspec.json.Encoder().encode


class ChatMessage(Protocol):
    """One message of a chat."""

    @property
    def role(self) -> str: ...
    @property
    def content(self) -> str: ...


def as_sent(messages: Sequence[ChatMessage]) -> list[dict[str, str]]:
    """The messages as a request holds them."""
    return [{"role": message.role, "content": message.content} for message in messages]


def parts(message: ChatMessage) -> tuple[str, ...]:
    """The pieces that a message's content is put together from; what many messages share is one of them."""
    found: tuple[str, ...] | None = getattr(message, "parts", None)
    return (message.content,) if found is None else found


def encoded(messages: Sequence[ChatMessage]) -> bytes:
    """The messages as canonical JSON: keys sorted, no spaces, characters unescaped, UTF-8.

    The bytes of json.dumps with sort_keys, the separators "," and ":", and without ensure_ascii.
    """
    return b"[%s]" % b",".join([b'{"content":"%s","role":"%s"}' % (_content(m), _escaped(m.role)) for m in messages])


def prompt_hash(messages: Sequence[ChatMessage]) -> str:
    """BLAKE2b-128 of the canonical JSON of the messages, as 32 hex digits."""
    return blake2b(encoded(messages), digest_size=16).hexdigest()


def _content(message: ChatMessage) -> bytes:
    pieces = parts(message)
    if len(pieces) == 1:  # nobody shares it
        return _escaped(pieces[0])
    return b"".join([_escaped(piece) if len(piece) < LONG else _kept(piece) for piece in pieces])


def _escaped(text: str) -> bytes:
    return _encode(text)[1:-1]


# The schema of what is legal is most of a message, and the same in many.
_kept = lru_cache(maxsize=KEPT)(_escaped)
