"""Keeping secrets out of whatever is written down or shown, whoever wrote it.

What a server, a library or an agent's code says may repeat a key. Whoever knows one offers its scrubbing here for as
long as it is in use; the doors to files, logs and the terminal ask `hidden`.
"""

from __future__ import annotations

import re
from typing import Protocol
from weakref import WeakSet

HIDDEN = "[hidden]"
# By what their providers put in front of them: OpenAI and its likes, Google, Hugging Face, Groq and others, xAI,
# NVIDIA, Amazon, Slack; and a token of three parts (RFC 7519), which all begin so.
SHAPES = (
    r"\bsk-[\w*.-]{2,}",
    r"\bAIza[\w-]{10,}",
    r"\b(?:hf|gsk|r8|ghp|gho|pplx|fw|tgp_v1|csk)[_-][A-Za-z0-9_-]{12,}",
    r"\b(?:xai|nvapi)-[\w-]{12,}",
    r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}",
    r"\bxox[a-z]-[\w-]{8,}",
    r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*",
)
# Also where it is shown in part: sk-abc***xyz, Bearer abc.
_LIKE_A_KEY = re.compile(
    "|".join([*SHAPES, r"\bBearer\s+[^\s\"',;]+", r"(?<![\w.-])[\w.-]*\*{3,}[\w.-]*"]), re.IGNORECASE
)


class Scrubs(Protocol):
    """Knows secrets."""

    def scrub_reply(self, text: str) -> str:
        """The text without them."""


_IN_USE: WeakSet[Scrubs] = WeakSet()


def in_use(scrubs: Scrubs) -> None:
    """From now on `hidden` hides what this one knows, until nobody holds it any more."""
    _IN_USE.add(scrubs)


def unlike_a_key(text: str) -> str:
    """The text without anything that has the shape of a key."""
    return _LIKE_A_KEY.sub(HIDDEN, text)


def hidden(text: str) -> str:
    """The text without the secrets in use and without anything that has the shape of a key."""
    for scrubs in list(_IN_USE):
        text = scrubs.scrub_reply(text)
    return unlike_a_key(text)
