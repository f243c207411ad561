"""An answer as OpenAI's chat.completion object."""

from typing import Literal

from arena.core.draw import Draw
from arena.mock.answer import Answer, compose
from arena.mock.json_value import Json
from arena.mock.request import Request
from arena.mock.usage import Spent, chat_usage

EPOCH = 1_700_000_000
SPAN = 2**24
Place = Literal["reasoning", "reasoning_content", "think"]
"""Where thoughts stand in a message: a field of this name, or a block <think>...</think> before what is said."""


def complete(request: Request, seed: int, cached_tokens: int = 0) -> dict[str, Json]:
    """The completion of a request by a legal answer. Raises ApiError as `compose` does."""
    answer = compose(request, seed)
    return chat_completion(request, request.draw(seed), answer, Spent.on(request, answer, cached_tokens))


def chat_completion(
    request: Request, draw: Draw, answer: Answer, spent: Spent, place: Place = "reasoning_content"
) -> dict[str, Json]:
    """The object of an answer; its id and the time of its creation are drawn too."""
    return {
        "id": f"chatcmpl-{draw.at('id').key.hex()[:29]}",
        "object": "chat.completion",
        "created": created(draw),
        "model": request.model,
        "choices": [
            {
                "index": 0,
                "message": _message(answer, f"call_{draw.at('call').key.hex()[:24]}", place),
                "logprobs": None,
                "finish_reason": "tool_calls" if answer.call and answer.finish == "stop" else answer.finish,
            }
        ],
        "usage": chat_usage(spent),
    }


def created(draw: Draw) -> int:
    """When an answer was created, in seconds since 1970: some time that the request decides."""
    return EPOCH + draw.number("created") % SPAN


def _message(answer: Answer, call_id: str, place: Place) -> dict[str, Json]:
    said = answer.said
    if place == "think" and answer.thoughts:
        said = f"<think>\n{answer.thoughts}\n</think>\n\n{said or ''}"
    message: dict[str, Json] = {"role": "assistant", "content": said, "refusal": answer.refusal}
    if place != "think" and answer.thoughts:
        message[place] = answer.thoughts
    if answer.call is not None:
        name, arguments = answer.call
        function: Json = {"name": name, "arguments": arguments}
        message["tool_calls"] = [{"id": call_id, "type": "function", "function": function}]
    return message
