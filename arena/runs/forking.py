"""Forks: the same match up to a line, and other agents from there on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from arena.configs.load import load, shape
from arena.configs.resolve import Resolved, resolve
from arena.core.recall import names
from arena.errors import NotFound, UsageError
from arena.prompting import Prompter
from arena.runs import directory
from arena.runs.plan import sitter
from arena.runs.playing import Played, Room, Watcher, fork
from arena.runs.run import Result, finish, in_room, interruptible
from arena.transcripts.header import Fork, Header, Sitter
from arena.transcripts.read import Transcript, read


def cut(transcript: Transcript, at: int) -> int:
    """How many lines stand before a fork at line `at` (the header is 1, as in the file). Raises UsageError."""
    last = len(transcript.lines) + 1
    if not 1 <= at <= last:
        raise UsageError(f"there is no line {at} to fork at; the transcript has lines 1 (the header) to {last}")
    lines = at - 1
    if lines and transcript.table(lines).closed is not None:
        raise UsageError(f"the match is over at line {at}; fork at an earlier line than {last}")
    return lines


def headers(transcript: Transcript, at: int, seats: Mapping[int, Sitter], repeats: int) -> list[Header]:
    """The headers of forks at line `at` with these seats taken by others; the environment is the parent's own."""
    parent = transcript.header
    lines = cut(transcript, at)
    sitters = tuple(seats.get(seat, before) for seat, before in enumerate(parent.sitters))
    models = any(s.kind == "model" for s in (*sitters, *parent.sitters))
    digest = transcript.lines[lines - 1].h if lines else parent.digest
    return [
        msgspec.structs.replace(
            parent,
            id=f"{parent.id}~{at}-{repeat}",
            sitters=sitters,
            repeat=parent.repeat + repeat,
            prompts=Prompter(parent.scenario, parent.meeting).hashes() if models else {},
            fork=Fork(parent.id, at, digest, parent.sitters),
        )
        for repeat in range(repeats)
    ]


def seats_named(seats: Iterable[str], assignments: Iterable[str], config: Path | None) -> dict[int, Sitter]:
    """From `SEAT=AGENT` to who sits where. SEAT: a name or a number; AGENT: an agent of `config`, a model, or a policy.

    Raises NotFound and UsageError.
    """
    known = list(seats)
    agents = None if config is None else resolve(load(config), config.parent, str(config))
    taken: dict[int, Sitter] = {}
    for assignment in assignments:
        seat, equals, agent = assignment.partition("=")
        if not equals or not agent:
            raise UsageError(f"--seat {assignment}: expected SEAT=AGENT, such as {known[0]}=planner")
        taken[seat_number(known, seat)] = _sitter(agent, agents)
    return taken


def seat_number(names: list[str], seat: str) -> int:
    """A seat by its name or its number. Raises NotFound."""
    if seat in names:
        return names.index(seat)
    if seat.isdigit() and int(seat) < len(names):
        return int(seat)
    raise NotFound("seat", seat, [*names, *(str(n) for n in range(len(names)))])


def _sitter(agent: str, resolved: Resolved | None) -> Sitter:
    if resolved is not None and agent in resolved.config.agents:
        return sitter(resolved, agent)
    kind = "model" if "/" in agent else "scripted"
    settings: dict[str, Any] = {"agents": {"a": {kind: agent}}, "scenarios": [{"use": "bargain"}]}
    config = shape(settings, f"--seat ...={agent}")
    return Sitter(agent, kind, config.agents["a"].model_dump(exclude_none=True))


def play_forks(
    parent: Path, at: int, seats: Sequence[str], config: Path | None, repeats: int, out: Path, watcher: Watcher
) -> Result:
    """Fork the transcript at `parent` into a new run directory under `out`, and play on. Raises UsageError."""
    transcript = read(parent)
    taken = seats_named(names(transcript.game), seats, config)
    forks = headers(transcript, at, taken, repeats)
    path = directory.make(out, f"fork-{transcript.header.id}", {"parent": str(parent), "line": at})

    async def work(room: Room) -> tuple[Played, ...]:
        played = list[Played]()
        for header in forks:
            if room.stop():
                break
            played.append(await fork(transcript, header, directory.match_path(path, header.id), at - 1, room))
        return tuple(played)

    with interruptible() as interrupt:
        result = Result(path, in_room(work, watcher, interrupt), interrupt.asked)
    finish(result, len(forks))
    return result
