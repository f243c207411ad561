"""A prompt that has outgrown its model's context: a fact about a question, and nobody's fault."""

from __future__ import annotations

from msgspec import Struct


class Overflow(Struct, frozen=True):
    """Why a question has no answer: the prompt does not fit, so the seat is to summarise what it was told before.

    covers: how many of its answers since its last summary the new one is to cover, 1 or more; what came after them it
    is told again. room: the most characters that the summary may have. tokens: of the prompt, as far as is known;
    context: of the model.
    """

    covers: int
    room: int
    tokens: int
    context: int
