"""Scripted bargains (2 seats, 10 rounds) planned, run, scored and indexed: matches a second, and where the time goes.

Each match is an instance of its own: dealt, certified, played by a conceder and a boulware, written, synced, graded;
when all are over, the index takes them in and grades them anew from their transcripts, as the first
`arena list runs --score` does.
The stages are timed where a run calls them; what is left over is the pool, the counting and the loop. Stages are in CPU
of the main thread, beside which the syncing thread works.

usage: matches.py [MATCHES]     by default 10000
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from arena.cli.live import Quiet
from arena.configs.load import shape
from arena.configs.resolve import resolve
from arena.index.asked_scores import bound, scored
from arena.index.listing import listed
from arena.planning import instances
from arena.runs import directory, playing, pool, run
from arena.transcripts.log import Log

CONFIG = {
    "agents": {"a": {"scripted": "conceder"}, "b": {"scripted": "boulware"}},
    "scenarios": [{"use": "bargain", "params": {"seats": 2, "rounds": 10}}],
}
spent: dict[str, float] = defaultdict(float)
inner = [0.0]  # what was spent in stages inside the one that is being timed


def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its time counted under this stage and under no other."""

    def call(*args: Any, **kwargs: Any) -> Any:
        inner.append(0.0)
        began = time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            took = time.thread_time() - began
            spent[stage] += took - inner.pop()
            inner[-1] += took

    return call


def watch_the_stages() -> None:
    """Time what a run calls."""
    instances.deal = timed("dealing", instances.deal)
    instances.certificate = timed("certificates: optimum and floors", instances.certificate)
    pool.grade = timed("grading", pool.grade)
    directory.create = timed("planning, writing the plan", directory.create)
    directory.finish = timed("writing down how it stands", directory.finish)
    playing.seat_agents = timed("seating", playing.seat_agents)
    run.header = timed("headers", run.header)
    Log.create = timed("creating transcripts", Log.create)  # type: ignore[method-assign]
    Log.append = timed("encoding lines", Log.append)  # type: ignore[method-assign]
    Log.flush = timed("writing lines", Log.flush)  # type: ignore[method-assign]


def main() -> int:
    """Play, and print."""
    matches = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    config = {**CONFIG, "scenarios": [{**CONFIG["scenarios"][0], "instances": matches}]}  # type: ignore[dict-item]
    resolved = resolve(shape(config, "benchmark"), Path())
    with tempfile.TemporaryDirectory() as folder:
        run.run(resolved, Path(folder), Quiet(), limit=20)  # what is loaded on first use
        watch_the_stages()
        began, cpu, thread = time.perf_counter(), time.process_time(), time.thread_time()
        result = run.run(resolved, Path(folder), Quiet())
        timed("indexing: how the matches stand", listed)(Path(folder))
        timed("indexing: their scores", scored)(Path(folder), [result.path.name], [bound("coordination_gain>=-9")])
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        thread = time.thread_time() - thread
        size = sum(file.stat().st_size for file in (result.path / "matches").iterdir())
    print(f"{result.tally.ended:,} matches in {wall:.1f} s: {matches / wall:.0f} a second")
    print(f"{cpu / matches * 1000:.2f} ms of CPU and {size / matches / 1024:.1f} KiB of transcript a match")
    rest = thread - sum(spent.values())
    for stage, took in sorted(
        {**spent, "playing: views, policies, rulings; the rest": rest}.items(), key=lambda x: -x[1]
    ):
        print(f"  {took / thread:5.1%}  {took / matches * 1000:6.2f} ms  {stage}")
    return 0 if result.tally.ended == matches else 1


if __name__ == "__main__":
    raise SystemExit(main())
