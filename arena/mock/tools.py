"""The functions that a request offers, and which of them may be called."""

from dataclasses import dataclass

from arena.mock.api_error import bad_request
from arena.mock.json_value import Json

NO_PARAMETERS: Json = {"type": "object", "properties": {}}


@dataclass(frozen=True, slots=True)
class Tool:
    """One function on offer: its name, the schema of its arguments, and where in the request that schema stands."""

    name: str
    parameters: Json
    param: str


def callable_tools(tools: Json, tool_choice: Json, flat: bool = False) -> tuple[Tool, ...]:
    """The tools that an answer may call: all that are offered, narrowed by `tool_choice`; none for "none".

    Both are as the request holds them, None where it does not. flat: name and parameters stand in the tool itself, as
    the Responses API has it, and not under "function", as chat completions do. Raises ApiError (400) for shapes that
    OpenAI's API refuses too, and for a choice among tools that were not offered.
    """
    if tools is None:
        if tool_choice is not None:
            raise bad_request("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice")
        return ()
    if not isinstance(tools, list) or not tools:
        raise bad_request("'tools' must be a list of at least one tool; leave it out to offer none.", "tools")
    offered = tuple(_tool(tool, f"tools[{i}]", flat) for i, tool in enumerate(tools))
    if tool_choice == "none":
        return ()
    if tool_choice in (None, "auto", "required"):
        return offered
    return _chosen(offered, tool_choice)


def _tool(tool: Json, param: str, flat: bool) -> Tool:
    if not isinstance(tool, dict) or tool.get("type") != "function":
        raise bad_request(f"'{param}' must be an object of type 'function'; the mock server offers no other.", param)
    function, place = (tool, param) if flat else (tool.get("function"), f"{param}.function")
    name = function.get("name") if isinstance(function, dict) else None
    if not isinstance(function, dict) or not isinstance(name, str) or not name:
        raise bad_request(f"Missing required parameter: '{place}.name'.", f"{place}.name")
    return Tool(name, function.get("parameters", NO_PARAMETERS), f"{place}.parameters")


def _chosen(offered: tuple[Tool, ...], tool_choice: Json) -> tuple[Tool, ...]:
    match tool_choice:
        case {"type": "function", "function": {"name": str(name)}} | {"type": "function", "name": str(name)}:
            names = [name]
        case {"type": "allowed_tools", "allowed_tools": {"tools": [*allowed]}} | {
            "type": "allowed_tools",
            "tools": [*allowed],
        }:
            names = [_name(tool) for tool in allowed]
        case _:
            raise bad_request(
                "'tool_choice' must be 'none', 'auto', 'required', one function by name, or a list of allowed tools.",
                "tool_choice",
            )
    missing = [n for n in names if n not in {tool.name for tool in offered}]
    if missing or not names:
        raise bad_request(f"Tool choice {', '.join(map(repr, missing))} not found in 'tools' parameter.", "tool_choice")
    return tuple(tool for tool in offered if tool.name in names)


def _name(tool: Json) -> str:
    match tool:
        case {"type": "function", "function": {"name": str(name)}} | {"type": "function", "name": str(name)}:
            return name
    raise bad_request("'tool_choice.allowed_tools.tools' must name functions.", "tool_choice")
