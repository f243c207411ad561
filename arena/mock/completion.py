"""The answer to a chat request: a pure function of the seed, the request and what the prefix cache held."""

import json
from hashlib import blake2b

from arena.core.draw import Draw
from arena.mock.api_error import bad_request
from arena.mock.asked import Asked, Option, read_asked
from arena.mock.chat_request import ChatRequest
from arena.mock.json_value import Json
from arena.mock.schemas.document import Document, compile_schema
from arena.mock.schemas.phrases import LEAD_INS, sentence
from arena.mock.schemas.sampling import sample
from arena.mock.schemas.schema import Unsatisfiable, UnsupportedSchema
from arena.mock.usage import usage

EPOCH = 1_700_000_000
SPAN = 2**24


def request_draw(seed: int, request: ChatRequest) -> Draw:
    """The key of every draw made for `request`: the same for bodies that differ only in the order of their keys."""
    digest = blake2b(request.canonical.encode("utf-8", "surrogatepass")).hexdigest()
    return Draw.root(seed, "serve-mock").at(digest)


def complete(request: ChatRequest, seed: int, cached_tokens: int = 0) -> dict[str, Json]:
    """OpenAI's chat.completion object, its contents drawn from the schema that `request` sent.

    The id and the time of creation are derived too. Raises ApiError (400) naming the parameter whose schema is
    malformed, uses a keyword that cannot be honoured, or accepts nothing.
    """
    draw = request_draw(seed, request)
    message = _message(read_asked(request), draw)
    return {
        "id": f"chatcmpl-{draw.at('id').key.hex()[:29]}",
        "object": "chat.completion",
        "created": EPOCH + draw.number("created") % SPAN,
        "model": request.model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "logprobs": None,
                "finish_reason": "tool_calls" if "tool_calls" in message else "stop",
            }
        ],
        "usage": usage(request.prompt + request.extras, _written(message), cached_tokens),
    }


def _message(asked: Asked, draw: Draw) -> dict[str, Json]:
    rng = draw.of("answer")
    # Every option is compiled, so that an unfit schema is refused whichever option the dice would take.
    compiled = [(option, _compiled(option)) for option in asked.options]
    if not compiled:
        said = sentence(rng)
        return _said(json.dumps({"text": said}) if asked.form == "json" else said)
    option, document = rng.choice(compiled)
    try:
        value = json.dumps(sample(document, rng), ensure_ascii=False, sort_keys=True)
    except Unsatisfiable as e:
        raise bad_request(f"Invalid schema in {option.param}: {e}.", option.param, "invalid_schema") from None
    if option.tool is not None:
        return _called(option.tool, value, f"call_{draw.at('call').key.hex()[:24]}")
    return _said(value if asked.form == "json" else f"{rng.choice(LEAD_INS)}\n\n```json\n{value}\n```")


def _compiled(option: Option) -> Document:
    try:
        return compile_schema(option.schema)
    except UnsupportedSchema as e:
        raise bad_request(f"Invalid schema in {option.param}: {e}.", option.param, "invalid_schema") from None


def _said(content: str) -> dict[str, Json]:
    return {"role": "assistant", "content": content, "refusal": None}


def _called(tool: str, arguments: str, call_id: str) -> dict[str, Json]:
    call: Json = {"id": call_id, "type": "function", "function": {"name": tool, "arguments": arguments}}
    return {"role": "assistant", "content": None, "refusal": None, "tool_calls": [call]}


def _written(message: dict[str, Json]) -> str:
    match message:
        case {"tool_calls": [{"function": {"name": str(name), "arguments": str(arguments)}}]}:
            return name + arguments
        case {"content": str(content)}:
            return content
    return ""
