"""Matches in files, for tests: bargains among agents that need no model, played, cut, edited and played on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from msgspec.structs import replace

from arena.cli.live import Quiet
from arena.configs.load import shape
from arena.configs.resolve import Resolved, resolve
from arena.models.clients import Clients
from arena.moderators.channels import Public
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.planning.plan import header, plan
from arena.planning.seatable import unseatable
from arena.results.saving import Saving
from arena.results.score import graded
from arena.runs.playing import Played, Room, begin, fork, resume
from arena.scoring.scorecard import Scorecard
from arena.transcripts.codec import chain, sealed
from arena.transcripts.header import Header, Sitter
from arena.transcripts.read import Transcript, read
from arena.transcripts.sync import Syncer

POLICIES = ("conceder", "tit-for-tat", "planner")
_TIME = re.compile(rb'^(\{"n":\d+,"t":)\d+', re.MULTILINE)

Line = dict[str, Any]


def settled(config: dict[str, Any], base: Path | None = None) -> Resolved:
    """A configuration as every command resolves it; raises ConfigError with all that is wrong."""
    found = shape(config, "test.yaml")
    base = base if base is not None else Path()
    return resolve(found, base, "test.yaml", unseatable(found, base))


def bargain(
    meeting: Meeting | None = None,
    agents: Sequence[str | dict[str, Any]] = POLICIES,
    seed: int = 3,
    **params: Any,
) -> Header:
    """The header of a small bargain, one agent a seat: a policy's name, or the settings of another kind of agent."""
    named = {f"a{i}": {"scripted": agent} if isinstance(agent, str) else agent for i, agent in enumerate(agents)}
    given = {"seats": len(agents), "issues": 3, "options": 3, "rounds": 2} | params
    resolved = settled({"agents": named, "scenarios": [{"use": "bargain", "params": given}], "seed": seed})
    made = header(resolved, next(plan(resolved)))
    return made if meeting is None else replace(made, meeting=meeting)


def in_room(work: Callable[[Room], Any], stop: Callable[[], bool] = lambda: False) -> Any:
    """What an async function of a room gives."""

    async def main() -> Any:
        async with Clients() as clients:
            with Syncer() as syncer:
                return await work(Room(clients, syncer, Quiet(), stop))

    return asyncio.run(main())


def played(header: Header, path: Path) -> Played:
    """A match, played from its header to its end."""
    done: Played = in_room(lambda room: begin(header, path, room))
    return done


def resumed(path: Path) -> Played:
    """A match, played on to its end."""
    done: Played = in_room(lambda room: resume(path, room))
    return done


def resumed_each(paths: Sequence[Path]) -> list[bytes]:
    """Several matches, each played on to its end, in one room: what is in their files then."""

    async def work(room: Room) -> list[bytes]:
        return [(await resume(path, room)).path.read_bytes() for path in paths]

    found: list[bytes] = in_room(work)
    return found


def forked(parent: Transcript, made: Header, path: Path, at: int) -> Transcript:
    """A fork at a line, as its file has it."""
    in_room(lambda room: fork(parent, made, path, at - 1, room))
    return read(path)


def save(files: Sequence[Path], cards: Sequence[Scorecard] = ()) -> list[Path]:
    """Score transcripts and save that, with these scorecards in place of the first; where they were saved."""
    with Saving() as saving:
        for n, file in enumerate(files):
            found = graded(file)
            saving.add(replace(found, card=cards[n]) if n < len(cards) else found)
    return saving.places


def rows(raw: bytes) -> list[bytes]:
    """The lines of a file, their line ends included."""
    return raw.splitlines(keepends=True)


def timeless(raw: bytes) -> bytes:
    """A transcript with every time offset set to 0."""
    return _TIME.sub(rb"\g<1>0", raw)


def edited(raw: bytes, n: int, change: Callable[[Line], object]) -> bytes:
    """A transcript with line `n` changed and every digest made anew, as an attacker would who has this code.

    `change` gets the line as plain values (the header is line 1) and changes it in place.
    """
    lines = [msgspec.json.decode(row) for row in rows(raw)]
    change(lines[n - 1])
    return rechained(lines)


def rechained(lines: Sequence[Line]) -> bytes:
    """A transcript of these lines, numbered and chained anew."""
    head = sealed(msgspec.json.decode(msgspec.json.encode(lines[0]), type=Header))
    out, digest = [msgspec.json.encode(head) + b"\n"], head.digest
    for n, line in enumerate(lines[1:], start=2):
        es = msgspec.json.encode(line["es"])
        digest = chain(digest, n, es)
        out.append(b'{"n":%d,"t":%d,"h":"%s","es":%s}\n' % (n, line["t"], digest.encode(), es))
    return b"".join(out)


def scripted(name: str) -> Sitter:
    """Who sits in a seat that a policy plays."""
    return Sitter(name, "scripted", {"scripted": name})


@cache
def example() -> bytes:
    """A finished transcript with a bit of everything: whispers, notes, claims, refusals, offers and answers."""
    meeting = Meeting(channel=Public(whispers=True), limits=Limits(characters=600))
    with TemporaryDirectory() as folder:
        return played(
            bargain(meeting, ("leaker", "tit-for-tat", "planner"), rounds=4), Path(folder) / "m.jsonl"
        ).path.read_bytes()
