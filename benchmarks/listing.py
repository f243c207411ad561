"""How long `arena list runs` takes among many matches: the first time, again, after one match more, and by a score.

One scripted match is played, and its transcript copied under as many names as there are to be matches, in so many runs.
Times are those of the process, from its start to its end; each but the first is the median of five. Standard output:
one JSON object, seconds and the bytes of the index.

usage: listing.py [--matches N] [--runs N] [--scores]     by default 100,000 matches in 100 runs; --scores grades them
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

CONFIG = """\
name: one
agents: {a: {scripted: planner}, b: {scripted: conceder}}
scenarios: [{use: bargain, params: {seats: 2, issues: 3, options: 3, rounds: 4}}]
"""


def arena(*words: object) -> float:
    """Seconds that a command took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "arena", *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def fill(folder: Path, runs: int, matches: int) -> None:
    """So many runs with so many matches among them, all of them one and the same."""
    (folder / "one.yaml").write_text(CONFIG)
    arena("run", folder / "one.yaml", "--quiet", "--out", folder / "played")
    (played,) = (folder / "played").glob("*_one_*")
    (transcript,) = (played / "matches").glob("*.jsonl")
    match, state = transcript.read_bytes(), (played / "run.json").read_bytes()
    for run in range(runs):
        there = folder / "runs" / f"2026-01-01T0000_copy_{run:04x}"
        (there / "matches").mkdir(parents=True)
        (there / "run.json").write_bytes(state)
        for nth in range(run, matches, runs):
            (there / "matches" / f"{nth:06d}.jsonl").write_bytes(match)


def measured(folder: Path, scores: bool) -> dict[str, float]:
    """The times, by what was done."""
    listing = ("list", "runs", "--quiet", "--out", folder / "runs")
    found = {"first": arena(*listing), "again": median([arena(*listing) for _ in range(5)])}
    one = next((folder / "runs").glob("*/matches/*.jsonl"))
    more = []
    for nth in range(5):
        (one.parent / f"more{nth}.jsonl").write_bytes(one.read_bytes())
        more.append(arena(*listing))
    found["one more"] = median(more)
    found["by scenario"] = median([arena(*listing, "--scenario", "bargain", "--limit", 20) for _ in range(5)])
    if scores:
        by_score = (*listing, "--score", "coordination_gain>=0")
        found["by score, first"] = arena(*by_score)
        found["by score, again"] = median([arena(*by_score) for _ in range(5)])
    found["bytes"] = (folder / "runs" / "index.sqlite").stat().st_size
    return found


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--matches", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--scores", action="store_true")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), asked.runs, asked.matches)
        times = measured(Path(folder), asked.scores)
    print(json.dumps({name: round(value, 2) for name, value in times.items()}))


if __name__ == "__main__":
    main()
