"""An answer as OpenAI's response object, of the Responses API."""

from arena.core.draw import Draw
from arena.mock.answer import Answer
from arena.mock.completion import created
from arena.mock.json_value import Json
from arena.mock.request import Request
from arena.mock.usage import Spent, response_usage

REASONS = {"length": "max_output_tokens", "content_filter": "content_filter"}


def response_object(request: Request, draw: Draw, answer: Answer, spent: Spent) -> dict[str, Json]:
    """The object of an answer: its thoughts as a reasoning item, then a message or a call; incomplete where cut."""
    reason = REASONS.get(answer.finish)
    status = "completed" if reason is None else "incomplete"
    return {
        "id": _id("resp", draw),
        "object": "response",
        "created_at": created(draw),
        "status": status,
        "error": None,
        "incomplete_details": None if reason is None else {"reason": reason},
        "instructions": None,
        "metadata": {},
        "model": request.model,
        "output": [*_reasoning(answer, draw), *_spoken(answer, draw, status)],
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "usage": response_usage(spent),
    }


def _id(kind: str, draw: Draw) -> str:
    return f"{kind}_{draw.at(kind).key.hex()[:48]}"


def _reasoning(answer: Answer, draw: Draw) -> list[Json]:
    if not answer.thoughts:
        return []
    summary: Json = [{"type": "summary_text", "text": answer.thoughts}]
    return [{"type": "reasoning", "id": _id("rs", draw), "summary": summary}]


def _spoken(answer: Answer, draw: Draw, status: str) -> list[Json]:
    items: list[Json] = []
    parts: list[Json] = []
    if answer.said is not None:
        parts.append({"type": "output_text", "text": answer.said, "annotations": []})
    if answer.refusal is not None:
        parts.append({"type": "refusal", "refusal": answer.refusal})
    if parts:
        head: dict[str, Json] = {"type": "message", "id": _id("msg", draw), "status": status, "role": "assistant"}
        items.append({**head, "content": parts})
    if answer.call is not None:
        name, arguments = answer.call
        call: dict[str, Json] = {"type": "function_call", "id": _id("fc", draw), "call_id": _id("call", draw)}
        items.append({**call, "name": name, "arguments": arguments, "status": status})
    return items
