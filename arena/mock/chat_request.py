"""The body of POST /v1/chat/completions, read and checked."""

from arena.mock.api_error import bad_request
from arena.mock.json_value import Json, canonical, read_json
from arena.mock.request import Request, ResponseFormat
from arena.mock.tools import callable_tools

ROLES = frozenset({"developer", "system", "user", "assistant", "tool", "function"})


def read_chat_request(body: bytes) -> Request:
    """The request that `body` spells; raises ApiError (400, OpenAI's shape) for what the mock server cannot serve.

    Parameters that change nothing here (temperature, ...) are accepted and only feed the draw.
    """
    source, spelt = read_body(body)
    refuse_streams(source)
    n = source.get("n")
    if n is not None and (isinstance(n, bool) or n != 1):
        raise bad_request("The mock server gives one choice a request; leave 'n' out or set it to 1.", "n")
    messages = _messages(source.get("messages"))
    return Request(
        api="chat",
        model=model_name(source),
        tools=callable_tools(source.get("tools"), source.get("tool_choice")),
        response_format=_response_format(source.get("response_format")),
        first=_words(messages[0], "messages[0]"),
        last_user=_last_user(messages),
        prompt="".join(canonical(m) + "\n" for m in messages),
        extras="".join(canonical(source[k]) for k in ("tools", "response_format") if source.get(k) is not None),
        most=limit(source, "max_completion_tokens", "max_tokens"),
        canonical=spelt,
    )


def read_body(body: bytes) -> tuple[dict[str, Json], str]:
    """The object that a request's body spells, and its canonical spelling. Raises ApiError."""
    try:
        source = read_json(body)
        spelt = canonical(source)
    except (ValueError, RecursionError) as e:
        raise bad_request(f"We could not parse the JSON body of your request: {e}.") from None
    if not isinstance(source, dict):
        raise bad_request("The body of your request must be a JSON object.")
    return source, spelt


def refuse_streams(source: dict[str, Json]) -> None:
    """Raises ApiError where a stream is asked for."""
    if source.get("stream") not in (None, False):
        raise bad_request("The mock server does not stream; leave 'stream' out or set it to false.", "stream")


def model_name(source: dict[str, Json]) -> str:
    """The model that is asked for. Raises ApiError."""
    model = source.get("model")
    if not isinstance(model, str) or not model:
        raise bad_request("You must provide a model parameter, a string.", "model")
    return model


def limit(source: dict[str, Json], *names: str) -> int | None:
    """The tokens that an answer may have, from the first of these parameters that is set. Raises ApiError."""
    for name in names:
        most = source.get(name)
        if most is None:
            continue
        if isinstance(most, bool) or not isinstance(most, int) or most < 1:
            raise bad_request(f"'{name}' must be a whole number, 1 or more.", name)
        return most
    return None


def _messages(messages: Json) -> list[dict[str, Json]]:
    if messages is None:
        raise bad_request("Missing required parameter: 'messages'.", "messages", "missing_required_parameter")
    if not isinstance(messages, list) or not messages:
        raise bad_request("'messages' must be a list of at least one message.", "messages")
    return [_message(m, f"messages[{i}]") for i, m in enumerate(messages)]


def _message(message: Json, param: str) -> dict[str, Json]:
    if not isinstance(message, dict):
        raise bad_request(f"'{param}' must be an object with a role and a content.", param)
    role = message.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise bad_request(f"'{param}.role' must be one of {', '.join(sorted(ROLES))}.", f"{param}.role")
    # An assistant's message may hold tool calls in place of content.
    if role != "assistant" or message.get("content") is not None:
        _text(message.get("content"), f"{param}.content")
    return message


def _words(message: dict[str, Json], param: str) -> str:
    """What a message says; "" where it has no content."""
    content = message.get("content")
    return "" if content is None else _text(content, f"{param}.content")


def _text(content: Json, param: str) -> str:
    """The words of a message: the string itself, or its text parts, a line each."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list) or not content:
        raise bad_request(f"'{param}' must be a string or a list of at least one content part.", param)
    return "\n".join(_part(part, f"{param}[{i}]") for i, part in enumerate(content))


def _part(part: Json, param: str) -> str:
    match part:
        case {"type": "text", "text": str(text)}:
            return text
        case {"type": str(kind)} if kind != "text":
            return ""
    raise bad_request(f"'{param}' must be a content part: {{'type': 'text', 'text': ...}} or another type.", param)


def _last_user(messages: list[dict[str, Json]]) -> tuple[str, str]:
    for i in reversed(range(len(messages))):
        if messages[i]["role"] == "user":
            return f"messages[{i}]", _text(messages[i]["content"], f"messages[{i}].content")
    return "messages", ""


def _response_format(source: Json) -> ResponseFormat:
    match source:
        case None | {"type": "text"}:
            return ResponseFormat()
        case {"type": "json_object"}:
            return ResponseFormat("json_object")
        case {"type": "json_schema", "json_schema": {"schema": dict(schema)}}:
            return ResponseFormat("json_schema", schema)
        case {"type": "json_schema"}:
            param = "response_format.json_schema.schema"
            raise bad_request(f"Missing required parameter: '{param}', an object.", param)
    raise bad_request("'response_format' must have the type text, json_object or json_schema.", "response_format")
