"""An agent that is an async callable of the user's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.util import module_from_spec, spec_from_file_location
from inspect import iscoroutinefunction
from pathlib import Path
from traceback import extract_tb
from typing import Any

import msgspec

from arena.core.events import Replied
from arena.core.game import Game
from arena.core.view import Ask, Reply, View
from arena.errors import ArenaError, Halt, NotFound, UsageError
from arena.transcripts.codec import UNREADABLE, encode

Function = Callable[[View, Ask], Awaitable[Reply]]
EXPECTED = "expected arena.core.view.Reply(raw=TEXT) or Reply(body=BODY)"


class Called:
    """An agent that is an async callable of the user's own.

    What it answers is taken as it would be read from a transcript, so that a match goes on from its record as it went
    before. Raises Halt where that cannot be (wrong types, half a surrogate pair, no Reply at all) and where it crashes,
    with the line of the user's own file.
    """

    def __init__(self, place: str, game: Game) -> None:
        self._file = place.rpartition(":")[0]
        self._function = load(place)
        kind = Replied[game.scenario.move_types, game.scenario.fact_types]  # type: ignore[name-defined]
        self._decoder: msgspec.json.Decoder[Replied[Any, Any]] = msgspec.json.Decoder(kind)

    async def reply(self, view: View, ask: Ask) -> Reply:
        try:
            r: object = await self._function(view, ask)
        except ArenaError:
            raise
        except (Exception, SystemExit) as error:
            why = f"{where(error, self._file)}: {type(error).__name__}: {error}"
            raise Halt(f"the agent in seat {ask.seat} crashed: {why}") from error
        who = f"the agent of {view.seats[view.seat]} (seat {view.seat}) answered with what is no Reply"
        if not isinstance(r, Reply):
            found = "nothing (does it return?)" if r is None else f"a {type(r).__name__}"
            raise Halt(f"{who}: {found}; {EXPECTED}; mend it and resume")
        try:
            told = Replied(ask.seat, r.raw, r.body, r.fault, r.reasoning, r.prompt, r.usage, r.overflow)
            read = self._decoder.decode(encode(told))
        except (AttributeError, TypeError, *UNREADABLE) as error:
            raise Halt(f"{who}: {error}; {EXPECTED}; mend it and resume") from error
        return Reply(read.raw, read.body, read.fault, read.reasoning, read.prompt, read.usage, read.overflow)


def where(error: BaseException, file: str) -> str:
    """The innermost line of this file that an error came from, or of any where there is none: `bad.py, line 7`."""
    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).absolute() == Path(file).absolute()]
    frame = (own or frames)[-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"


def load(place: str) -> Function:
    """The async callable at `file.py:name`. Raises NotFound and UsageError."""
    path, _, name = place.rpartition(":")
    spec = spec_from_file_location("arena_user_agent", path) if Path(path).is_file() else None
    if spec is None or spec.loader is None:
        raise NotFound("file with an agent", path or place)
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise UsageError(f"{path} does not load: SyntaxError: {error}; mend the file") from error
    except (Exception, SystemExit) as error:
        why = f"{type(error).__name__}: {error}"
        raise UsageError(f"{path} does not load: {why} ({where(error, path)}); mend the file") from error
    if name not in vars(module):
        raise NotFound(f"agent in {path}", name, [n for n, each in vars(module).items() if is_async(each)])
    function = getattr(module, name)
    if not callable(function):
        raise UsageError(f"{path}: {name!r} is not callable; an agent is `async def {name}(view, ask)`")
    if not is_async(function):
        raise UsageError(f"{path}: {name!r} must be `async def`, so that several agents can be asked at once")
    found: Function = function
    return found


def is_async(each: object) -> bool:
    """Whether calling it gives something to await: an async function, or an object with an async `__call__`."""
    called = None if isinstance(each, type) else getattr(each, "__call__", None)  # noqa: B004 - its function is needed
    return iscoroutinefunction(each) or iscoroutinefunction(called)
