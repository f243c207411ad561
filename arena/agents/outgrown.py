"""What becomes of a prompt that does not fit: how much of it the seat is to summarise, or that nothing can be."""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.overflow import Overflow
from arena.core.view import Ask
from arena.errors import ContextTooSmall
from arena.models.answer import Model
from arena.models.messages import ChatMessage
from arena.models.window import Window, weight

REQUEST = 2000  # bytes; about what the request for a summary adds


def answers_to_cover(messages: Sequence[ChatMessage], ask: Ask) -> int:
    """How many answers a summary could cover that would make these messages shorter."""
    return ask.covers - 1 if ask.kind == "summarise" else len(messages) // 2 - 1


def outgrown(model: Model, messages: Sequence[ChatMessage], ask: Ask, who: str, why: str = "") -> Overflow:
    """How much of a conversation that does not fit the seat is to summarise.

    As many of its answers, with all that led to them, as fit together with the request; one of them at least. `why` is
    what the endpoint said. Raises ContextTooSmall where there is none: the brief, the summary before this one, and what
    came after it are needed as they are.
    """
    window = model.window
    size = weight(messages, {})
    answers = answers_to_cover(messages, ask)
    if answers < 1:
        raise ContextTooSmall(_advice(model, window, size, who, why))
    covers = next((n for n in range(answers, 1, -1) if window.holds(weight(messages[: 1 + 2 * n], {}) + REQUEST)), 1)
    return Overflow(covers, window.room(), window.tokens(size), window.context or 0)


def _advice(model: Model, window: Window, size: int, who: str, why: str) -> str:
    endpoint = model.endpoint
    place = f"{endpoint.model!r} at {endpoint.place}"
    takes = f"takes {window.context:,}" if window.context else "takes fewer"
    return (
        f"{why or place}: the prompt of {who} has about {window.tokens(size):,} tokens and the model {takes}, answer "
        "included; it is the brief and what was said since the last summary, and cannot be made shorter: "
        "seat a model with a larger context, correct `context` or lower `max_output_tokens`, or limit what is said "
        "(`limits: {characters: ...}`)"
    )
