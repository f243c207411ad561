"""What is asked for, whichever of the two APIs it came by."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

from arena.core.draw import Draw
from arena.mock.json_value import Json
from arena.mock.tools import Tool

Api = Literal["chat", "responses"]


@dataclass(frozen=True, slots=True)
class ResponseFormat:
    """How the content is asked for: as text, as any JSON object, or as JSON that meets `schema`, held by `param`."""

    type: Literal["text", "json_object", "json_schema"] = "text"
    schema: Json = None
    param: str = "response_format.json_schema.schema"


@dataclass(frozen=True, slots=True)
class Request:
    """A request for one answer.

    `tools` are those that may be called. `first` is the text of the first message; `last_user` the place and the text
    of the last user message, "" where there is none. `prompt` is the messages in one string, such that more messages
    make it longer and change nothing before; `extras` the tools and the format, which are paid for too. `most` is how
    many tokens the answer may have, None where it is not said. `canonical` is the whole body, keys sorted, and
    `spelt` a hash of it.
    """

    api: Api
    model: str
    tools: tuple[Tool, ...]
    response_format: ResponseFormat
    first: str
    last_user: tuple[str, str]
    prompt: str
    extras: str
    most: int | None
    canonical: str
    spelt: str = field(init=False)

    def __post_init__(self) -> None:
        # Once: the body of a long match is long, and it is asked for several times.
        spelt = blake2b(self.canonical.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "spelt", spelt)

    @property
    def digest(self) -> str:
        """What tells this very request from every other: 32 hex digits, whatever the order of its keys."""
        return blake2b(f"{self.api} {self.spelt}".encode(), digest_size=16).hexdigest()

    def draw(self, seed: int) -> Draw:
        """The key of every draw made for this request: the same for bodies that differ only in the order of keys."""
        return Draw.root(seed, "serve-mock").at(self.spelt)
