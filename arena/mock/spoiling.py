"""Answers that will not do, made out of one that would: pure."""

from collections.abc import Callable
from dataclasses import replace

from arena.core.draw import Draw
from arena.mock.answer import Answer, placed, thought
from arena.mock.asked import Asked
from arena.mock.faults import Fault
from arena.mock.schemas.phrases import sentence

DECLINED = "I'm sorry, but I can't help with that."
GIANT = 1_500_000  # characters; more than any turn of anything needs
FENCE = "```"


def spoilt(fault: Fault, answer: Answer, asked: Asked, draw: Draw) -> Answer:
    """The answer with this fault (of the stage "answer"); raises KeyError for a fault of another stage."""
    match fault.name:
        case "bad-json":
            return _through(answer, _broken)
        case "wrong-schema":
            wrong = placed({"answer": sentence(draw.of("wrong"))}, asked)
            return replace(wrong, thoughts=answer.thoughts)
        case "empty":
            return replace(answer, said="", call=None)
        case "refusal":
            return replace(answer, said=None, call=None, refusal=DECLINED)
        case "content-filter":
            return replace(answer, said=None, call=None, finish="content_filter")
        case "thought-only":
            return replace(answer, said=None, call=None, thoughts=answer.thoughts or thought(draw))
        case "truncated":
            return replace(_through(answer, _half), finish="length")
        case "giant":
            words = sentence(draw.of("giant")) + " "
            ramble = words * (GIANT // len(words) + 1)
            return _through(answer, lambda text: ramble + text)
    raise KeyError(fault.name)


def _through(answer: Answer, change: Callable[[str], str]) -> Answer:
    """The answer with what is said, or the arguments of what is called, changed."""
    if answer.call is not None:
        name, arguments = answer.call
        return replace(answer, call=(name, change(arguments)))
    return replace(answer, said=change(answer.said or ""))


def _half(text: str) -> str:
    return text[: len(text) // 2]


def _broken(text: str) -> str:
    """A text whose JSON, fenced or bare, breaks off; the fence is closed."""
    if text.endswith(FENCE):
        return f"{_cut(text.removesuffix(FENCE).rstrip())}\n{FENCE}"
    return _cut(text)


def _cut(text: str) -> str:
    # All but the last bracket: what is left cannot be closed by itself.
    return text[:-1]
