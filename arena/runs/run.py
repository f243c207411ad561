"""A run: the matches of a plan, and what became of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct

from arena.configs.resolve import Resolved
from arena.configs.schema import CONNECTIONS
from arena.errors import StorageError
from arena.models.budget import Ended
from arena.models.clients import Calling, Clients
from arena.moderators.perturbations import Newcomer
from arena.planning.instances import Instances
from arena.planning.plan import count, header, plan, survey
from arena.results.tally import Tally
from arena.runs import directory
from arena.runs.capacity import live
from arena.runs.deciding import Deciding, stopping_of
from arena.runs.engine import Engine
from arena.runs.jobs import Work, fresh, steps
from arena.runs.lock import locked
from arena.runs.means import means_of_run
from arena.runs.playing import Watcher
from arena.runs.pool import Shared, play_each
from arena.runs.seating import seat_agents
from arena.runs.stopping import Decision, Stopping


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
    engine: Engine | None = None,
) -> Result:
    """Play a plan, or its first `limit` matches, into a new run directory under `out`.

    calling: how models are called, where that is not as it was configured. engine: who plays, where that is not this
    process. Raises UsageError before anything is played, StorageError.
    """
    calling = within(resolved, calling)
    total = count(resolved, limit)
    if engine is not None:
        engine.expect(total, calling)
    ready(resolved, calling)
    path = directory.create(out, resolved, plan(resolved, limit))
    with locked(path):
        stopping = stopping_of(resolved, lambda: plan(resolved, limit))
        planned = plan(resolved, limit)
        jobs = fresh(planned if stopping is None else stopping.chosen(planned))
        work = Work(path, jobs, total, kinds(resolved))
        shared = Shared(means_of_run(resolved.config.limits, out, no_cache), calling)
        return played_out(work, Instances(resolved), watcher, shared, engine, stopping)


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


def within(resolved: Resolved, calling: Calling | None) -> Calling:
    """How models are called: as many at once as was asked for, else as the configuration says."""
    return (calling or Calling()).within(resolved.config.limits.connections)


def played_out(
    work: Work,
    known: Instances | None,
    watcher: Watcher,
    shared: Shared,
    engine: Engine | None = None,
    stopping: Stopping | None = None,
) -> Result:
    """Play matches, in this process or as the engine does; write down how their run stands then.

    known: the instances of the run's configuration, if it has one. stopping: what the jobs were chosen by, where the
    run may stop early. Raises what stopped it, after all that was in flight; StorageError.
    """
    deciding = None if stopping is None else Deciding(stopping, watcher)
    several = watcher.starts(work.path, work.total)
    if engine is not None:
        played = outcome = engine.play(work, deciding or watcher, shared)
    else:
        most = shared.calling.connections if shared.calling.connections is not None else CONNECTIONS
        at_once = live(work.kinds, most) if several else 1
        played = outcome = play_each(steps(work, known), deciding or watcher, shared, at_once)
    saved = None if stopping is None else stopping.saved
    try:
        outcome = played if deciding is None else deciding.settle(work.path, played)
        directory.finish(work.path, outcome, saved)
    except StorageError:
        if outcome.error is None:
            raise
    if outcome.error is not None:
        raise outcome.error
    skipped, decided = (0, ()) if stopping is None else (stopping.skipped, tuple(stopping.decisions))
    left = work.total - played.tally.ended - played.tally.failed - skipped
    return Result(work.path, outcome.tally, outcome.interrupted, left, outcome.ended, decided, saved or 0)
