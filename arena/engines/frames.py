"""What a worker and the coordinator say to each other: tagged structs in msgpack, each after its length."""

from __future__ import annotations

import asyncio
import socket
from typing import TypeVar

import msgspec
from msgspec import Struct

from arena.core.overflow import Overflow
from arena.core.usage import Usage
from arena.errors import TranscriptError
from arena.models.budget import Ended
from arena.models.clients import Calling
from arena.models.endpoint import Dialect
from arena.models.spending import Spent
from arena.runs.jobs import Job
from arena.scoring.scorecard import Scorecard

LENGTH = 4  # bytes, big-endian
LONGEST = 2**28  # bytes of a frame
FIRST = 2**12  # bytes of a frame from somebody who has not shown the token yet


class Hello(Struct, frozen=True, tag="hello"):
    """The first of a worker: that it may speak at all, whose place it takes, what runs it, which version of Arena."""

    token: str
    place: int
    host: str
    process: int
    version: str


class Want(Struct, frozen=True, tag="want"):
    """So many more matches can be played."""

    matches: int


class Began(Struct, frozen=True, tag="began"):
    """A match begins, or goes on from so many lines; `header`: the first line of its transcript.

    relieved: the seats that newcomers have taken by then, and who they are.
    """

    header: bytes
    lines: int
    relieved: dict[int, str] = {}


class Answer(Struct, frozen=True, array_like=True):
    """A reply that somebody was called for, without its words: in which match and seat, what it took.

    newcomer: it is none; from here on, somebody of this name has the seat.
    """

    match: str
    seat: int
    usage: Usage | None = None
    overflow: Overflow | None = None
    newcomer: str | None = None


class Answered(Struct, frozen=True, tag="answered"):
    """Replies since the last word of them."""

    replies: tuple[Answer, ...]


class Ends(Struct, frozen=True, tag="ends"):
    """A match was played as far as it goes; `void`: why it has no result."""

    match: str
    void: str | None
    card: Scorecard


class Fails(Struct, frozen=True, tag="fails"):
    """A match could not be played."""

    match: str
    why: str


class Broke(Struct, frozen=True, tag="broke"):
    """This worker cannot go on, nor should the others; `trace` is for those who ask for it."""

    kind: str
    why: str
    trace: str = ""


class Hold(Struct, frozen=True, tag="hold"):
    """Whether a call that may cost so much may be made; the answer has the same number."""

    number: int
    expected: Spent


class Settle(Struct, frozen=True, tag="settle"):
    """What was reserved is free again, and this was spent in its place."""

    expected: Spent
    actual: Spent


class Bye(Struct, frozen=True, tag="bye"):
    """The last of a worker that has done what it was told."""


class Setup(Struct, frozen=True, tag="setup"):
    """The first of the coordinator: which run, from which directory, so many matches at once, how models are called.

    planned: whether the run has a configuration. capped: whether calls are to be held. cache: its file, if it is used.
    examine: whether it is to see for itself that every agent can be seated. debug: whether tracebacks are told.
    """

    run: str
    directory: str
    live: int
    calling: Calling
    planned: bool
    capped: bool
    cache: str | None
    dialects: dict[bytes, Dialect]
    examine: bool = False
    debug: bool = False


class Leased(Struct, frozen=True, tag="leased"):
    """Matches to play."""

    jobs: tuple[Job, ...]


class Held(Struct, frozen=True, tag="held"):
    """The call of that number may be made, unless the budget has ended."""

    number: int
    ended: Ended | None = None


class Stop(Struct, frozen=True, tag="stop"):
    """Ask nobody any more; what is in flight finishes, or, `now`, does not."""

    now: bool = False
    ended: Ended | None = None


class Done(Struct, frozen=True, tag="done"):
    """Every match is over."""


FromWorker = Hello | Want | Began | Answered | Ends | Fails | Broke | Hold | Settle | Bye
FromCoordinator = Setup | Leased | Held | Stop | Done

T = TypeVar("T")
Frames = msgspec.msgpack.Decoder[T]
OF_WORKER: Frames[FromWorker] = msgspec.msgpack.Decoder(FromWorker)
OF_COORDINATOR: Frames[FromCoordinator] = msgspec.msgpack.Decoder(FromCoordinator)
_encode = msgspec.msgpack.Encoder().encode


def frame(message: FromWorker | FromCoordinator) -> bytes:
    """A message as it is sent."""
    body = _encode(message)
    return len(body).to_bytes(LENGTH, "big") + body


async def receive(reader: asyncio.StreamReader, decoder: Frames[T], longest: int = LONGEST) -> T:
    """The next message.

    Raises EOFError where the connection has ended, OSError, TranscriptError for what is none of ours.
    """
    length = int.from_bytes(await reader.readexactly(LENGTH), "big")
    if length > longest:
        raise TranscriptError(f"a frame of {length:,} bytes; expected {longest:,} at most")
    body = await reader.readexactly(length)
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise TranscriptError(f"a frame that cannot be read: {error}") from None


def keep_alive(writer: asyncio.StreamWriter) -> None:
    """Notice within a minute that the other machine is gone, and send small frames at once."""
    found: socket.socket = writer.get_extra_info("socket")
    found.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, value in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 60_000)):
        if hasattr(socket, name):  # macOS has not all of them
            found.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
