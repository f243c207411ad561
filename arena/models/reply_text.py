r"""The JSON object in a model's text, by stated rules.

1. A text that is JSON as a whole is taken as it is.
2. Else the last block fenced as ```json counts; without one, the last unlabelled block that holds an object. Drafts
   come before answers. A fence begins a line, so that nothing inside a JSON string can be one. A block that is left
   open ends with the text.
3. Else the one object that stands in the prose, other blocks left out. Braces that do not begin with a key are prose.
   Two different objects are a fault: nothing says which is meant.

What is found there is strict JSON, but for commas before a closing bracket, which are dropped, and for an object that
is spelt inside a JSON string, once. An object is never looked for inside a broken one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arena.core.wire import Malformed, read_json
from arena.core.wire.strict_json import STRING

ONE_OBJECT = "Answer with exactly one JSON object and nothing else."
MOST_UNCLOSED = 3  # braces in prose that nothing closes; each is looked for to the end of the text

_FENCED = re.compile(r"^[ \t]*```[ \t]*([\w-]*)(.*?)(?:```[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_COMMA = re.compile(rf"({STRING})|,(?=\s*[}}\]])", re.DOTALL)
_TOKEN = re.compile(rf"{STRING}|[{{}}]", re.DOTALL)
_OBJECT = re.compile(r'\{\s*["}]')
_OBJECT_WITH_KEY = re.compile(r'\{\s*"')


def read_reply(text: str) -> object:
    """The JSON value that a reply's text holds. Raises Malformed: empty, no_object, several, and those of read_json."""
    text = text.strip(" \t\r\n\ufeff")
    if not text:
        raise Malformed("empty", f"The reply is empty. {ONE_OBJECT}")
    if text[0] in '{["':
        try:
            return _unwrapped(read_json(text))
        except Malformed as e:
            if e.fault.code != "not_json":
                raise
    return _decoded(_fenced(text) or _bare(_FENCED.sub("", text)))


def _fenced(text: str) -> str | None:
    blocks = [(m[1].lower(), m[2].strip()) for m in _FENCED.finditer(text)]
    labelled = [block for label, block in blocks if label == "json"]
    plain = [block for label, block in blocks if not label and _OBJECT.match(block)]
    return next(iter([*labelled[-1:], *plain[-1:]]), None)


def _bare(text: str) -> str:
    found = list(dict.fromkeys(_objects(text)))
    if not found:
        raise Malformed("no_object", f"The reply holds no JSON object. {ONE_OBJECT}")
    if len(found) > 1:
        raise Malformed("several", f"The reply holds {len(found)} JSON objects. {ONE_OBJECT}")
    return found[0]


def _objects(text: str) -> Iterator[str]:
    """Every object that stands in the text and not in another one."""
    unclosed = 0
    at = text.find("{")
    while at >= 0:
        end = _end(text, at)
        begins = _OBJECT_WITH_KEY.match(text, at) is not None
        unclosed += end is None
        if end is None and (begins or unclosed > MOST_UNCLOSED):
            raise Malformed("not_json", f"The JSON object is not closed. {ONE_OBJECT}")
        if begins:
            yield text[at:end]
        at = text.find("{", end or at + 1)


def _end(text: str, start: int) -> int | None:
    """Where the brace at `start` is closed; None where it is not. Braces inside strings do not count."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    return None


def _decoded(text: str) -> object:
    try:
        return _unwrapped(read_json(text))
    except Malformed as e:
        mended = _COMMA.sub(lambda m: m[1] or "", text)
        if e.fault.code != "not_json" or mended == text:
            raise
    return _unwrapped(read_json(mended))


def _unwrapped(value: object) -> object:
    if not isinstance(value, str):
        return value
    inner = _COMMA.sub(lambda m: m[1] or "", value.strip())
    return read_json(inner) if _OBJECT.match(inner) else value
