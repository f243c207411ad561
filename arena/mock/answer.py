"""What is answered, before it takes the form of either API: a pure function of the seed and the request."""

import json
from dataclasses import dataclass
from typing import Literal

from arena.core.draw import Draw
from arena.mock.api_error import bad_request
from arena.mock.asked import Asked, Option, read_asked
from arena.mock.json_value import Json
from arena.mock.request import Request
from arena.mock.schemas.document import Document, compile_schema
from arena.mock.schemas.phrases import LEAD_INS, sentence
from arena.mock.schemas.sampling import sample
from arena.mock.schemas.schema import Unsatisfiable, UnsupportedSchema

Finish = Literal["stop", "length", "content_filter"]
THOUGHTS = 3  # sentences


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what is said (None: nothing), or the function that is called and its arguments as text.

    `refusal` stands in a place of its own; `thoughts` are the reasoning before it, "" without any; `finish` says why it
    ends.
    """

    said: str | None = None
    call: tuple[str, str] | None = None
    refusal: str | None = None
    thoughts: str = ""
    finish: Finish = "stop"

    @property
    def written(self) -> str:
        """All that counts as output but for the thoughts."""
        return (self.said or "") + (self.refusal or "") + "".join(self.call or ())


def compose(request: Request, seed: int, thinking: bool = False) -> Answer:
    """A legal answer, its contents drawn from the schema that `request` sent; with thoughts where `thinking`.

    Raises ApiError (400) naming the parameter whose schema is malformed, uses a keyword that cannot be honoured, or
    accepts nothing.
    """
    draw = request.draw(seed)
    thoughts = thought(draw) if thinking else ""
    asked = read_asked(request)
    rng = draw.of("answer")
    # Every option is compiled, so that an unfit schema is refused whichever option the dice would take.
    compiled = [(option, _compiled(option)) for option in asked.options]
    if not compiled:
        words = sentence(rng)
        return Answer(json.dumps({"text": words}) if asked.form == "json" else words, thoughts=thoughts)
    option, document = rng.choice(compiled)
    try:
        value = json.dumps(sample(document, rng), ensure_ascii=False, sort_keys=True)
    except Unsatisfiable as e:
        raise bad_request(f"Invalid schema in {option.param}: {e}.", option.param, "invalid_schema") from None
    if option.tool is not None:
        return Answer(call=(option.tool, value), thoughts=thoughts)
    said = value if asked.form == "json" else f"{rng.choice(LEAD_INS)}\n\n```json\n{value}\n```"
    return Answer(said, thoughts=thoughts)


def placed(value: Json, asked: Asked) -> Answer:
    """An answer that gives this value in the form that is asked for: as the arguments of a call, or as bare JSON."""
    text = json.dumps(value, ensure_ascii=False)
    if asked.form == "tool_calls" and asked.options[0].tool is not None:
        return Answer(call=(asked.options[0].tool, text))
    return Answer(text)


def thought(draw: Draw) -> str:
    """A few sentences of reasoning."""
    rng = draw.of("thoughts")
    return " ".join(sentence(rng) for _ in range(THOUGHTS))


def _compiled(option: Option) -> Document:
    try:
        return compile_schema(option.schema)
    except UnsupportedSchema as e:
        raise bad_request(f"Invalid schema in {option.param}: {e}.", option.param, "invalid_schema") from None
