"""Loading and re-grading a million events, beside a bare decode loop with the same codec; how a log grows with turns.

Matches of all families are played once, by scripted agents, and their transcripts copied into as many runs as it takes.
The loop decodes every line of every file into events and does nothing else; re-grading checks the digests, folds,
scores and adds up, as `arena score --quiet` does. They take turns, file by file, so that a machine that is busy with
something else is busy for both; CPU seconds, the median of the rounds. Memory is that of `arena score --quiet` as a
process of its own. Standard output: a line a figure.

usage: regrade.py [--events N] [--rounds N]     by default 1,000,000 events and 3 rounds
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import msgspec

from arena.cli.live import Quiet
from arena.configs.load import shape
from arena.configs.resolve import resolve
from arena.results.observed import observation
from arena.results.score import graded
from arena.results.totals import Adding
from arena.runs.garbage import seldom
from arena.runs.run import run
from arena.scenarios.find import find
from arena.transcripts.codec import event_decoder
from arena.transcripts.header import Header

FAMILIES = ("bargain", "commons", "committee", "dilemma", "workshop", "market")
AGENTS = {name: {"scripted": name} for name in ("planner", "selfish", "random")}
INSTANCES = 20  # of each family, each played by each agent
TURNS = (10, 100, 1000)


class Row(msgspec.Struct):
    """A line whose events are still bytes."""

    es: msgspec.Raw


headers, rows = msgspec.json.Decoder(Header), msgspec.json.Decoder(Row)


def play(folder: Path) -> list[bytes]:
    """Play matches of every family; their transcripts."""
    scenarios = [{"use": family, "instances": INSTANCES} for family in FAMILIES]
    config = {"agents": AGENTS, "scenarios": scenarios, "design": "self_play"}
    result = run(resolve(shape(config, "benchmark"), Path()), folder, Quiet())
    return [file.read_bytes() for file in sorted((result.path / "matches").iterdir())]


def decode(file: Path) -> int:
    """Decode every line into events; how many there are."""
    first, *lines = file.read_bytes().split(b"\n")[:-1]
    decoder = event_decoder(find(headers.decode(first).scenario))
    return sum([len(decoder.decode(rows.decode(line).es)) for line in lines])


def copies(folder: Path, events: int) -> list[Path]:
    """So many events in runs, all of them copies of the same matches."""
    played = play(folder / "played")
    files: list[Path] = []
    there = 0
    while there < events:
        matches = folder / "runs" / f"copy{len(files) // len(played):03d}" / "matches"
        matches.mkdir(parents=True)
        for n, raw in enumerate(played):
            file = matches / f"{n:05d}.jsonl"
            file.write_bytes(raw)
            files.append(file)
            there += decode(file)
            if there >= events:
                break
    return files


def compare(files: list[Path]) -> tuple[float, float, int]:
    """CPU seconds of decoding and of re-grading, and how many events."""
    decoding = grading = 0.0
    events, adding = 0, Adding()
    with seldom():
        for file in files:
            began = process_time()
            events += decode(file)
            between = process_time()
            found = graded(file)
            adding.add(observation(found.header, found.card, file))
            grading += process_time() - between
            decoding += between - began
    return decoding, grading, events


def memory(folder: Path) -> tuple[float, float]:
    """Seconds of wall and MiB at the peak of `arena score --quiet`."""
    began = perf_counter()
    subprocess.run([sys.executable, "-m", "arena", "score", "--quiet", folder], stdout=subprocess.DEVNULL, check=False)
    return perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def grown(folder: Path) -> list[tuple[int, float]]:
    """Bytes of a log, the header and the opening left out, per turn, by how many turns there were."""
    found = []
    for turns in TURNS:
        scenario = {"use": "bargain", "params": {"seats": 2, "rounds": turns // 2}}
        config = {"agents": {"random": {"scripted": "hardliner"}}, "scenarios": [scenario], "design": "self_play"}
        result = run(resolve(shape(config, "benchmark"), Path()), folder, Quiet())
        (file,) = (result.path / "matches").iterdir()
        lines = file.read_bytes().splitlines(keepends=True)
        replies = sum([b'"kind":"replied"' in line for line in lines])
        found.append((replies, sum(map(len, lines[2:])) / replies))
    return found


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = copies(Path(folder), asked.events)
        size = sum(file.stat().st_size for file in files)
        found = [compare(files) for _ in range(asked.rounds)]
        wall, peak = memory(Path(folder) / "runs")
        growth = grown(Path(folder) / "grown")
    events = found[0][2]
    print(f"{events:,} events in {len(files):,} transcripts, {size / 2**20:.0f} MiB")
    report: list[tuple[str, Callable[[tuple[float, float, int]], float]]] = [
        ("decoding", lambda each: each[0]),
        ("re-grading", lambda each: each[1]),
    ]
    for name, of in report:
        seconds = median(map(of, found))
        print(f"{name}: {seconds:.1f} s of CPU, {seconds / events * 1e6:.2f} us an event")
    print(f"ratio: {median(each[1] / each[0] for each in found):.1f}")
    print(f"arena score --quiet: {wall:.1f} s, {peak:.0f} MiB at the peak")
    for turns, per_turn in growth:
        print(f"a log of {turns:,} turns: {per_turn:.0f} bytes a turn")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
