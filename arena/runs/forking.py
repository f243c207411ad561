"""Forks: the same match up to a line, and other agents from there on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from arena.configs.load import shape, values
from arena.configs.resolve import Resolved, resolve
from arena.configs.schema import LimitsConfig
from arena.configs.suites import expand
from arena.core.table import Table
from arena.errors import NotFound, UsageError
from arena.models.clients import Clients
from arena.moderators.meeting import Meeting
from arena.moderators.turns import Recorded
from arena.planning.plan import sitter
from arena.planning.prices import priced
from arena.planning.seatable import unseatable
from arena.prompting import Prompter
from arena.runs import directory
from arena.runs.jobs import Job, Work
from arena.runs.lock import locked
from arena.runs.means import means_of_run
from arena.runs.playing import Watcher, branch
from arena.runs.pool import Shared
from arena.runs.run import Result, played_out
from arena.runs.seating import seat_agents
from arena.transcripts.header import Fork, Header, Sitter
from arena.transcripts.read import Transcript, read

ROUNDS = 10  # of a fork whose parent had no deadline


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
    relieved = transcript.table(lines).relieved
    sitters = tuple(seats.get(s, old) if s not in relieved else old for s, old in enumerate(parent.sitters))
    newcomers = parent.newcomers | {seat: sitter for seat, sitter in seats.items() if seat in relieved}
    every = (*sitters, *parent.sitters, *newcomers.values(), *parent.newcomers.values())
    models = any(s.kind == "model" for s in every)
    digest = transcript.lines[lines - 1].h if lines else parent.digest
    imported = parent.source is not None and parent.fork is None
    meeting = carried_on(parent.meeting, transcript.table(lines)) if imported else parent.meeting
    return [
        msgspec.structs.replace(
            parent,
            id=f"{parent.id}~{at}-{repeat}",
            meeting=meeting,
            sitters=sitters,
            repeat=parent.repeat + repeat,
            prompts=Prompter(transcript.game.scenario.name, meeting).hashes() if models else {},
            fork=Fork(parent.id, at, digest, parent.sitters, parent.prompts, parent.newcomers),
            newcomers=newcomers,
        )
        for repeat in range(repeats)
    ]


def carried_on(meeting: Meeting, table: Table) -> Meeting:
    """The meeting of an imported match as it goes on from a table: in the order of the record up to there, and then
    round and round, for ROUNDS from there where the game has no deadline.
    """
    turns = meeting.turns
    if not isinstance(turns, Recorded):
        return meeting
    had = sum([desk.spoken + (desk.pending is not None) for desk in table.desks])
    cap = None if table.game.task.rounds is not None else max(table.round, 1) + ROUNDS - 1
    return msgspec.structs.replace(
        meeting,
        turns=turns.until(table.round, had, len(table.desks)),
        limits=msgspec.structs.replace(meeting.limits, rounds=cap),
    )


def seats_named(seats: Iterable[str], assignments: Iterable[str], config: Path | None) -> dict[int, Sitter]:
    """From `SEAT=AGENT` to who sits where. SEAT: a name or a number; AGENT: an agent of `config`, a model, a policy,
    file.py:name, or the address of a remote agent.

    Raises NotFound and UsageError.
    """
    known = list(seats)
    agents = None if config is None else _agents_of(config)
    taken: dict[int, Sitter] = {}
    for assignment in assignments:
        seat, equals, agent = assignment.partition("=")
        if not equals or not agent:
            raise UsageError(f"--seat {assignment}: expected SEAT=AGENT, such as {known[0]}=planner")
        number = seat_number(known, seat)
        if number in taken:
            raise UsageError(f"--seat {assignment}: seat {known[number]!r} is given twice; leave one out")
        taken[number] = _sitter(agent, agents)
    return taken


def seat_number(names: list[str], seat: str) -> int:
    """A seat by its name or its number. Raises NotFound."""
    if seat in names:
        return names.index(seat)
    if seat.isdecimal() and int(seat) < len(names):
        return int(seat)
    raise NotFound("seat", seat, [*names, *(str(n) for n in range(len(names)))])


def _agents_of(path: Path) -> Resolved:
    plain = values(path)
    unknown = expand(plain, path.parent)
    config = shape(plain, str(path))
    return resolve(config, path.parent, str(path), [*unknown, *unseatable(config, path.parent)])


def _sitter(agent: str, resolved: Resolved | None) -> Sitter:
    if resolved is not None and agent in resolved.config.agents:
        return sitter(resolved, agent)
    kind = _kind(agent)
    settings: dict[str, Any] = {"agents": {"a": {kind: agent}}, "scenarios": [{"use": "bargain"}]}
    config = shape(settings, f"--seat ...={agent}")
    return priced(Sitter(agent, kind, config.agents["a"].model_dump(exclude_none=True)))


def _kind(agent: str) -> str:
    """What kind of agent a word on the command line is."""
    file, colon, _ = agent.rpartition(":")
    if agent.startswith(("http://", "https://")):
        return "url"
    return "call" if colon and file.endswith(".py") else "model" if "/" in agent else "scripted"


def play_forks(
    parent: Path,
    at: int,
    seats: Sequence[str],
    config: Path | None,
    repeats: int,
    out: Path,
    watcher: Watcher,
    usd: float | None = None,
    no_cache: bool = False,
) -> Result:
    """Fork the transcript at `parent` into a new run directory under `out`, and play on, for `usd` at most in all.

    Raises UsageError, also where money is capped and a model has no price.
    """
    transcript = read(parent)
    taken = seats_named(transcript.game.names, seats, config)
    forks = headers(transcript, at, taken, repeats)
    if usd is not None:
        _expect_prices(forks[0])
    seat_agents(forks[0], transcript.game, Clients())  # so that what is missing is told before anything is written
    origin = {"parent": str(parent), "line": at, "planned": repeats, "limits": {"usd": usd}}
    path = directory.make(out, f"fork-{transcript.header.id}", origin)

    files = [directory.match_path(path, header.id) for header in forks]
    for header, file in zip(forks, files, strict=True):  # all of them before the first: whatever happens, it resumes
        branch(transcript, header, file, at - 1)
    shared = Shared(means_of_run(LimitsConfig.model_validate({"usd": usd}), out, no_cache))
    with locked(path):
        kinds = frozenset([sitter.kind for sitter in (*forks[0].sitters, *forks[0].newcomers.values())])
        work = Work(path, [Job(header.id) for header in forks], len(forks), kinds)
        return played_out(work, None, watcher, shared)


def _expect_prices(header: Header) -> None:
    for seat in (*header.sitters, *header.newcomers.values()):
        if seat.kind == "model" and seat.price is None:
            raise UsageError(
                f"{seat.name}: the price of its model is not known, so money cannot be capped; leave out --budget, "
                "or declare a price in a configuration, and seat that agent with --config and --seat"
            )
