"""What form an answer must take, and where the schema of its contents was sent."""

from dataclasses import dataclass
from typing import Literal

from arena.mock.api_error import bad_request
from arena.mock.json_value import Json, read_json
from arena.mock.request import Request

FENCE = "```"
OPENING = "```schema"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be answered: the tool to call (None: none), the schema, and the parameter that held it."""

    tool: str | None
    schema: Json
    param: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The form of the answer, and the options to choose among; no options where no schema was sent."""

    form: Literal["tool_calls", "json", "text"]
    options: tuple[Option, ...]


def read_asked(request: Request) -> Asked:
    """What `request` asks for.

    Form: a tool call where a tool may be called; bare JSON where response_format says so; else text. Schema: the
    block fenced as "schema" in the last user message wins, since it states what is legal at this moment; then the
    schema that belongs to the form, which is the tool's parameters or response_format's. Raises ApiError (400) where
    the fenced block is not closed or not JSON.
    """
    stated = _stated(request)
    if request.tools:
        sent = (Option(tool.name, tool.parameters, tool.param) for tool in request.tools)
        options = tuple(Option(o.tool, stated.schema, stated.param) if stated else o for o in sent)
        return Asked("tool_calls", options)
    wanted = request.response_format
    if stated is None and wanted.type == "json_schema":
        stated = Option(None, wanted.schema, wanted.param)
    return Asked("text" if wanted.type == "text" else "json", (stated,) if stated else ())


def _stated(request: Request) -> Option | None:
    param, text = request.last_user
    found = fenced_schema(text, param)
    return None if found is None else Option(None, read_fenced(found, param), param)


def fenced_schema(text: str, param: str) -> str | None:
    """The lines inside the last block of `text` that a line "```schema" opens and a line "```" closes, or None.

    The last, because what another speaker was quoted as saying stands before what the asker states at the end.
    """
    lines = [line.strip() for line in text.split("\n")]
    if OPENING not in lines:
        return None
    start = len(lines) - lines[::-1].index(OPENING)
    if FENCE not in lines[start:]:
        raise bad_request(f"The block opened by {OPENING!r} in {param} is not closed by a line {FENCE!r}.", param)
    return "\n".join(lines[start : lines.index(FENCE, start)])


def read_fenced(block: str, param: str) -> Json:
    """The schema that the lines of a block spell; raises ApiError (400) where they are not JSON."""
    try:
        return read_json(block)
    except ValueError as e:
        raise bad_request(f"The schema block in {param} is not JSON: {e}.", param) from None
