"""A model as it is asked, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from arena.core.usage import Usage
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard
from arena.models.messages import ChatMessage
from arena.models.window import Window


class Answer(Struct, frozen=True):
    """What a model said, and what it cost."""

    heard: Heard
    usage: Usage


class Model(Protocol):
    """What answers a conversation: an endpoint, and what is known of its context."""

    @property
    def endpoint(self) -> Endpoint: ...
    @property
    def window(self) -> Window: ...
    async def complete(self, messages: Sequence[ChatMessage], pieces: Mapping[str, Any], match: str) -> Answer:
        """The answer to these messages, asked for in turn with those of other matches.

        `pieces` is what the dialect adds to the request. Raises EndpointDown and PromptTooLong.
        """
