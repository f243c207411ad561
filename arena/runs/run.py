"""A run: the matches of a plan, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from arena.configs.resolve import Resolved
from arena.configs.schema import CONNECTIONS
from arena.errors import StorageError
from arena.models.budget import Ended
from arena.models.clients import Calling, Clients
from arena.moderators.perturbations import Newcomer
from arena.runs import directory
from arena.runs.capacity import live
from arena.runs.deciding import Deciding, stopping_of
from arena.runs.instances import Instances
from arena.runs.lock import locked
from arena.runs.means import means_of_run
from arena.runs.plan import Planned, count, header, plan, survey
from arena.runs.playing import Played, Room, Watcher, begin
from arena.runs.pool import Shared, Step, play_each
from arena.runs.seating import seat_agents
from arena.runs.stopping import Decision, Stopping
from arena.runs.tally import Tally


class Result(Struct, frozen=True):
    """A run as far as it went: where it lies, what was played, whether it was interrupted, and whether its budget
    ended it.

    `left`: the matches not begun, or stopped by a second Ctrl-C. `decided`: the comparisons that were ended early;
    `saved`: the matches that none needed any more.
    """

    path: Path
    tally: Tally
    interrupted: bool = False
    left: int = 0
    ended: Ended | None = None
    decided: tuple[Decision, ...] = ()
    saved: int = 0


def run(
    resolved: Resolved,
    out: Path,
    watcher: Watcher,
    limit: int | None = None,
    calling: Calling | None = None,
    no_cache: bool = False,
) -> Result:
    """Play a plan, or its first `limit` matches, into a new run directory under `out`.

    calling: how models are called, where that is not as it was configured. Raises UsageError before anything is played,
    StorageError.
    """
    calling = within(resolved, calling)
    ready(resolved, calling)
    total = count(resolved, limit)
    path = directory.create(out, resolved, plan(resolved, limit))
    with locked(path):
        stopping = stopping_of(resolved, lambda: plan(resolved, limit))
        planned = plan(resolved, limit)
        steps = steps_of(resolved, planned if stopping is None else stopping.chosen(planned), path)
        shared = Shared(means_of_run(resolved.config.limits, out, no_cache), calling)
        return played_out(path, steps, total, kinds(resolved), watcher, shared, stopping)


def ready(resolved: Resolved, calling: Calling) -> None:
    """See that matches of every scenario can be dealt and all agents be seated, so that what is missing (a key, a file)
    is told before a run. Raises ConfigError with all that speaks against the plan, NotFound, UsageError."""
    known = Instances(resolved)
    for one in survey(resolved, partial(header, instances=known)):
        seat_agents(one, one.game(), Clients(calling=calling))


def kinds(resolved: Resolved) -> frozenset[str]:
    """The kinds of agents that a run seats."""
    newcomers = [e.agent for entry in resolved.entries for e in entry.meeting.perturb if isinstance(e, Newcomer)]
    names = {*resolved.casting.agents, *resolved.casting.background, *newcomers}
    return frozenset(resolved.config.agents[name].kind for name in names)


def steps_of(resolved: Resolved, planned: Iterable[Planned], path: Path) -> Iterator[Step]:
    """The matches of a plan that are not begun: each is dealt when its turn comes."""
    known = Instances(resolved)

    async def start(match: Planned, room: Room) -> Played:
        return await begin(header(resolved, match, known), directory.match_path(path, match.id), room)

    for match in planned:
        yield Step(match.id, partial(start, match))


def within(resolved: Resolved, calling: Calling | None) -> Calling:
    """How models are called: as many at once as was asked for, else as the configuration says."""
    return (calling or Calling()).within(resolved.config.limits.connections)


def played_out(
    path: Path,
    steps: Iterable[Step],
    total: int,
    kinds: Iterable[str],
    watcher: Watcher,
    shared: Shared,
    stopping: Stopping | None = None,
) -> Result:
    """Play so many matches of the run at `path`, of agents of these kinds; write down how it stands then.

    stopping: what the steps were chosen by, where the run may stop early.

    Raises what stopped it, after all that was in flight; StorageError.
    """
    most = shared.calling.connections if shared.calling.connections is not None else CONNECTIONS
    deciding = None if stopping is None else Deciding(stopping, watcher)
    at_once = live(kinds, most) if watcher.starts(path, total) else 1
    played = outcome = play_each(steps, deciding or watcher, shared, at_once)
    saved = None if stopping is None else stopping.saved
    try:
        outcome = played if deciding is None else deciding.settle(path, played)
        directory.finish(path, outcome, saved)
    except StorageError:
        if outcome.error is None:
            raise
    if outcome.error is not None:
        raise outcome.error
    skipped, decided = (0, ()) if stopping is None else (stopping.skipped, tuple(stopping.decisions))
    left = total - played.tally.ended - played.tally.failed - skipped
    return Result(path, outcome.tally, outcome.interrupted, left, outcome.ended, decided, saved or 0)
