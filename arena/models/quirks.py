"""What servers say when they do not take a request, and which setting they then take it with.

Nothing is guessed from a model's name, which fails behind aliases: the server says what it will not have, and here is
what to set. Told from its words, since codes and statuses differ: a chat template that raises is a 400 at one server
and a 500 at another.
"""

from __future__ import annotations

import re

from arena.models.endpoint import Endpoint

TOKEN_PARAMS = ("max_completion_tokens", "max_output_tokens", "max_tokens")
# Mistral's and Gemma's chat templates, as vLLM, llama.cpp and others repeat them.
_ALTERNATE = re.compile(r"roles must alternate|role'?s? (?:must|should) alternate|consecutive .{0,40}\brole", re.I)
_NO_SYSTEM = re.compile(
    r"system (?:role|messages?|prompts?) (?:is |are )?(?:not|un)\s?supported|roles are supported, got system"
    r"|(?:does not|doesn't) support (?:the )?system",
    re.I,
)
_SYSTEM_FIRST = re.compile(r"system (?:message|role|prompt).{0,40}(?:at the beginning|first|start)", re.I)
_TOO_MANY = re.compile(r"too large|at most|less than or equal|maximum (?:value|allowed)|must be <=", re.I)
_FORM = re.compile(
    r"response_format|json_?schema|json_?object|structured|guided|grammar|tool_choice|\btools?\b|function call"
    r"|text\.format",
    re.I,
)


def quirk(endpoint: Endpoint, status: int, said: str) -> str | None:
    """What to set so that the server takes the request; None where its words are none that are known.

    said: all of what the server said. Only statuses that refuse a request are looked at, and 500 for what a chat
    template raised: then the same request will never be taken.
    """
    about_roles = _roles(endpoint, said)
    if about_roles is not None and status in (400, 422, 500):
        return about_roles
    if status not in (400, 404, 422):
        return None
    return (
        _tokens(endpoint, said)
        or _sampling(endpoint, said)
        or _extra(endpoint, said)
        or (_form(endpoint, said) if endpoint.dialect != "text" else None)
    )


def _roles(endpoint: Endpoint, said: str) -> str | None:
    if _NO_SYSTEM.search(said):
        return "the model has no system role: set roles: merged"
    if _ALTERNATE.search(said):
        return f"the model wants its roles in turn: set roles: {'merged' if endpoint.roles == 'strict' else 'strict'}"
    if _SYSTEM_FIRST.search(said):
        other = "merged" if endpoint.roles == "system-first" else "system-first"
        return f"the model wants one system message, first: set roles: {other}"
    return None


def _tokens(endpoint: Endpoint, said: str) -> str | None:
    sent = endpoint.token_param
    if endpoint.max_output_tokens is None or not _names(said, sent):
        return None
    other = next((name for name in TOKEN_PARAMS if name != sent and _names(said, name)), None)
    if other is None and _TOO_MANY.search(said):
        return f"lower max_output_tokens, which is {endpoint.max_output_tokens}"
    usual = "max_completion_tokens" if sent == "max_tokens" else "max_tokens"
    return f"the limit of a reply has another name here: set token_param: {other or usual}"


def _sampling(endpoint: Endpoint, said: str) -> str | None:
    sent = [name for name in ("temperature", "top_p") if getattr(endpoint, name) is not None and _names(said, name)]
    return f"this model does not take what {sent[0]} is set to: leave {sent[0]} out" if sent else None


def _extra(endpoint: Endpoint, said: str) -> str | None:
    sent = [name for name in endpoint.extra_body if _names(said, name)]
    return f"correct {sent[0]} in extra_body, or leave it out" if sent else None


def _form(endpoint: Endpoint, said: str) -> str | None:
    if not _FORM.search(said):
        return None
    return f"the server does not take dialect: {endpoint.dialect}: set dialect: auto, or text, which works everywhere"


def _names(said: str, name: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", said) is not None
