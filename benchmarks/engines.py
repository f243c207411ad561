"""How much faster several workers are than one: processes of this machine, and actors of a Ray cluster on it.

`scripted`: matches of scripted agents, each on an instance of its own, so that they cost about the same; no endpoint.
Timed from the first match that begins to the last that ends, so without starting processes or a cluster, whose time is
printed beside it. `waiting`: matches of two models whose endpoint answers after a fixed latency (the server of
concurrency.py, a process of its own); all of them are in flight over two workers. The ideal is latency times calls.
Kinds of run take turns; the figures are medians, `load` the system's before each turn. The coordinator's share is its
CPU over the time of the run; `CPU a match` is that of all processes of this command (Ray's are none of its own), which
tells what two free cores would give where others use these as well.

usage: engines.py [--runs N] [--matches N] [--ray] scripted
       engines.py [--runs N] [--matches N] [--seconds S] [--ray] waiting
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from concurrency import CALLS, endpoint, settings

from arena.cli.live import Quiet
from arena.configs.load import shape
from arena.configs.resolve import resolve
from arena.engines.local import Local
from arena.engines.on_ray import OnRay
from arena.models.clients import Calling
from arena.runs.engine import Engine
from arena.runs.run import run


class Timed(Quiet):
    """Notes when the first match began and the last ended."""

    def __init__(self) -> None:
        self.first: float | None = None
        self.last = 0.0

    def begins(self, *told: Any) -> None:
        self.first = time.perf_counter() if self.first is None else self.first

    def ends(self, *told: Any) -> None:
        self.last = time.perf_counter()


class Figures:
    """What runs of one kind took, in seconds: between the first beginning and the last end, in all, coordinator CPU."""

    def __init__(self, name: str, engine: Callable[[], Engine | None]) -> None:
        self.name, self.engine = name, engine
        self.played: list[float] = []
        self.whole: list[float] = []
        self.cpu: list[float] = []
        self.all_cpu: list[float] = []

    def turn(self, plain: dict[str, Any], matches: int, connections: int) -> None:
        """One run more."""
        resolved, watcher = resolve(shape(plain, "benchmark"), Path()), Timed()
        with tempfile.TemporaryDirectory() as folder:
            began, cpu, children = time.perf_counter(), time.process_time(), of_children()
            result = run(resolved, Path(folder), watcher, matches, Calling(connections), engine=self.engine())
            self.whole.append(time.perf_counter() - began)
            self.cpu.append(time.process_time() - cpu)
            self.all_cpu.append(self.cpu[-1] + of_children() - children)
        if (result.tally.ended, result.tally.void) != (matches, 0) or watcher.first is None:
            raise SystemExit(f"{self.name}: of {matches} matches {result.tally.ended} ended, {result.tally.void} void")
        self.played.append(watcher.last - watcher.first)

    def line(self, matches: int) -> str:
        """All that is known of it."""
        played, share = median(self.played), median(c / w for c, w in zip(self.cpu, self.whole, strict=True))
        words = f"{self.name:16} {played:7.2f} s, {matches / played:7.1f} matches a second"
        each = median(self.all_cpu) / matches * 1000
        return f"{words}; in all {median(self.whole):.2f} s; CPU of this process {share:.0%}, {each:.1f} ms a match"


def of_children() -> float:
    """Seconds of CPU of the processes that this one had and has seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def kinds(with_ray: bool, most: Sequence[int]) -> list[Figures]:
    """The kinds of run that are compared."""
    found = [Figures(f"{n} process{'es' if n > 1 else ''}", lambda n=n: None if n == 1 else Local(n)) for n in most]
    if with_ray:
        found += [Figures(f"{n} on Ray", lambda n=n: OnRay(n)) for n in most]
    return found


def scripted(matches: int, runs: int, with_ray: bool) -> None:
    """Print the figures of scripted agents, and how many times faster two are than one."""
    scenario = {"use": "bargain", "params": {"seats": 2, "rounds": 10}, "instances": matches}
    plain = {"agents": {"a": {"scripted": "planner"}}, "design": "self_play", "scenarios": [scenario]}
    compared = kinds(with_ray, (1, 2))
    loads = take_turns(compared, runs, plain, matches, 64)
    for each in compared:
        print(each.line(matches))
    for one, two in zip(compared[::2], compared[1::2], strict=True):
        ratios = sorted(a / b for a, b in zip(one.played, two.played, strict=True))
        print(f"{two.name} against {one.name}: {median(ratios):.2f} times ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    print(f"load {loads}")


def waiting(matches: int, seconds: float, runs: int, with_ray: bool) -> None:
    """Print the figures of models with a latency, two workers, all matches in flight."""
    ideal = seconds * CALLS
    with endpoint(seconds) as url:
        compared = kinds(with_ray, (2,))
        loads = take_turns(compared, runs, settings(url, matches), matches, matches)
    for each in compared:
        print(f"{each.line(matches)}; {median(each.played) / ideal:.2f} times the ideal {ideal:.1f} s")
    print(f"load {loads}")


def take_turns(compared: Sequence[Figures], runs: int, plain: dict[str, Any], matches: int, connections: int) -> str:
    """So many runs of each kind, in turns; the loads before each round."""
    loads = []
    for _ in range(runs):
        loads.append(f"{os.getloadavg()[0]:.1f}")
        for each in compared:
            each.turn(plain, matches, connections)
    return ", ".join(loads)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["scripted", "waiting"])
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--matches", type=int, default=1000, metavar="N")
    parser.add_argument("--seconds", type=float, default=0.5, metavar="S")
    parser.add_argument("--ray", action="store_true")
    asked = parser.parse_args()
    if asked.ray:
        import ray

        ray.init("local", num_cpus=2, include_dashboard=False, logging_level="error")
    if asked.what == "scripted":
        scripted(asked.matches, asked.runs, asked.ray)
    else:
        waiting(asked.matches, asked.seconds, asked.runs, asked.ray)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
