"""The body of POST /v1/responses, read and checked: the same request as a chat's, in other words."""

from arena.mock.api_error import bad_request
from arena.mock.chat_request import limit, model_name, read_body, refuse_streams
from arena.mock.json_value import Json, canonical
from arena.mock.request import Request, ResponseFormat
from arena.mock.tools import callable_tools

ROLES = frozenset({"assistant", "developer", "system", "user"})
TEXTS = frozenset({"input_text", "output_text", "text"})
STATEFUL = ("previous_response_id", "conversation", "prompt")


def read_responses_request(body: bytes) -> Request:
    """The request that `body` spells; raises ApiError (400, OpenAI's shape) for what the mock server cannot serve.

    It keeps no conversations, so that `input` must hold all that was said. Parameters that change nothing here are
    accepted and only feed the draw.
    """
    source, spelt = read_body(body)
    refuse_streams(source)
    for name in (*STATEFUL, "background"):
        if source.get(name) not in (None, False):
            raise bad_request(f"The mock server keeps nothing between requests; leave {name!r} out.", name)
    items = _items(source.get("input"))
    instructions = source.get("instructions")
    if not isinstance(instructions, str | None):
        raise bad_request("'instructions' must be a string.", "instructions")
    said = [(role, _words(item, f"input[{i}]")) for i, item in enumerate(items) if (role := item.get("role"))]
    users = [i for i, item in enumerate(items) if item.get("role") == "user"]
    return Request(
        api="responses",
        model=model_name(source),
        tools=callable_tools(source.get("tools"), source.get("tool_choice"), flat=True),
        response_format=_response_format(source.get("text")),
        first=instructions or (said[0][1] if said else ""),
        last_user=(f"input[{users[-1]}]", _words(items[users[-1]], f"input[{users[-1]}]")) if users else ("input", ""),
        prompt="".join(canonical(part) + "\n" for part in ([instructions] if instructions else []) + items),
        extras="".join(canonical(source[k]) for k in ("tools", "text") if source.get(k) is not None),
        most=limit(source, "max_output_tokens"),
        canonical=spelt,
    )


def _items(source: Json) -> list[dict[str, Json]]:
    if source is None:
        raise bad_request("Missing required parameter: 'input'.", "input", "missing_required_parameter")
    if isinstance(source, str):
        return [{"role": "user", "content": source}]
    if not isinstance(source, list) or not source:
        raise bad_request("'input' must be a string, or a list of at least one item.", "input")
    return [_item(item, f"input[{i}]") for i, item in enumerate(source)]


def _item(item: Json, param: str) -> dict[str, Json]:
    """An item of the input: a message, or what an earlier response put out (a call, its result, reasoning)."""
    if not isinstance(item, dict) or not ("role" in item or isinstance(item.get("type"), str)):
        raise bad_request(f"'{param}' must be a message with a role and a content, or an item with a type.", param)
    if item.get("type", "message") != "message":
        return item
    role = item.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise bad_request(f"'{param}.role' must be one of {', '.join(sorted(ROLES))}.", f"{param}.role")
    _words(item, param)
    return item


def _words(item: dict[str, Json], param: str) -> str:
    """What a message says: the string itself, or its text parts, a line each."""
    content = item.get("content")
    if isinstance(content, str):
        return content
    if not isinstance(content, list) or not content:
        raise bad_request(f"'{param}.content' must be a string or a list of at least one part.", f"{param}.content")
    return "\n".join(_part(part, f"{param}.content[{i}]") for i, part in enumerate(content))


def _part(part: Json, param: str) -> str:
    match part:
        case {"type": str(kind), "text": str(text)} if kind in TEXTS:
            return text
        case {"type": str(kind)} if kind not in TEXTS:
            return ""
    raise bad_request(f"'{param}' must be a part: {{'type': 'input_text', 'text': ...}} or another type.", param)


def _response_format(text: Json) -> ResponseFormat:
    param = "text.format.schema"
    match text.get("format") if isinstance(text, dict) else text:
        case None | {"type": "text"}:
            return ResponseFormat()
        case {"type": "json_object"}:
            return ResponseFormat("json_object")
        case {"type": "json_schema", "schema": dict(schema)}:
            return ResponseFormat("json_schema", schema, param)
        case {"type": "json_schema"}:
            raise bad_request(f"Missing required parameter: '{param}', an object.", param)
    raise bad_request("'text.format' must have the type text, json_object or json_schema.", "text.format")
