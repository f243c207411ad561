"""Thoughts that a server leaves in the text, in a block `<think>...</think>` before the answer."""

from __future__ import annotations

import re

_OPENING = re.compile(r"\s*<(think|thinking)>")


def split(text: str) -> tuple[str, str]:
    """What is said, and what is thought before it.

    A block that is never closed is all thought. An opening tag may be missing, since some chat templates write it
    themselves: then what stands before the last closing tag is thought, if an object comes after it.
    """
    opening = _OPENING.match(text)
    if opening is not None:
        thought, _, said = text[opening.end() :].partition(f"</{opening[1]}>")
        return said.strip(), thought.strip()
    thought, tag, said = text.rpartition("</think>")
    if tag and "{" in said and not text.lstrip().startswith("{"):
        return said.strip(), thought.strip()
    return text, ""
