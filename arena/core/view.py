"""What a seat is shown and what it may answer: all that an agent ever gets to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, Generic, Literal, Protocol, TypeVar, overload

from msgspec import Struct

from arena.core.board import Board
from arena.core.events import AnyEvent, Body, Fault, Seats
from arena.core.overflow import Overflow
from arena.core.usage import Usage

W = TypeVar("W")


class World(Struct, Generic[W], frozen=True):
    """The state of the game as somebody knows it: what is common to all, and what is theirs.

    For a seat, `own` is folded from what was shown to it and not to everyone; for the moderator, from all that was not
    shown to everyone.
    """

    common: W
    own: W


class Choice(Struct, frozen=True, tag="choice", omit_defaults=True):
    """One of some options.

    `changing` options differ from turn to turn; where there is none now, the move is not legal now.
    """

    name: str
    options: tuple[str | int, ...]
    changing: bool = False


class Whole(Struct, frozen=True, tag="whole"):
    """A whole number in [low, high]."""

    name: str
    low: int
    high: int


class Record(Struct, frozen=True, tag="record"):
    """Several named fields, all of them; its value is the tuple of theirs, in order."""

    name: str
    fields: tuple[Choice | Whole, ...]


Field = Choice | Whole | Record
Role = Literal["offer", "answer", "exit", "act", "claim"]


class MoveSpec(Struct, frozen=True, omit_defaults=True):
    """A kind of move (or of claim) as data: the prompt, the schema, the ruling and the scripted agents all read this.

    `role` says what the move is to a meeting: an offer, an answer to one, leaving, an act. `legal` is whether it may be
    made now; it is false where a choice has no option.
    """

    kind: str
    role: Role
    fields: tuple[Field, ...] = ()
    legal: bool = True


class Reach(Struct, frozen=True):
    """Whom a seat may address now: everyone at once, and these seats one by one or in groups."""

    public: bool
    to: Seats


class Allowance(Struct, frozen=True):
    """What is left of a seat's talk: messages, characters a message, characters in all. None is no limit."""

    messages: int | None = None
    characters: int | None = None
    total: int | None = None


class Ask(Struct, frozen=True):
    """A question to one seat: its `nth` (from 0), and what it may answer.

    `moves`: what it may do now; `forms`: everything it might ever do; `claims`: what it may disclose to whom it can
    reach. `kind`: speak; bid for the floor (0 to 10); call, to speak and name who speaks next; summarise, since the
    prompt has outgrown the context: the first `covers` answers of the conversation, in `left.characters` at most.
    `must`: a move is owed. `notes`: whether notes are kept; `board`: the shared board as it stands, None without one.
    """

    seat: int
    kind: Literal["speak", "bid", "call", "summarise"]
    nth: int
    moves: tuple[MoveSpec, ...]
    claims: tuple[MoveSpec, ...]
    forms: tuple[MoveSpec, ...]
    reach: Reach
    left: Allowance
    must: bool = False
    callable: Seats = ()
    covers: int = 0
    notes: bool = True
    board: Board | None = None


class Reply(Struct, frozen=True, omit_defaults=True):
    """An answer as it came: the raw text, and the body it parses to or the fault that it does not.

    Or that there is none, since the prompt does not fit the model's context (`overflow`): no fault, and no turn.
    """

    raw: str = ""
    body: Body[Any, Any] | None = None
    fault: Fault | None = None
    reasoning: str | None = None
    prompt: str | None = None
    usage: Usage | None = None
    overflow: Overflow | None = None


class Seen(Sequence[AnyEvent]):
    """A seat's events in order: an immutable prefix of a list that only grows, so that a turn copies nothing."""

    __slots__ = ("_items", "_size")

    def __init__(self, items: list[AnyEvent] | None = None, size: int = 0) -> None:
        self._items: list[AnyEvent] = [] if items is None else items
        self._size = size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> AnyEvent: ...
    @overload
    def __getitem__(self, index: slice) -> list[AnyEvent]: ...
    def __getitem__(self, index: int | slice) -> AnyEvent | list[AnyEvent]:
        if isinstance(index, slice):
            return [self._items[i] for i in range(*index.indices(self._size))]
        if not -self._size <= index < self._size:
            raise IndexError(f"event {index} of {self._size}")
        return self._items[index if index >= 0 else self._size + index]

    def __iter__(self) -> Iterator[AnyEvent]:
        for i in range(self._size):
            yield self._items[i]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and self[:] == other[:]

    def __hash__(self) -> int:
        return hash((self._size, id(self._items)))


class View(Struct, frozen=True):
    """What one seat has seen and what follows from it. Nothing else reaches an agent.

    `seats` are the names by number; `earlier()` gives the views and asks of the seat's earlier turns, computed again
    from its own events. `others`: the views of all other seats, where one agent is given every seat; else none.
    """

    seat: int
    seats: tuple[str, ...]
    events: Seen
    known: World[Any]
    earlier: Callable[[], Sequence[tuple[View, Ask]]]
    others: tuple[View, ...] = ()


class Agent(Protocol):
    """Who sits in a seat.

    Pure in (view, ask), up to what a model makes of it: what an agent remembers are its notes, which are events.
    """

    async def reply(self, view: View, ask: Ask) -> Reply: ...


Chooser = Callable[[World[Any], int, tuple[MoveSpec, ...], Random], Any]
"""A profile without words: (what the seat knows, the seat, its legal moves, its dice) to a move, or None for none."""
